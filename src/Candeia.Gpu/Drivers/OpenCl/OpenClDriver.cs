using System.Runtime.InteropServices;
using System.Text;

namespace Candeia.Gpu;

/// <summary>A device by OpenCL 1.2 or later: a context and one queue in order.</summary>
internal sealed unsafe class OpenClDriver : IDriver
{
    const long MostStaged = 1L << 28;                                        // bytes of copies on their way, before one waits for them
    readonly OpenClApi _api;
    readonly nint _device, _context, _queue;
    readonly string _identity;
    readonly KernelFiles? _files;
    readonly List<nint> _staged = [];
    long _stagedBytes;

    public OpenClDriver(OpenClApi api, OpenClDevice device, KernelFiles? files)
    {
        (_api, _files, _identity) = (api, files, device.Identity);
        nint id = _device = device.Id;
        int error;
        _context = api.CreateContext(null, 1, &id, 0, 0, &error);
        Check(error, "make a context");
        _queue = api.CreateQueue(_context, id, 0, &error);
        Check(error, "make a queue");
        (Description, Memory, MostBytes, HasDouble) = (device.Name, device.Memory, device.MostBytes, device.HasDouble);
        Prelude = OpenClPrelude.Text(HasDouble);
    }

    public string Description { get; }

    public long Memory { get; }

    public long MostBytes { get; }

    public bool HasDouble { get; }

    public string Prelude { get; }

    public Handle Allocate(long bytes)
    {
        const ulong ReadWrite = 1;
        int error;
        nint memory = _api.CreateBuffer(_context, ReadWrite, (nuint)Math.Max(16, bytes), null, &error);
        Check(error, $"give {bytes} bytes of memory");
        return new(memory);
    }

    public void Free(Handle memory) => _ = _api.ReleaseBuffer(memory.Value);

    public void Write(Handle memory, long offset, ReadOnlySpan<byte> source)
    {
        if (source.Length == 0) return;
        if (_stagedBytes + source.Length > MostStaged) Finish();
        void* copy = NativeMemory.Alloc((nuint)source.Length);
        source.CopyTo(new Span<byte>(copy, source.Length));
        _staged.Add((nint)copy);
        _stagedBytes += source.Length;
        Check(_api.WriteBuffer(_queue, memory.Value, 0, (nuint)offset, (nuint)source.Length, copy, 0, null, null), "copy to the device");
        _ = _api.Flush(_queue);
    }

    public void Read(Handle memory, long offset, Span<byte> target)
    {
        if (target.Length == 0) return;
        fixed (byte* p = target) Check(_api.ReadBuffer(_queue, memory.Value, 1, (nuint)offset, (nuint)target.Length, p, 0, null, null), "copy to the host");
        Arrived();
    }

    /// <summary>How many kernels were compiled and not found on disk.</summary>
    public int Compiled { get; private set; }

    public Handle Build(string text, string kernel)
    {
        string options = OpenClPrelude.Options(HasDouble), file = KernelFiles.NameOf(_identity, options, text);
        if (_files?.Read(file) is { } kept && Load(kept) is var program and not 0)
        {
            if (KernelOf(program, kernel) is { IsNone: false } loaded) return loaded;
            _ = _api.ReleaseProgram(program);
        }
        program = Compile(text, options);
        Compiled++;
        _files?.Write(file, Binary(program));
        return KernelOf(program, kernel) is { IsNone: false } made ? made : throw new GpuException($"{Description} has compiled a kernel and does not find {kernel} in it.\n{text}");
    }

    nint Compile(string text, string options)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        nint program;
        fixed (byte* p = bytes)
        {
            byte* source = p;
            nuint length = (nuint)bytes.Length;
            int error;
            program = _api.CreateProgram(_context, 1, &source, &length, &error);
            Check(error, "take a text");
        }
        if (BuildFor(program, options) == 0) return program;
        string log = Log(program);
        _ = _api.ReleaseProgram(program);
        throw new GpuException($"{Description} refuses a kernel. {log}\n{text}");
    }

    // 0 where the driver does not take what was kept: another one has written it, perhaps.
    nint Load(byte[] binary)
    {
        nint device = _device, program;
        nuint length = (nuint)binary.Length;
        int status, error;
        fixed (byte* p = binary)
        {
            byte* bytes = p;
            program = _api.LoadProgram(_context, 1, &device, &length, &bytes, &status, &error);
        }
        if (error != 0 || program == 0) return 0;
        if (status == 0 && BuildFor(program, OpenClPrelude.Options(HasDouble)) == 0) return program;
        _ = _api.ReleaseProgram(program);
        return 0;
    }

    int BuildFor(nint program, string options)
    {
        nint device = _device;
        fixed (byte* o = Encoding.UTF8.GetBytes(options + "\0")) return _api.BuildProgram(program, 1, &device, o, 0, 0);
    }

    Handle KernelOf(nint program, string name)
    {
        int error;
        fixed (byte* n = Encoding.UTF8.GetBytes(name + "\0"))
        {
            nint made = _api.CreateKernel(program, n, &error);
            return error == 0 ? new(made) : default;
        }
    }

    byte[] Binary(nint program)
    {
        const uint Sizes = 0x1165, Binaries = 0x1166;
        nuint size = 0;
        if (_api.GetProgramInfo(program, Sizes, (nuint)sizeof(nuint), &size, null) != 0 || size == 0 || size > int.MaxValue) return [];
        byte[] binary = new byte[size];
        fixed (byte* p = binary)
        {
            byte* bytes = p;
            return _api.GetProgramInfo(program, Binaries, (nuint)sizeof(byte*), &bytes, null) == 0 ? binary : [];
        }
    }

    public void Launch(Handle kernel, long groups, int threads, Arguments arguments)
    {
        uint index = 0;
        fixed (byte* p = arguments.Data)
            foreach (var (at, size) in arguments.Places)
                Check(_api.SetArgument(kernel.Value, index++, (nuint)size, p + at), "take an argument");
        nuint local = (nuint)threads, global = (nuint)(groups * threads);
        Check(_api.Enqueue(_queue, kernel.Value, 1, null, &global, &local, 0, null, null), "run a kernel");
    }

    public void Finish()
    {
        Check(_api.Finish(_queue), "finish");
        Arrived();
    }

    // What lies staged has been copied, for the queue is in order.
    void Arrived()
    {
        foreach (nint copy in _staged) NativeMemory.Free((void*)copy);
        _staged.Clear();
        _stagedBytes = 0;
    }

    string Log(nint program)
    {
        const uint BuildLog = 0x1183;
        nuint size = 0;
        _ = _api.GetBuildInfo(program, _device, BuildLog, 0, null, &size);
        byte[] log = new byte[size];
        fixed (byte* p = log) _ = _api.GetBuildInfo(program, _device, BuildLog, size, p, null);
        return Encoding.UTF8.GetString(log).TrimEnd('\0');
    }

    void Check(int error, string what)
    {
        const int NoDevice = -2, NoMemory = -4, NoResources = -5, NoHostMemory = -6, TooLarge = -61;
        if (error == 0) return;
        if (error is NoMemory or NoResources or NoHostMemory or TooLarge)
            throw new InsufficientMemoryException($"{Description} could not {what}: it has no memory left for it (OpenCL error {error}); make the batch smaller.");
        throw new GpuException(error == NoDevice
            ? $"{Description} could not {what}: the device is gone (OpenCL error {error}); begin a new process, from a checkpoint."
            : $"{Description} could not {what}: OpenCL error {error}.");
    }
}
