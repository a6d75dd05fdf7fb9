using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Candeia.Gpu;

/// <summary>
/// A graphics processor, or whatever else a driver offers. Ops run behind the caller's back in the order in which they were asked for; what is read waits for them.
/// </summary>
public sealed class GpuDevice : Device
{
    readonly IDriver _driver;
    readonly ConcurrentDictionary<string, long> _withoutKernel = [];
    readonly List<GpuStorage> _scratch = [];
    readonly List<(Handle Memory, long Bytes)> _borrowed = [];
    readonly Dictionary<string, int> _watched = [];
    long _launches, _waits, _uploads;

    internal GpuDevice(string name, IDriver driver)
    {
        _driver = driver;
        Name = name;
        Blocks = new(driver, name);
        Kernels = new(driver);
        Chain = new(this);
        Flag = new(this, sizeof(int));
        driver.Write(Flag.Memory, 0, new byte[sizeof(int)]);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>What its makers call it.</summary>
    public string Description => _driver.Description;

    /// <summary>The bytes that it has.</summary>
    public long Memory => _driver.Memory;

    /// <summary>How often each op ran on the processor because this device has no kernel for it, by the name of the op.</summary>
    public IReadOnlyDictionary<string, long> WithoutKernel => _withoutKernel;

    /// <summary>How many kernels have been launched.</summary>
    public long Launches => Interlocked.Read(ref _launches);

    /// <summary>How often the host has waited for the device.</summary>
    public long Waits => Interlocked.Read(ref _waits);

    /// <summary>How often something was copied to the device.</summary>
    public long Uploads => Interlocked.Read(ref _uploads);

    internal bool HasDouble => _driver.HasDouble;

    internal Blocks Blocks { get; }

    internal KernelTexts Kernels { get; }

    internal Arguments Arguments { get; } = new();

    /// <summary>Ops that wait for what is asked for next.</summary>
    internal Chain Chain { get; }

    /// <summary>What calls have launched.</summary>
    internal Recordings Calls { get; } = new();

    /// <summary>Where the call that runs is recorded; null where it is not.</summary>
    internal Recording? Recording { get; set; }

    /// <inheritdoc/>
    public override void Trim()
    {
        lock (_driver)
        {
            Chain.Flush();
            _driver.Submit();
        }
        Blocks.Trim();
    }

    /// <inheritdoc/>
    protected override bool Holds(DType dtype) => HasDouble || dtype is not (DType.Float64 or DType.Complex128);

    /// <inheritdoc/>
    protected override Storage Allocate(long bytes) => new GpuStorage(this, bytes);

    /// <inheritdoc/>
    protected override bool TryRun(in OpCall call)
    {
        lock (_driver)
        {
            if (Chain.TryAdd(call)) return true;
            Chain.Flush();
            try
            {
                if (Calls.TryRun(this, call)) return true;
            }
            catch (GpuException e)
            {
                throw new GpuException($"{NameOf(call.Op)} on {Name}: {e.Message}", e);
            }
            finally
            {
                GiveBack();
            }
        }
        // Gradients and updates are made of other ops then, and what is fused falls into its parts.
        if (call.Op is not (GradientOp or UpdateOp or FusedConv2dOp or FusedBatchNormOp)) _withoutKernel.AddOrUpdate(NameOf(call.Op) + (Operands.AnyComplex(call) ? " of complex numbers" : ""), 1, (_, count) => count + 1);
        return false;
    }

    /// <inheritdoc/>
    protected override void CopyToHost(Storage source, long offset, Span<byte> target)
    {
        ArgumentNullException.ThrowIfNull(source);
        lock (_driver)
        {
            Chain.Flush();
            _waits++;
            _driver.Read(((GpuStorage)source).Memory, offset, target);
            CheckFlag();
        }
    }

    /// <inheritdoc/>
    protected override void CopyFromHost(ReadOnlySpan<byte> source, Storage target, long offset)
    {
        ArgumentNullException.ThrowIfNull(target);
        lock (_driver)
        {
            Chain.Flush();
            _uploads++;
            _driver.Write(((GpuStorage)target).Memory, offset, source);
        }
    }

    /// <inheritdoc/>
    public override byte[]? Invite()
    {
        lock (_driver) return _driver.Invite();
    }

    // The others wait for this one in it, so that it does not hold up who uses the device meanwhile.
    /// <inheritdoc/>
    public override DevicePeers? Join(byte[] invitation, int rank, int size)
    {
        ArgumentNullException.ThrowIfNull(invitation);
        return _driver.Join(invitation, rank, size) is { } peers ? new GpuPeers(this, peers, size) : null;
    }

    /// <summary>Has something done after all that was asked for.</summary>
    internal void After(Action action)
    {
        lock (_driver)
        {
            Chain.Flush();
            _driver.Submit();
            action();
        }
    }

    /// <inheritdoc/>
    protected override void Finish()
    {
        lock (_driver)
        {
            Chain.Flush();
            _waits++;
            _driver.Finish();
            CheckFlag();
        }
    }

    /// <summary>Counts what has no kernel from zero again.</summary>
    internal void ForgetCounts() => _withoutKernel.Clear();

    internal void Run(Handle kernel, long groups, int threads, Arguments arguments)
    {
        _launches++;
        Recording?.Launch(kernel, groups, threads, arguments);
        _driver.Launch(kernel, groups, threads, arguments);
    }

    /// <summary>A product by a library of the makers, if there is one.</summary>
    internal Handle Product(in ProductShape shape) => _driver.Product(shape);

    /// <summary>A convolution, likewise.</summary>
    internal Handle Convolution(in ConvolutionShape shape) => _driver.Convolution(shape);

    /// <summary>Memory for the op that runs, and no longer.</summary>
    internal Operand Scratch(Layout layout, DType dtype)
    {
        var memory = new GpuStorage(this, Math.Max(1, layout.Shape.Numel) * dtype.Size());
        _scratch.Add(memory);
        Recording?.Scratch(memory);
        return new(memory, layout, dtype, IsNumber: false);
    }

    /// <summary>So many bytes of memory, likewise.</summary>
    internal Handle Scratch(long bytes)
    {
        var memory = Blocks.Rent(bytes);
        _borrowed.Add((memory, bytes));
        return memory;
    }

    void GiveBack()
    {
        foreach (var memory in _scratch) memory.GiveBack();
        foreach (var (memory, bytes) in _borrowed) Blocks.Return(memory, bytes);
        _scratch.Clear();
        _borrowed.Clear();
    }

    /// <summary>A table of numbers for the op that runs, and no longer: copied there, and nobody waits for it.</summary>
    internal Operand Table<T>(ReadOnlySpan<T> numbers) where T : unmanaged
    {
        var dtype = typeof(T) == typeof(int) ? DType.Int32 : typeof(T) == typeof(float) ? DType.Float32 : DType.Float64;
        var table = Scratch(Layout.Of([Math.Max(1, numbers.Length)]), dtype);
        if (Recording is { } recording) recording.IsWhole = false;
        _driver.Write(((GpuStorage)table.Storage).Memory, 0, MemoryMarshal.AsBytes(numbers));
        return table;
    }

    /// <summary>The values of an operand without gaps, now: the host waits for them.</summary>
    internal T[] Now<T>(Operand x) where T : unmanaged
    {
        T[] values = new T[x.Layout.Shape.Numel];
        if (Recording is { } recording) recording.IsWhole = false;
        _waits++;
        _driver.Read(((GpuStorage)x.Storage).Memory, x.Layout.Offset * x.DType.Size(), MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>A number under which a kernel tells that it was asked for something wrong; the message is thrown when the device is read next.</summary>
    internal int Watch(string message)
    {
        IsWatching = true;
        Recording?.Watch();
        if (!_watched.TryGetValue(message, out int number)) _watched[message] = number = _watched.Count + 1;
        return number;
    }

    /// <summary>Whether a kernel may have told of something since the device was read.</summary>
    internal bool IsWatching { get; set; }

    /// <summary>Where it tells.</summary>
    internal GpuStorage Flag { get; }

    /// <summary>The same, for a kernel that goes over a shape.</summary>
    internal Rows.Part FlagIn(Shape shape) => new("Q", new(Flag, new Layout(shape, new long[shape.Rank]), DType.Int32, IsNumber: false), IsOutput: true);

    void CheckFlag()
    {
        if (!IsWatching) return;
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        _driver.Read(Flag.Memory, 0, bytes);
        int number = BitConverter.ToInt32(bytes);
        string? message = number == 0 ? null : _watched.First(w => w.Value == number).Key;
        IsWatching = false;
        if (message is null) return;
        bytes.Clear();
        _driver.Write(Flag.Memory, 0, bytes);
        throw new ArgumentOutOfRangeException(null, message);
    }

    /// <summary>Memory that is let go of while ops wait that read it or write it; true where they keep it until they have run.</summary>
    internal bool Keeps(GpuStorage storage, Handle memory)
    {
        lock (_driver) return Chain.Keeps(storage, memory);
    }

    /// <summary>The name of an op for users.</summary>
    internal static string NameOf(Op op) => op.GetType().Name is var name && name.EndsWith("Op", StringComparison.Ordinal) ? name[..^2] : op.GetType().Name;
}
