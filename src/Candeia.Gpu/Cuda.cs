namespace Candeia.Gpu;

/// <summary>NVIDIA's graphics processors, by CUDA: its driver, and NVRTC, its compiler of kernels.</summary>
public static class Cuda
{
    static readonly Lazy<CudaFound> s_found = new(() => CudaFound.Of(CudaLibraries.Find()));

    /// <summary>What was found. The device number 0 is <c>cuda:0</c>.</summary>
    public static IReadOnlyList<GpuInfo> Devices => [.. s_found.Value.Devices.Select((d, i) => new GpuInfo($"cuda:{i}", d.Name, d.Memory, HasDouble: true))];

    /// <summary>What is missing where <see cref="Devices"/> is empty, and how to get it; null where nothing is.</summary>
    public static string? Missing => s_found.Value.Missing;

    /// <summary>Opens the device of a number.</summary>
    internal static GpuDevice Open(int number) => Open(s_found.Value, number, KernelFiles.OfUser);

    /// <summary>Opens one of what was found.</summary>
    internal static GpuDevice Open(CudaFound found, int number, KernelFiles? files)
    {
        if (found.Missing is { } missing) throw new ArgumentException(missing);
        if (number >= found.Devices.Count) throw new ArgumentException($"CUDA has {found.Devices.Count} device(s) here, counted from cuda:0, and none is cuda:{number}.");
        return new($"cuda:{number}", new CudaDriver(found.Api!, found.Devices[number], files));
    }
}
