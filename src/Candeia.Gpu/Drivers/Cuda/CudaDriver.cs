using System.Collections.Concurrent;
using System.Text;

namespace Candeia.Gpu;

/// <summary>A graphics processor of NVIDIA by the driver's own interface: its primary context, and one stream in order.</summary>
internal sealed unsafe class CudaDriver : IDriver
{
    const uint ApartFromDefault = 1;
    readonly CudaApi _api;
    readonly CudaCompiler _compiler;
    readonly CudaStaging _staging;
    readonly CublasLt? _products;
    readonly Cudnn? _convolutions;
    readonly Repeats? _repeats;
    readonly ConcurrentQueue<Handle> _letGo = [];
    readonly nint _context, _stream;

    public CudaDriver(CudaApi api, CudaDevice device, KernelFiles? files)
    {
        (_api, Description, Memory) = (api, device.Name, device.Memory);
        _compiler = new(api, device, files);
        nint context, stream;
        Check(api.RetainContext(&context, device.Id), "make a context");
        _context = context;
        Enter();
        Check(api.CreateStream(&stream, ApartFromDefault), "make a stream");
        _stream = stream;
        _staging = new(api, stream, Check);
        _products = CublasLt.Of(api.Products, stream, bytes => Allocate(bytes).Value);
        _convolutions = Cudnn.Of(api.Convolutions, stream, bytes => Allocate(bytes).Value);
        if (api.Graphs is { } graphs) _repeats = new(new CudaGraphs(graphs, stream, launch => Run(launch.Kernel, launch.Groups, launch.Threads, launch.Arguments), Check));
    }

    public string Description { get; }

    public long Memory { get; }

    public long MostBytes => Memory;

    public bool HasDouble => true;

    public string Prelude => CudaPrelude.Text;

    /// <summary>How many kernels were compiled and not found on disk.</summary>
    public int Compiled => _compiler.Compiled;

    public Handle Allocate(long bytes)
    {
        Enter();
        nint memory;
        Check(_api.Allocate(&memory, (nuint)Math.Max(16, bytes)), $"give {bytes} bytes of memory");
        return new(memory);
    }

    /// <summary>How many graphs of launches have been run.</summary>
    public long Graphs => _repeats?.Wholes ?? 0;

    // The driver waits for what the stream has to do before it gives memory back; what launches that wait may use stays until they are there.
    public void Free(Handle memory)
    {
        if (_repeats is { IsWaiting: true }) _letGo.Enqueue(memory);
        else if (_api.SetContext(_context) == 0) _ = _api.Free(memory.Value);
    }

    public void Submit()
    {
        if (_repeats is null) return;
        Enter();
        _repeats.Submit();
        while (_letGo.TryDequeue(out var memory)) Free(memory);
    }

    public void Write(Handle memory, long offset, ReadOnlySpan<byte> source)
    {
        Enter();
        Submit();
        _staging.Copy(memory.Value + (nint)offset, source);
    }

    public void Read(Handle memory, long offset, Span<byte> target)
    {
        if (target.Length == 0) return;
        Enter();
        Submit();
        fixed (byte* p = target)
        {
            Check(_api.CopyToHost(p, memory.Value + (nint)offset, (nuint)target.Length, _stream), "copy to the host");
            Check(_api.WaitForStream(_stream), "copy to the host");
        }
    }

    public Handle Build(string text, string kernel)
    {
        Enter();
        string name = _compiler.NameOf(text);
        if (_compiler.Kept(name) is { } kept && Load(kept, kernel, out var known) == 0) return known;
        byte[] image = _compiler.Compile(text);
        Check(Load(image, kernel, out var made), $"load a kernel that was compiled for {_compiler.Architecture}");
        _compiler.Keep(name, image);
        return made;
    }

    int Load(byte[] image, string kernel, out Handle made)
    {
        made = default;
        nint module, function;
        int error;
        fixed (byte* p = image) error = _api.LoadModule(&module, p);
        if (error != 0) return error;
        fixed (byte* n = Encoding.UTF8.GetBytes(kernel + "\0")) error = _api.GetFunction(&function, module, n);
        if (error == 0) made = new(function);
        else _ = _api.UnloadModule(module);
        return error;
    }

    public Handle Product(in ProductShape shape)
    {
        if (_products is null) return default;
        Enter();
        return _products.Prepare(shape);
    }

    public Handle Convolution(in ConvolutionShape shape)
    {
        if (_convolutions is null) return default;
        Enter();
        return _convolutions.Prepare(shape);
    }

    public void Launch(Handle kernel, long groups, int threads, Arguments arguments)
    {
        Enter();
        if (_repeats is null) Run(kernel, groups, threads, arguments);
        else _repeats.Add(kernel, groups, threads, arguments);
    }

    void Run(Handle kernel, long groups, int threads, Arguments arguments)
    {
        if (kernel.Value < Cudnn.Above)
        {
            if (_convolutions!.Run(kernel, arguments) is not 0 and var refused) throw new GpuException($"{Description} could not compute a convolution: cuDNN error {refused}.");
            return;
        }
        if (kernel.Value < 0)
        {
            if (_products!.Run(kernel, arguments) is not 0 and var error) throw new GpuException($"{Description} could not compute a product: cuBLASLt error {error}.");
            return;
        }
        var places = arguments.Places;
        void** values = stackalloc void*[places.Length];
        fixed (byte* p = arguments.Data)
        {
            for (int i = 0; i < places.Length; i++) values[i] = p + places[i].At;
            Check(_api.Launch(kernel.Value, checked((uint)groups), 1, 1, (uint)threads, 1, 1, 0, _stream, values, null), "run a kernel");
        }
    }

    public byte[]? Invite()
    {
        if (_api.Peers is not { } peers) return null;
        Enter();
        return Nccl.Invite(peers);
    }

    public IDriverPeers? Join(byte[] invitation, int rank, int size)
    {
        if (_api.Peers is not { } peers) return null;
        Enter();
        return Nccl.Join(peers, invitation, rank, size, _stream, Enter);
    }

    public void Finish()
    {
        Enter();
        Submit();
        Check(_api.WaitForStream(_stream), "finish");
    }

    // A thread has a context of its own; whichever calls needs this one.
    void Enter() => Check(_api.SetContext(_context), "take its context");

    void Check(int error, string what)
    {
        if (error != 0) CudaErrors.Throw(_api, error, Description, what);
    }
}
