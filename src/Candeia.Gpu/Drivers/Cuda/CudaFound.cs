namespace Candeia.Gpu;

/// <summary>CUDA on this machine: its devices, or one sentence about what is missing and how to get it.</summary>
internal sealed unsafe class CudaFound
{
    /// <summary>The first version that has all functions that are called.</summary>
    public const string Oldest = "11.2";

    const int OldestNumber = 11020, NoDevice = 100;

    CudaFound(CudaApi? api, IReadOnlyList<CudaDevice> devices, string? missing) => (Api, Devices, Missing) = (api, devices, missing);

    /// <summary>The functions; null where something is missing.</summary>
    public CudaApi? Api { get; }

    /// <summary>The devices.</summary>
    public IReadOnlyList<CudaDevice> Devices { get; }

    /// <summary>What is missing; null where nothing is.</summary>
    public string? Missing { get; }

    /// <summary>What a table of functions finds.</summary>
    public static CudaFound Of((CudaApi? Api, string? Missing) libraries)
    {
        if (libraries.Api is not { } api) return Without(libraries.Missing!);
        int version = 0, count = 0, error = api.Init(0);
        if (error == NoDevice) return Without("NVIDIA's driver is there, but no graphics processor that it drives.");
        if (error != 0) return Without($"NVIDIA's driver does not begin ({CudaErrors.Name(api, error)}); is the kernel's part of it loaded (nvidia-smi), and of the same version?");
        if (api.GetVersion(&version) != 0 || version < OldestNumber)
            return Without($"NVIDIA's driver on this machine knows CUDA {version / 1000}.{version % 1000 / 10}, and {Oldest} is needed; install a newer driver.");
        if (api.GetDeviceCount(&count) != 0 || count == 0) return Without("NVIDIA's driver is there, but no graphics processor that it drives.");
        var devices = new CudaDevice[count];
        for (int i = 0; i < devices.Length; i++) devices[i] = new(api, i, version);
        return new(api, devices, null);
    }

    static CudaFound Without(string missing) => new(null, [], missing);
}
