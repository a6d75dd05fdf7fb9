namespace Candeia.Gpu;

/// <summary>Where this machine computes fastest, for programs that shall run on any.</summary>
public static class Accelerator
{
    /// <summary>The first graphics processor that CUDA finds, else the first that OpenCL does, and the processor where there is none.</summary>
    /// <exception cref="ArgumentException">There is one, and its driver does not open it.</exception>
    /// <example><code>
    /// Tensor x = Tensor.Ones([2, 3], device: Accelerator.Best);
    /// Console.WriteLine(x.Sum().Item());       // → 6
    /// </code></example>
    public static Device Best => Device.Named(NameOf(Cuda.Devices, OpenCl.Devices));

    /// <summary>The name of the best of what was found. A processor that OpenCL makes a device of is slower than our own kernels on it.</summary>
    internal static string NameOf(IEnumerable<GpuInfo> cuda, IEnumerable<GpuInfo> openCl) => cuda.Concat(openCl).FirstOrDefault(d => !d.IsProcessor)?.Name ?? Device.Cpu.Name;
}
