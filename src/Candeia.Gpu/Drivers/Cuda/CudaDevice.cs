using System.Runtime.InteropServices;

namespace Candeia.Gpu;

/// <summary>A graphics processor that CUDA knows, by its number.</summary>
internal sealed unsafe class CudaDevice
{
    const int Major = 75, Minor = 76;
    readonly CudaApi _api;

    public CudaDevice(CudaApi api, int number, int version)
    {
        int id;
        (_api, Version) = (api, version);
        Id = api.GetDevice(&id, number) == 0 ? id : number;
    }

    /// <summary>What CUDA calls it.</summary>
    public int Id { get; }

    /// <summary>The version of CUDA that the driver knows: 12040 is 12.4.</summary>
    public int Version { get; }

    public string Name
    {
        get
        {
            byte* name = stackalloc byte[256];
            return _api.GetDeviceName(name, 256, Id) == 0 ? Marshal.PtrToStringUTF8((nint)name)!.Trim() : "";
        }
    }

    public long Memory
    {
        get
        {
            nuint bytes = 0;
            return _api.GetDeviceMemory(&bytes, Id) == 0 ? (long)bytes : 0;
        }
    }

    /// <summary>What kernels are compiled for: 90 is sm_90.</summary>
    public int Architecture => 10 * Attribute(Major) + Attribute(Minor);

    int Attribute(int which)
    {
        int value = 0;
        return _api.GetDeviceAttribute(&value, which, Id) == 0 ? value : 0;
    }
}
