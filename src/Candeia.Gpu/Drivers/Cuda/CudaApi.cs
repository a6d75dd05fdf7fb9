namespace Candeia.Gpu;

/// <summary>The functions of NVIDIA's driver and of its compiler that are called, as they are found on this machine when the program runs.</summary>
internal sealed unsafe class CudaApi
{
    /// <summary>A table of functions.</summary>
    /// <param name="at">The address of a function by its name.</param>
    /// <param name="products">Those of cuBLASLt, if it is there.</param>
    /// <param name="convolutions">Those of cuDNN, if it is there.</param>
    /// <param name="graphs">Those of graphs, if the driver has them and they are wanted.</param>
    /// <param name="peers">Those of NCCL, if it is there.</param>
    public CudaApi(Func<string, nint> at, CublasLtApi? products = null, CudnnApi? convolutions = null, CudaGraphApi? graphs = null, NcclApi? peers = null)
    {
        (Products, Convolutions, Graphs, Peers) = (products, convolutions, graphs, peers);
        Init = (delegate* unmanaged<uint, int>)at("cuInit");
        GetVersion = (delegate* unmanaged<int*, int>)at("cuDriverGetVersion");
        GetErrorName = (delegate* unmanaged<int, byte**, int>)at("cuGetErrorName");
        GetDeviceCount = (delegate* unmanaged<int*, int>)at("cuDeviceGetCount");
        GetDevice = (delegate* unmanaged<int*, int, int>)at("cuDeviceGet");
        GetDeviceName = (delegate* unmanaged<byte*, int, int, int>)at("cuDeviceGetName");
        GetDeviceAttribute = (delegate* unmanaged<int*, int, int, int>)at("cuDeviceGetAttribute");
        GetDeviceMemory = (delegate* unmanaged<nuint*, int, int>)at("cuDeviceTotalMem_v2");
        RetainContext = (delegate* unmanaged<nint*, int, int>)at("cuDevicePrimaryCtxRetain");
        SetContext = (delegate* unmanaged<nint, int>)at("cuCtxSetCurrent");
        CreateStream = (delegate* unmanaged<nint*, uint, int>)at("cuStreamCreate");
        WaitForStream = (delegate* unmanaged<nint, int>)at("cuStreamSynchronize");
        CreateEvent = (delegate* unmanaged<nint*, uint, int>)at("cuEventCreate");
        RecordEvent = (delegate* unmanaged<nint, nint, int>)at("cuEventRecord");
        WaitForEvent = (delegate* unmanaged<nint, int>)at("cuEventSynchronize");
        Allocate = (delegate* unmanaged<nint*, nuint, int>)at("cuMemAlloc_v2");
        Free = (delegate* unmanaged<nint, int>)at("cuMemFree_v2");
        AllocatePinned = (delegate* unmanaged<void**, nuint, uint, int>)at("cuMemHostAlloc");
        CopyToDevice = (delegate* unmanaged<nint, void*, nuint, nint, int>)at("cuMemcpyHtoDAsync_v2");
        CopyToHost = (delegate* unmanaged<void*, nint, nuint, nint, int>)at("cuMemcpyDtoHAsync_v2");
        LoadModule = (delegate* unmanaged<nint*, void*, int>)at("cuModuleLoadData");
        UnloadModule = (delegate* unmanaged<nint, int>)at("cuModuleUnload");
        GetFunction = (delegate* unmanaged<nint*, nint, byte*, int>)at("cuModuleGetFunction");
        Launch = (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)at("cuLaunchKernel");
        GetCompilerVersion = (delegate* unmanaged<int*, int*, int>)at("nvrtcVersion");
        CountArchitectures = (delegate* unmanaged<int*, int>)at("nvrtcGetNumSupportedArchs");
        GetArchitectures = (delegate* unmanaged<int*, int>)at("nvrtcGetSupportedArchs");
        CreateProgram = (delegate* unmanaged<nint*, byte*, byte*, int, byte**, byte**, int>)at("nvrtcCreateProgram");
        DestroyProgram = (delegate* unmanaged<nint*, int>)at("nvrtcDestroyProgram");
        CompileProgram = (delegate* unmanaged<nint, int, byte**, int>)at("nvrtcCompileProgram");
        GetLogSize = (delegate* unmanaged<nint, nuint*, int>)at("nvrtcGetProgramLogSize");
        GetLog = (delegate* unmanaged<nint, byte*, int>)at("nvrtcGetProgramLog");
        GetBinarySize = (delegate* unmanaged<nint, nuint*, int>)at("nvrtcGetCUBINSize");
        GetBinary = (delegate* unmanaged<nint, byte*, int>)at("nvrtcGetCUBIN");
        GetAssemblySize = (delegate* unmanaged<nint, nuint*, int>)at("nvrtcGetPTXSize");
        GetAssembly = (delegate* unmanaged<nint, byte*, int>)at("nvrtcGetPTX");
    }

    /// <summary>The functions of cuBLASLt; null where it is not installed.</summary>
    public CublasLtApi? Products { get; }

    /// <summary>The functions of cuDNN; null where it is not installed.</summary>
    public CudnnApi? Convolutions { get; }

    /// <summary>The functions of graphs; null where the driver is older, or none are wanted.</summary>
    public CudaGraphApi? Graphs { get; }

    /// <summary>The functions of NCCL; null where it is not installed.</summary>
    public NcclApi? Peers { get; }

    public readonly delegate* unmanaged<uint, int> Init;
    public readonly delegate* unmanaged<int*, int> GetVersion;
    public readonly delegate* unmanaged<int, byte**, int> GetErrorName;
    public readonly delegate* unmanaged<int*, int> GetDeviceCount;
    public readonly delegate* unmanaged<int*, int, int> GetDevice;
    public readonly delegate* unmanaged<byte*, int, int, int> GetDeviceName;
    public readonly delegate* unmanaged<int*, int, int, int> GetDeviceAttribute;
    public readonly delegate* unmanaged<nuint*, int, int> GetDeviceMemory;
    public readonly delegate* unmanaged<nint*, int, int> RetainContext;
    public readonly delegate* unmanaged<nint, int> SetContext;
    public readonly delegate* unmanaged<nint*, uint, int> CreateStream;
    public readonly delegate* unmanaged<nint, int> WaitForStream;
    public readonly delegate* unmanaged<nint*, uint, int> CreateEvent;
    public readonly delegate* unmanaged<nint, nint, int> RecordEvent;
    public readonly delegate* unmanaged<nint, int> WaitForEvent;
    public readonly delegate* unmanaged<nint*, nuint, int> Allocate;
    public readonly delegate* unmanaged<nint, int> Free;
    public readonly delegate* unmanaged<void**, nuint, uint, int> AllocatePinned;
    public readonly delegate* unmanaged<nint, void*, nuint, nint, int> CopyToDevice;
    public readonly delegate* unmanaged<void*, nint, nuint, nint, int> CopyToHost;
    public readonly delegate* unmanaged<nint*, void*, int> LoadModule;
    public readonly delegate* unmanaged<nint, int> UnloadModule;
    public readonly delegate* unmanaged<nint*, nint, byte*, int> GetFunction;
    public readonly delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int> Launch;
    public readonly delegate* unmanaged<int*, int*, int> GetCompilerVersion;
    public readonly delegate* unmanaged<int*, int> CountArchitectures;
    public readonly delegate* unmanaged<int*, int> GetArchitectures;
    public readonly delegate* unmanaged<nint*, byte*, byte*, int, byte**, byte**, int> CreateProgram;
    public readonly delegate* unmanaged<nint*, int> DestroyProgram;
    public readonly delegate* unmanaged<nint, int, byte**, int> CompileProgram;
    public readonly delegate* unmanaged<nint, nuint*, int> GetLogSize;
    public readonly delegate* unmanaged<nint, byte*, int> GetLog;
    public readonly delegate* unmanaged<nint, nuint*, int> GetBinarySize;
    public readonly delegate* unmanaged<nint, byte*, int> GetBinary;
    public readonly delegate* unmanaged<nint, nuint*, int> GetAssemblySize;
    public readonly delegate* unmanaged<nint, byte*, int> GetAssembly;
}
