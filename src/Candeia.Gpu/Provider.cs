namespace Candeia.Gpu;

/// <summary>Makes the devices of this package known by name: <c>cuda:0</c>, <c>opencl:0</c>. The library looks for this type when somebody names a device that it does not know.</summary>
public sealed class Provider
{
    /// <summary>Registers them.</summary>
    public Provider()
    {
        Device.Register("cuda", Cuda.Open);
        Device.Register("opencl", OpenCl.Open);
    }
}
