using System.Runtime.InteropServices;

namespace Candeia.Gpu;

/// <summary>The functions of OpenCL that are called, as they are found on this machine when the program runs.</summary>
internal sealed unsafe class OpenClApi
{
    /// <summary>The variable by which users name a library that is not found by its usual name.</summary>
    public const string Variable = "CANDEIA_OPENCL";

    static readonly Lazy<OpenClApi?> s_found = new(Load);
    readonly nint _library;

    OpenClApi(nint library)
    {
        _library = library;
        GetPlatforms = (delegate* unmanaged<uint, nint*, uint*, int>)At("clGetPlatformIDs");
        GetDevices = (delegate* unmanaged<nint, ulong, uint, nint*, uint*, int>)At("clGetDeviceIDs");
        GetDeviceInfo = (delegate* unmanaged<nint, uint, nuint, void*, nuint*, int>)At("clGetDeviceInfo");
        CreateContext = (delegate* unmanaged<nint*, uint, nint*, nint, nint, int*, nint>)At("clCreateContext");
        CreateQueue = (delegate* unmanaged<nint, nint, ulong, int*, nint>)At("clCreateCommandQueue");
        CreateBuffer = (delegate* unmanaged<nint, ulong, nuint, void*, int*, nint>)At("clCreateBuffer");
        ReleaseBuffer = (delegate* unmanaged<nint, int>)At("clReleaseMemObject");
        WriteBuffer = (delegate* unmanaged<nint, nint, uint, nuint, nuint, void*, uint, nint*, nint*, int>)At("clEnqueueWriteBuffer");
        ReadBuffer = (delegate* unmanaged<nint, nint, uint, nuint, nuint, void*, uint, nint*, nint*, int>)At("clEnqueueReadBuffer");
        CreateProgram = (delegate* unmanaged<nint, uint, byte**, nuint*, int*, nint>)At("clCreateProgramWithSource");
        LoadProgram = (delegate* unmanaged<nint, uint, nint*, nuint*, byte**, int*, int*, nint>)At("clCreateProgramWithBinary");
        GetProgramInfo = (delegate* unmanaged<nint, uint, nuint, void*, nuint*, int>)At("clGetProgramInfo");
        ReleaseProgram = (delegate* unmanaged<nint, int>)At("clReleaseProgram");
        BuildProgram = (delegate* unmanaged<nint, uint, nint*, byte*, nint, nint, int>)At("clBuildProgram");
        GetBuildInfo = (delegate* unmanaged<nint, nint, uint, nuint, void*, nuint*, int>)At("clGetProgramBuildInfo");
        CreateKernel = (delegate* unmanaged<nint, byte*, int*, nint>)At("clCreateKernel");
        SetArgument = (delegate* unmanaged<nint, uint, nuint, void*, int>)At("clSetKernelArg");
        Enqueue = (delegate* unmanaged<nint, nint, uint, nuint*, nuint*, nuint*, uint, nint*, nint*, int>)At("clEnqueueNDRangeKernel");
        Finish = (delegate* unmanaged<nint, int>)At("clFinish");
        Flush = (delegate* unmanaged<nint, int>)At("clFlush");
    }

    public readonly delegate* unmanaged<uint, nint*, uint*, int> GetPlatforms;
    public readonly delegate* unmanaged<nint, ulong, uint, nint*, uint*, int> GetDevices;
    public readonly delegate* unmanaged<nint, uint, nuint, void*, nuint*, int> GetDeviceInfo;
    public readonly delegate* unmanaged<nint*, uint, nint*, nint, nint, int*, nint> CreateContext;
    public readonly delegate* unmanaged<nint, nint, ulong, int*, nint> CreateQueue;
    public readonly delegate* unmanaged<nint, ulong, nuint, void*, int*, nint> CreateBuffer;
    public readonly delegate* unmanaged<nint, int> ReleaseBuffer;
    public readonly delegate* unmanaged<nint, nint, uint, nuint, nuint, void*, uint, nint*, nint*, int> WriteBuffer;
    public readonly delegate* unmanaged<nint, nint, uint, nuint, nuint, void*, uint, nint*, nint*, int> ReadBuffer;
    public readonly delegate* unmanaged<nint, uint, byte**, nuint*, int*, nint> CreateProgram;
    public readonly delegate* unmanaged<nint, uint, nint*, nuint*, byte**, int*, int*, nint> LoadProgram;
    public readonly delegate* unmanaged<nint, uint, nuint, void*, nuint*, int> GetProgramInfo;
    public readonly delegate* unmanaged<nint, int> ReleaseProgram;
    public readonly delegate* unmanaged<nint, uint, nint*, byte*, nint, nint, int> BuildProgram;
    public readonly delegate* unmanaged<nint, nint, uint, nuint, void*, nuint*, int> GetBuildInfo;
    public readonly delegate* unmanaged<nint, byte*, int*, nint> CreateKernel;
    public readonly delegate* unmanaged<nint, uint, nuint, void*, int> SetArgument;
    public readonly delegate* unmanaged<nint, nint, uint, nuint*, nuint*, nuint*, uint, nint*, nint*, int> Enqueue;
    public readonly delegate* unmanaged<nint, int> Finish;
    public readonly delegate* unmanaged<nint, int> Flush;

    /// <summary>That of this machine; null where there is none.</summary>
    public static OpenClApi? Found => s_found.Value;

    nint At(string name) => NativeLibrary.GetExport(_library, name);

    static OpenClApi? Load()
    {
        string[] names = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? [named]
            : OperatingSystem.IsWindows() ? ["OpenCL.dll"]
            : OperatingSystem.IsMacOS() ? ["/System/Library/Frameworks/OpenCL.framework/OpenCL"] : ["libOpenCL.so.1", "libOpenCL.so"];
        foreach (string name in names)
        {
            if (!NativeLibrary.TryLoad(name, out nint library)) continue;
            try
            {
                return new(library);
            }
            catch (EntryPointNotFoundException)                              // another library of that name
            {
                NativeLibrary.Free(library);
            }
        }
        return null;
    }
}
