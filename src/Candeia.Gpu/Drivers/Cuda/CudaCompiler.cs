using System.Runtime.InteropServices;
using System.Text;

namespace Candeia.Gpu;

/// <summary>
/// NVRTC: texts become machine code of an architecture, or PTX where the compiler is older than the device; the driver makes code of that. What was compiled is kept in files.
/// </summary>
internal sealed unsafe class CudaCompiler
{
    const int RefusedText = 6;
    readonly CudaApi _api;
    readonly string _device, _identity;
    readonly KernelFiles? _files;
    readonly bool _isAssembly;

    public CudaCompiler(CudaApi api, CudaDevice device, KernelFiles? files)
    {
        int major = 0, minor = 0;
        Check(api.GetCompilerVersion(&major, &minor));
        (_api, _device, _files) = (api, device.Name, files);
        int best = Known(api).Where(known => known <= device.Architecture).DefaultIfEmpty(0).Max();
        if (best == 0) throw new GpuException($"NVRTC {major}.{minor} compiles no kernels for {_device} (sm_{device.Architecture}); install a version of CUDA that knows it.");
        _isAssembly = best < device.Architecture;
        Architecture = $"{(_isAssembly ? "compute" : "sm")}_{best}";
        _identity = $"NVRTC {major}.{minor}; driver {device.Version}; {Architecture}";
    }

    /// <summary>What is compiled for.</summary>
    public string Architecture { get; }

    /// <summary>How many kernels were compiled and not found on disk.</summary>
    public int Compiled { get; private set; }

    static int[] Known(CudaApi api)
    {
        int count = 0;
        if (api.CountArchitectures(&count) != 0 || count <= 0) return [];
        int[] all = new int[count];
        fixed (int* p = all) return api.GetArchitectures(p) == 0 ? all : [];
    }

    /// <summary>The name of what a text becomes, for <see cref="Kept"/> and <see cref="Keep"/>.</summary>
    public string NameOf(string text) => KernelFiles.NameOf(_identity, string.Join(' ', CudaPrelude.Options(text, Architecture)), text);

    /// <summary>What was compiled before; null where nothing was.</summary>
    public byte[]? Kept(string name) => _files?.Read(name);

    /// <summary>Keeps it for the next process.</summary>
    public void Keep(string name, byte[] image) => _files?.Write(name, image);

    /// <summary>Compiles a text.</summary>
    /// <exception cref="GpuException">It is refused.</exception>
    public byte[] Compile(string text)
    {
        byte[] source = Encoding.UTF8.GetBytes(text + "\0"), name = Encoding.UTF8.GetBytes("kernel.cu\0");
        nint program;
        fixed (byte* s = source, n = name) Check(_api.CreateProgram(&program, s, n, 0, null, null));
        try
        {
            int error = CompileFor(program, CudaPrelude.Options(text, Architecture));
            if (error == RefusedText) throw new GpuException($"{_device} refuses a kernel. {Log(program)}\n{text}");
            Check(error);
            Compiled++;
            nuint size;
            Check(_isAssembly ? _api.GetAssemblySize(program, &size) : _api.GetBinarySize(program, &size));
            byte[] image = new byte[size];
            fixed (byte* p = image) Check(_isAssembly ? _api.GetAssembly(program, p) : _api.GetBinary(program, p));
            return image;
        }
        finally
        {
            _ = _api.DestroyProgram(&program);
        }
    }

    int CompileFor(nint program, string[] options)
    {
        nint* texts = stackalloc nint[options.Length];
        for (int i = 0; i < options.Length; i++) texts[i] = Marshal.StringToCoTaskMemUTF8(options[i]);
        int error = _api.CompileProgram(program, options.Length, (byte**)texts);
        for (int i = 0; i < options.Length; i++) Marshal.FreeCoTaskMem(texts[i]);
        return error;
    }

    string Log(nint program)
    {
        nuint size = 0;
        if (_api.GetLogSize(program, &size) != 0 || size == 0) return "";
        byte[] log = new byte[size];
        fixed (byte* p = log) return _api.GetLog(program, p) == 0 ? Encoding.UTF8.GetString(log).TrimEnd('\0') : "";
    }

    static void Check(int error)
    {
        if (error == 1) throw new InsufficientMemoryException("NVRTC has no memory left to compile a kernel.");
        if (error != 0) throw new GpuException($"NVRTC could not compile a kernel: error {error}.");
    }
}
