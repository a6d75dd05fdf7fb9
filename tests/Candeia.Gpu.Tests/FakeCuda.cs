using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Candeia.Gpu.Tests;

/// <summary>
/// NVIDIA's driver and compiler as functions of this process, in the table that the loader fills otherwise. What is compiled and run there, another driver compiles and runs: OpenCL's,
/// with its own prelude instead of CUDA's. Whatever the interface demands is looked at: a current context, pinned memory, known options; copies are done as late as they may be.
/// </summary>
static unsafe partial class FakeCuda
{
    const int Context = 7, Stream = 9, InvalidValue = 1, NoMemory = 2, InvalidImage = 200, InvalidContext = 201, NotFound = 500;
    static readonly ConcurrentDictionary<nint, string> s_texts = [];
    static readonly ConcurrentDictionary<nint, (IDriver Driver, Handle Handle, int[] Sizes)> s_kernels = [];
    static readonly Dictionary<nint, (IDriver Driver, Handle Handle)> s_memory = [];
    static readonly List<(nint From, nuint Size)> s_pinned = [];
    static readonly List<(nint From, nint To, int Size)> s_copies = [];
    static readonly Lock s_lock = new();                                     // several threads may have a processor each, behind which is one
    static IDriver s_driver = new FakeDriver();
    static long s_last;
    [ThreadStatic] static nint s_context;

    /// <summary>What functions answer instead of what they do.</summary>
    public static Dictionary<string, int> Errors { get; } = [];

    /// <summary>What the compiler says of every text, if it refuses them.</summary>
    public static string? Refusal { get; set; }

    /// <summary>The version of CUDA that the driver knows.</summary>
    public static int Version { get; set; }

    /// <summary>What the device is, and what the compiler knows.</summary>
    public static int Architecture { get; set; }

    /// <summary>How often somebody has waited for the stream.</summary>
    public static int Waits { get; private set; }

    /// <summary>Blocks that were not given back.</summary>
    public static int Blocks
    {
        get
        {
            lock (s_memory) return s_memory.Count;
        }
    }

    /// <summary>What the driver behind has thrown.</summary>
    public static Exception? Thrown { get; private set; }

    /// <summary>Begins anew, with a driver that does what is asked for from now on; what another one has made is still its own.</summary>
    public static CudaApi On(IDriver driver, CublasLtApi? products = null, bool hasGraphs = true, CudnnApi? convolutions = null, NcclApi? peers = null)
    {
        s_driver = driver;
        (Version, Architecture, Refusal, Waits, Thrown, Launches, IsIdle) = (12040, 90, null, 0, null, 0, false);
        Errors.Clear();
        FakeGraphs.Forget();
        return new(name => s_functions[name], products, convolutions, hasGraphs ? FakeGraphs.Api() : null, peers);
    }

    /// <summary>Kernels that were launched one by one.</summary>
    public static int Launches { get; private set; }

    /// <summary>Whether launches do nothing at all, so that what they cost before can be measured.</summary>
    public static bool IsIdle { get; set; }

    /// <summary>Where the function lies that waits for the stream.</summary>
    internal static nint WaitAddress => (nint)(delegate* unmanaged<nint, int>)&WaitForStream;

    /// <summary>Does what a library was asked for: now, or where it is captured when its graph is run.</summary>
    public static void Do(Action action)
    {
        if (FakeGraphs.Captured is { } captured) captured.Add(action);
        else action();
    }

    /// <summary>The stream that there is.</summary>
    public static nint TheStream => Stream;

    /// <summary>Whether this thread has made the processor's context its own.</summary>
    public static bool HasContext => s_context == Context;

    /// <summary>Bytes at an address, as they are when all that was asked for before is done.</summary>
    public static byte[] BytesAt(nint address, int count)
    {
        lock (s_lock)
        {
            Arrive();
            byte[] bytes = new byte[count];
            Block(address).Driver.Read(Block(address).Handle, Offset(address), bytes);
            return bytes;
        }
    }

    /// <summary>Writes bytes to an address.</summary>
    public static void PutBytes(nint address, byte[] bytes)
    {
        lock (s_lock) Block(address).Driver.Write(Block(address).Handle, Offset(address), bytes);
    }

    /// <summary>Numbers at an address, for what computes on the host.</summary>
    public static double[] Values(nint address, long count, bool areDouble)
    {
        Arrive();
        byte[] bytes = new byte[count * (areDouble ? 8 : 4)];
        Block(address).Driver.Read(Block(address).Handle, Offset(address), bytes);
        return areDouble ? MemoryMarshal.Cast<byte, double>(bytes).ToArray() : [.. MemoryMarshal.Cast<byte, float>(bytes).ToArray().Select(v => (double)v)];
    }

    /// <summary>Writes numbers to an address.</summary>
    public static void Put(nint address, double[] values, bool areDouble)
    {
        byte[] bytes = areDouble ? MemoryMarshal.AsBytes(values.AsSpan()).ToArray() : MemoryMarshal.AsBytes(Array.ConvertAll(values, v => (float)v).AsSpan()).ToArray();
        Block(address).Driver.Write(Block(address).Handle, Offset(address), bytes);
    }

    static nint Next() => (nint)Interlocked.Increment(ref s_last);

    // What waits or takes memory is refused while something is captured.
    internal static bool Fails(string function, out int error) =>
        Errors.TryGetValue(function, out error) || (error = s_context != Context ? InvalidContext : FakeGraphs.Captured is not null && function != "cuStreamEndCapture" ? 900 : 0) != 0;

    internal static int Guarded(Action action)
    {
        try
        {
            lock (s_lock) action();
            return 0;
        }
        catch (InsufficientMemoryException)
        {
            return NoMemory;
        }
        catch (Exception e)                                                  // nothing may leave a function that native code calls
        {
            Thrown = e;
            return 999;
        }
    }

    static void Arrive()
    {
        foreach (var (from, to, size) in s_copies) Block(to).Driver.Write(Block(to).Handle, Offset(to), new ReadOnlySpan<byte>((void*)from, size));
        s_copies.Clear();
    }

    // An address is the number of a block in the high half, and a place in it.
    static (IDriver Driver, Handle Handle) Block(nint address)
    {
        lock (s_memory) return s_memory[address >> 40];
    }

    static long Offset(nint address) => address & (1L << 40) - 1;

    static string Text(byte* p) => Marshal.PtrToStringUTF8((nint)p)!;

    static int Give(string text, byte* target)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text + "\0");
        bytes.CopyTo(new Span<byte>(target, bytes.Length));
        return 0;
    }

    [GeneratedRegex(@"KERNEL void run\((?<list>[^)]*)\)")]
    private static partial Regex Parameters { get; }

    /// <summary>The sizes of a kernel's arguments; 0 is memory.</summary>
    static int[] Sizes(string text)
    {
        int Size(string type) => type switch
        {
            "N" or "T" => Size(Regex.Matches(text, $@"typedef (\w+) {type};")[^1].Groups[1].Value), "i8" or "u8" => 1, "i16" => 2, "i32" or "f32" => 4, "i64" or "u64" or "f64" or "c64" => 8, "c128" => 16,
            _ => throw new InvalidOperationException($"No parameter is of the type {type}."),
        };
        return [.. Parameters.Match(text).Groups["list"].Value.Split(',').Select(p => p.Trim()).Select(p => p.Contains('*', StringComparison.Ordinal) ? 0 : Size(p.Split(' ')[0]))];
    }

    [UnmanagedCallersOnly] static int Init(uint flags) => Errors.GetValueOrDefault("cuInit");

    [UnmanagedCallersOnly]
    static int GetVersion(int* version)
    {
        *version = Version;
        return 0;
    }

    [UnmanagedCallersOnly]
    static int GetErrorName(int error, byte** name)
    {
        *name = (byte*)Marshal.StringToCoTaskMemUTF8($"CUDA_ERROR_FAKE_{error}");
        return 0;
    }

    [UnmanagedCallersOnly]
    static int GetDeviceCount(int* count)
    {
        *count = 1;
        return 0;
    }

    [UnmanagedCallersOnly]
    static int GetDevice(int* device, int number)
    {
        *device = number;
        return 0;
    }

    [UnmanagedCallersOnly] static int GetDeviceName(byte* name, int length, int device) => Give("a fake GPU", name);

    [UnmanagedCallersOnly]
    static int GetDeviceAttribute(int* value, int which, int device)
    {
        *value = which == 75 ? Architecture / 10 : which == 76 ? Architecture % 10 : 0;
        return 0;
    }

    [UnmanagedCallersOnly]
    static int GetDeviceMemory(nuint* bytes, int device)
    {
        *bytes = (nuint)s_driver.Memory;
        return 0;
    }

    [UnmanagedCallersOnly]
    static int RetainContext(nint* context, int device)
    {
        *context = Context;
        return Errors.GetValueOrDefault("cuDevicePrimaryCtxRetain");
    }

    [UnmanagedCallersOnly]
    static int SetContext(nint context)
    {
        s_context = context;
        return context == Context ? 0 : InvalidContext;
    }

    [UnmanagedCallersOnly]
    static int CreateStream(nint* stream, uint flags)
    {
        *stream = Stream;
        return Fails("cuStreamCreate", out int error) ? error : flags == 1 ? 0 : InvalidValue;
    }

    [UnmanagedCallersOnly]
    static int WaitForStream(nint stream)
    {
        if (Fails("cuStreamSynchronize", out int error)) return error;
        Waits++;
        return stream != Stream ? 400 : Guarded(() =>
        {
            Arrive();
            s_driver.Finish();
        });
    }

    [UnmanagedCallersOnly]
    static int CreateEvent(nint* made, uint flags)
    {
        *made = Next();
        return Fails("cuEventCreate", out int error) ? error : 0;
    }

    [UnmanagedCallersOnly] static int RecordEvent(nint made, nint stream) => Fails("cuEventRecord", out int error) ? error : made > 0 && stream == Stream ? 0 : InvalidValue;

    [UnmanagedCallersOnly] static int WaitForEvent(nint made) => Fails("cuEventSynchronize", out int error) ? error : made > 0 ? Guarded(Arrive) : InvalidValue;

    [UnmanagedCallersOnly]
    static int Allocate(nint* memory, nuint size)
    {
        if (Fails("cuMemAlloc_v2", out int error)) return error;
        nint number = Next();
        *memory = number << 40;
        return Guarded(() =>
        {
            var block = s_driver.Allocate((long)size);
            lock (s_memory) s_memory[number] = (s_driver, block);
        });
    }

    [UnmanagedCallersOnly]
    static int Free(nint memory)
    {
        if (Fails("cuMemFree_v2", out int error)) return error;
        (IDriver Driver, Handle Handle) block;
        lock (s_memory) if (!s_memory.Remove(memory >> 40, out block)) return InvalidValue;
        return Guarded(() => block.Driver.Free(block.Handle));
    }

    [UnmanagedCallersOnly]
    static int AllocatePinned(void** memory, nuint size, uint flags)
    {
        if (Fails("cuMemHostAlloc", out int error)) return error;
        *memory = NativeMemory.Alloc(size);
        lock (s_lock) s_pinned.Add(((nint)(*memory), size));
        return 0;
    }

    [UnmanagedCallersOnly]
    static int CopyToDevice(nint to, void* from, nuint size, nint stream)
    {
        if (Fails("cuMemcpyHtoDAsync_v2", out int error)) return error;
        lock (s_lock)
        {
            if (stream != Stream || !s_pinned.Exists(p => (nint)from >= p.From && (nint)from + (nint)size <= p.From + (nint)p.Size)) return InvalidValue;
            s_copies.Add(((nint)from, to, (int)size));
        }
        return 0;
    }

    [UnmanagedCallersOnly]
    static int CopyToHost(void* to, nint from, nuint size, nint stream)
    {
        if (Fails("cuMemcpyDtoHAsync_v2", out int error)) return error;
        return stream != Stream ? InvalidValue : Guarded(() =>
        {
            Arrive();
            Block(from).Driver.Read(Block(from).Handle, Offset(from), new Span<byte>(to, (int)size));
        });
    }

    [UnmanagedCallersOnly]
    static int LoadModule(nint* module, void* image)
    {
        if (Fails("cuModuleLoadData", out int error)) return error;
        string text = Text((byte*)image);
        if (!text.StartsWith(CudaPrelude.Text, StringComparison.Ordinal)) return InvalidImage;
        s_texts[*module = Next()] = text;
        return 0;
    }

    [UnmanagedCallersOnly] static int UnloadModule(nint module) => s_texts.TryRemove(module, out _) ? 0 : InvalidValue;

    [UnmanagedCallersOnly]
    static int GetFunction(nint* function, nint module, byte* name)
    {
        if (Fails("cuModuleGetFunction", out int error)) return error;
        string text = s_texts[module][CudaPrelude.Text.Length..], kernel = Text(name);
        if (kernel != "run") return NotFound;
        nint made = *function = Next();
        return Guarded(() => s_kernels[made] = (s_driver, s_driver.Build(s_driver.Prelude + text, kernel), Sizes(text)));
    }

    [UnmanagedCallersOnly]
    static int Launch(nint function, uint x, uint y, uint z, uint threads, uint ty, uint tz, uint shared, nint stream, void** values, void** extra)
    {
        if (IsIdle) return 0;
        if (Fails("cuLaunchKernel", out int error)) return error;
        if (stream != Stream || x is 0 or > int.MaxValue || y != 1 || z != 1 || threads is 0 or > 1024 || ty != 1 || tz != 1 || extra != null) return InvalidValue;
        Launches++;
        var arguments = Copy(function, values);
        return Guarded(() => Run(function, x, threads, arguments));
    }

    /// <summary>The arguments of a kernel, as they are now; memory by its address.</summary>
    internal static Arguments Copy(nint function, void** values)
    {
        int[] sizes = s_kernels[function].Sizes;
        var arguments = new Arguments();
        for (int i = 0; i < sizes.Length; i++)
            _ = sizes[i] switch
            {
                1 => arguments.Add(*(byte*)values[i]), 2 => arguments.Add(*(short*)values[i]), 4 => arguments.Add(*(int*)values[i]), 16 => arguments.Add(*(System.Numerics.Complex*)values[i]), _ => arguments.Add(*(long*)values[i]),
            };
        return arguments;
    }

    /// <summary>Runs a kernel with such arguments.</summary>
    internal static void Run(nint function, uint groups, uint threads, Arguments arguments)
    {
        Arrive();
        var (driver, kernel, sizes) = s_kernels[function];
        var own = arguments.Copy();
        for (int i = 0; i < sizes.Length; i++) if (sizes[i] == 0) own.Put(own.Places[i].At, Block(MemoryMarshal.Read<nint>(own.Data[own.Places[i].At..])).Handle.Value);
        driver.Launch(kernel, groups, (int)threads, own);
    }

    [UnmanagedCallersOnly]
    static int GetCompilerVersion(int* major, int* minor)
    {
        (*major, *minor) = (12, 4);
        return 0;
    }

    [UnmanagedCallersOnly]
    static int CountArchitectures(int* count)
    {
        *count = 3;
        return 0;
    }

    [UnmanagedCallersOnly]
    static int GetArchitectures(int* all)
    {
        (all[0], all[1], all[2]) = (70, 80, 90);
        return 0;
    }

    [UnmanagedCallersOnly]
    static int CreateProgram(nint* program, byte* source, byte* name, int headers, byte** texts, byte** names)
    {
        s_texts[*program = Next()] = Text(source);
        return 0;
    }

    [UnmanagedCallersOnly] static int DestroyProgram(nint* program) => s_texts.TryRemove(*program, out _) ? 0 : InvalidValue;

    [UnmanagedCallersOnly]
    static int CompileProgram(nint program, int count, byte** options)
    {
        for (int i = 0; i < count; i++)
            if (!Regex.IsMatch(Text(options[i]), $"^(--gpu-architecture=(sm_{Architecture}|compute_90)|--std=c\\+\\+14|--fmad=(true|false))$")) return 5;
        return Refusal is null ? 0 : 6;
    }

    [UnmanagedCallersOnly]
    static int GetLogSize(nint program, nuint* size)
    {
        *size = (nuint)Encoding.UTF8.GetByteCount(Refusal ?? "") + 1;
        return 0;
    }

    [UnmanagedCallersOnly] static int GetLog(nint program, byte* log) => Give(Refusal ?? "", log);

    [UnmanagedCallersOnly]
    static int GetBinarySize(nint program, nuint* size)
    {
        *size = (nuint)Encoding.UTF8.GetByteCount(s_texts[program]) + 1;
        return 0;
    }

    [UnmanagedCallersOnly] static int GetBinary(nint program, byte* image) => Give(s_texts[program], image);

    static readonly Dictionary<string, nint> s_functions = new()
    {
        ["cuInit"] = (nint)(delegate* unmanaged<uint, int>)&Init, ["cuDriverGetVersion"] = (nint)(delegate* unmanaged<int*, int>)&GetVersion,
        ["cuGetErrorName"] = (nint)(delegate* unmanaged<int, byte**, int>)&GetErrorName, ["cuDeviceGetCount"] = (nint)(delegate* unmanaged<int*, int>)&GetDeviceCount,
        ["cuDeviceGet"] = (nint)(delegate* unmanaged<int*, int, int>)&GetDevice, ["cuDeviceGetName"] = (nint)(delegate* unmanaged<byte*, int, int, int>)&GetDeviceName,
        ["cuDeviceGetAttribute"] = (nint)(delegate* unmanaged<int*, int, int, int>)&GetDeviceAttribute, ["cuDeviceTotalMem_v2"] = (nint)(delegate* unmanaged<nuint*, int, int>)&GetDeviceMemory,
        ["cuDevicePrimaryCtxRetain"] = (nint)(delegate* unmanaged<nint*, int, int>)&RetainContext, ["cuCtxSetCurrent"] = (nint)(delegate* unmanaged<nint, int>)&SetContext,
        ["cuStreamCreate"] = (nint)(delegate* unmanaged<nint*, uint, int>)&CreateStream, ["cuStreamSynchronize"] = (nint)(delegate* unmanaged<nint, int>)&WaitForStream,
        ["cuEventCreate"] = (nint)(delegate* unmanaged<nint*, uint, int>)&CreateEvent, ["cuEventRecord"] = (nint)(delegate* unmanaged<nint, nint, int>)&RecordEvent,
        ["cuEventSynchronize"] = (nint)(delegate* unmanaged<nint, int>)&WaitForEvent, ["cuMemAlloc_v2"] = (nint)(delegate* unmanaged<nint*, nuint, int>)&Allocate,
        ["cuMemFree_v2"] = (nint)(delegate* unmanaged<nint, int>)&Free, ["cuMemHostAlloc"] = (nint)(delegate* unmanaged<void**, nuint, uint, int>)&AllocatePinned,
        ["cuMemcpyHtoDAsync_v2"] = (nint)(delegate* unmanaged<nint, void*, nuint, nint, int>)&CopyToDevice,
        ["cuMemcpyDtoHAsync_v2"] = (nint)(delegate* unmanaged<void*, nint, nuint, nint, int>)&CopyToHost,
        ["cuModuleLoadData"] = (nint)(delegate* unmanaged<nint*, void*, int>)&LoadModule, ["cuModuleUnload"] = (nint)(delegate* unmanaged<nint, int>)&UnloadModule,
        ["cuModuleGetFunction"] = (nint)(delegate* unmanaged<nint*, nint, byte*, int>)&GetFunction,
        ["cuLaunchKernel"] = (nint)(delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)&Launch,
        ["nvrtcVersion"] = (nint)(delegate* unmanaged<int*, int*, int>)&GetCompilerVersion, ["nvrtcGetNumSupportedArchs"] = (nint)(delegate* unmanaged<int*, int>)&CountArchitectures,
        ["nvrtcGetSupportedArchs"] = (nint)(delegate* unmanaged<int*, int>)&GetArchitectures,
        ["nvrtcCreateProgram"] = (nint)(delegate* unmanaged<nint*, byte*, byte*, int, byte**, byte**, int>)&CreateProgram,
        ["nvrtcDestroyProgram"] = (nint)(delegate* unmanaged<nint*, int>)&DestroyProgram, ["nvrtcCompileProgram"] = (nint)(delegate* unmanaged<nint, int, byte**, int>)&CompileProgram,
        ["nvrtcGetProgramLogSize"] = (nint)(delegate* unmanaged<nint, nuint*, int>)&GetLogSize, ["nvrtcGetProgramLog"] = (nint)(delegate* unmanaged<nint, byte*, int>)&GetLog,
        ["nvrtcGetCUBINSize"] = (nint)(delegate* unmanaged<nint, nuint*, int>)&GetBinarySize, ["nvrtcGetCUBIN"] = (nint)(delegate* unmanaged<nint, byte*, int>)&GetBinary,
        ["nvrtcGetPTXSize"] = (nint)(delegate* unmanaged<nint, nuint*, int>)&GetBinarySize, ["nvrtcGetPTX"] = (nint)(delegate* unmanaged<nint, byte*, int>)&GetBinary,
    };
}
