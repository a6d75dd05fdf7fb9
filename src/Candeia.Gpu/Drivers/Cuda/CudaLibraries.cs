using System.Runtime.InteropServices;

namespace Candeia.Gpu;

/// <summary>NVIDIA's libraries on this machine: the driver's, and the compiler's, which the driver does not bring.</summary>
internal static class CudaLibraries
{
    /// <summary>The variable by which users name the folder of libraries that are not found otherwise.</summary>
    public const string Variable = "CANDEIA_CUDA_PATH";

    /// <summary>The variable that names another library for products, or, by being empty, none.</summary>
    public const string ProductsVariable = "CANDEIA_CUBLASLT";

    /// <summary>The variable that names another library for convolutions, or, by being empty, none.</summary>
    public const string ConvolutionsVariable = "CANDEIA_CUDNN";

    /// <summary>The variable that names another library by which several processors exchange memory, or, by being empty, none.</summary>
    public const string PeersVariable = "CANDEIA_NCCL";

    /// <summary>The variable that, by being empty, says that kernels are launched one by one and never as graphs.</summary>
    public const string GraphsVariable = "CANDEIA_CUDA_GRAPHS";

    const string Remedy = $"Install it (apt-get install nvidia-cuda-toolkit, or pip install nvidia-cuda-nvrtc), and name its folder by the environment variable {Variable} if it is not found.";

    static bool IsWindows => OperatingSystem.IsWindows();

    static string[] Drivers => IsWindows ? ["nvcuda.dll"] : ["libcuda.so.1"];

    static string[] Compilers => IsWindows ? ["nvrtc64_130_0.dll", "nvrtc64_120_0.dll", "nvrtc64_112_0.dll"]
        : ["libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so.11.2", "libnvrtc.so"];

    static string[] Products => IsWindows ? ["cublasLt64_13.dll", "cublasLt64_12.dll", "cublasLt64_11.dll"] : ["libcublasLt.so.13", "libcublasLt.so.12", "libcublasLt.so.11", "libcublasLt.so"];

    static string[] Convolutions => IsWindows ? ["cudnn64_9.dll", "cudnn64_8.dll"] : ["libcudnn.so.9", "libcudnn.so.8", "libcudnn.so"];

    static string[] Peers => IsWindows ? [] : ["libnccl.so.2", "libnccl.so"];

    /// <summary>Where a toolkit lies that the loader does not know.</summary>
    static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            yield return named;
            yield return Path.Combine(named, IsWindows ? "bin" : "lib64");
        }
        if (Environment.GetEnvironmentVariable("CUDA_PATH") is { Length: > 0 } toolkit)
        {
            yield return Path.Combine(toolkit, IsWindows ? "bin" : "lib64");
            yield return Path.Combine(toolkit, "bin", "x64");
        }
        if (!IsWindows) yield return "/usr/local/cuda/lib64";
    }

    /// <summary>The table of functions, or what is missing.</summary>
    public static (CudaApi? Api, string? Missing) Find()
    {
        nint driver = Load(Drivers, []);
        if (driver == 0) return (null, "There is no CUDA on this machine: it comes with NVIDIA's driver, for NVIDIA's graphics processors.");
        nint compiler = Load(Compilers, [.. Folders()]);
        if (compiler == 0) return (null, $"NVIDIA's driver is there, but not its compiler of kernels, NVRTC. {Remedy}");
        try
        {
            return (new(name => NativeLibrary.GetExport(name.StartsWith("nvrtc", StringComparison.Ordinal) ? compiler : driver, name),
                Library(ProductsVariable, Products, at => new CublasLtApi(at)), Library(ConvolutionsVariable, Convolutions, at => new CudnnApi(at)), Graphs(driver),
                Library(PeersVariable, Peers, at => new NcclApi(at))), null);
        }
        catch (EntryPointNotFoundException e)
        {
            return (null, $"NVIDIA's libraries on this machine are older than CUDA {CudaFound.Oldest}: {e.Message} Install a newer driver and toolkit.");
        }
    }

    /// <summary>A library, if it is installed and has all that is called; none where the user wants none.</summary>
    static T? Library<T>(string variable, string[] names, Func<Func<string, nint>, T> table) where T : class
    {
        string? named = Environment.GetEnvironmentVariable(variable);
        return named is "" || Load(named is null ? names : [named], [.. Folders()]) is not (var library and not 0) ? null
            : IfWhole(() => table(name => NativeLibrary.GetExport(library, name)));
    }

    static CudaGraphApi? Graphs(nint driver) =>
        Environment.GetEnvironmentVariable(GraphsVariable) is "" ? null : IfWhole(() => new CudaGraphApi(name => NativeLibrary.GetExport(driver, name)));

    /// <summary>A table of functions; null where one is missing.</summary>
    static T? IfWhole<T>(Func<T> table) where T : class
    {
        try
        {
            return table();
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    static nint Load(string[] names, string[] folders)
    {
        foreach (string name in names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name)).Append(name)))
            if (NativeLibrary.TryLoad(name, out nint library)) return library;
        return 0;
    }
}
