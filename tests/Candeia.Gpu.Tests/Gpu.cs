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
}
