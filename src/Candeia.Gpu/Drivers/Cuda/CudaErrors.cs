using System.Runtime.InteropServices;

namespace Candeia.Gpu;

/// <summary>What NVIDIA's driver answers instead of 0, as sentences.</summary>
internal static unsafe class CudaErrors
{
    const int NoMemory = 2;

    // After these the process has no device any more: whatever is called fails alike.
    static bool IsLost(int error) => error is 4 or 46 or 201 or 214 or 220 or 700 or 702 or 709 or 710 or (>= 714 and <= 721) or 999;

    /// <summary>The name that NVIDIA gives an error.</summary>
    public static string Name(CudaApi api, int error)
    {
        byte* name = null;
        return api.GetErrorName(error, &name) == 0 && name != null ? $"{Marshal.PtrToStringUTF8((nint)name)}, {error}" : $"CUDA error {error}";
    }

    /// <summary>Throws what an error means.</summary>
    public static void Throw(CudaApi api, int error, string device, string what)
    {
        if (error == NoMemory) throw new InsufficientMemoryException($"{device} could not {what}: it has no memory left for it ({Name(api, error)}); make the batch smaller.");
        throw new GpuException(IsLost(error)
            ? $"{device} could not {what}: the device is gone ({Name(api, error)}); begin a new process, from a checkpoint."
            : $"{device} could not {what}: {Name(api, error)}.");
    }
}
