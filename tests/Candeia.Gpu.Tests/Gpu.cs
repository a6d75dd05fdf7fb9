namespace Candeia.Gpu.Tests;

/// <summary>Tests that use the device come one after the other: they look at what it counts.</summary>
[CollectionDefinition(nameof(Gpu))]
public sealed class Gpu
{
    /// <summary>The first device of OpenCL on this machine; without one the test is skipped.</summary>
    public static GpuDevice Device
    {
        get
        {
            Skip.If(OpenCl.Missing is not null, OpenCl.Missing);
            return (GpuDevice)Candeia.Device.Named("opencl:0");
        }
    }

    /// <summary>A graphics processor of NVIDIA; where there is none, the driver class of CUDA on functions that stand for NVIDIA's, and have OpenCL compute.</summary>
    public static GpuDevice Cuda => Candeia.Gpu.Cuda.Missing is null ? (GpuDevice)Candeia.Device.Named("cuda:0") : Imitated;

    /// <summary>The latter.</summary>
    public static GpuDevice Imitated
    {
        get
        {
            Skip.If(OpenCl.Missing is not null, OpenCl.Missing);
            _ = FakeCuda.On(s_behind.Value);
            return s_cuda.Value;
        }
    }

    static readonly Lazy<OpenClDriver> s_behind = new(() => new(OpenClApi.Found!, OpenClDevice.All(OpenClApi.Found!)[0], KernelFiles.OfUser));
    static readonly Lazy<GpuDevice> s_cuda = new(() => Candeia.Gpu.Cuda.Open(CudaFound.Of((FakeCuda.On(s_behind.Value), null)), 0, files: null));

    /// <summary>What computes behind it.</summary>
    internal static IDriver Behind => s_behind.Value;

    /// <summary>The one or the other.</summary>
    public static GpuDevice Named(string name) => name == "cuda" ? Cuda : Device;
}
