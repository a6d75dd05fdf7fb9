namespace Candeia;

/// <summary>
/// A place where tensors live and ops run. An implementation gives memory, copies to and from the host, and runs the ops that it knows;
/// all others run on the CPU with the op's own code, and are counted.
/// </summary>
public abstract class Device
{
    const long MostBytes = 1L << 47;                                         // what a process can address
    long _fallbacks;

    /// <summary>This process's processors and memory.</summary>
    public static Device Cpu { get; } = new CpuDevice();

    /// <summary>The device of a name, such as one from a command line or a configuration file.</summary>
    /// <exception cref="ArgumentException">There is no such device.</exception>
    public static Device Named(string name) => name == Cpu.Name ? Cpu : throw new ArgumentException(
        $"There is no device '{name}' in this process, only '{Cpu.Name}'; a device of another library is passed itself, not its name.", nameof(name));

    /// <summary>The name that users write and errors show: <c>cpu</c>, <c>cuda:0</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How many ops ran on the CPU because this device does not know them.</summary>
    public long Fallbacks => Interlocked.Read(ref _fallbacks);

    /// <summary>Takes memory for a tensor's elements; its contents are arbitrary.</summary>
    protected internal abstract Storage Allocate(long bytes);

    /// <summary>Computes the outputs of an op from its inputs if this device knows the op; false leaves that to the CPU.</summary>
    protected internal abstract bool TryRun(in OpCall call);

    /// <summary>Copies bytes of a storage of this device to the host.</summary>
    protected internal abstract void CopyToHost(Storage source, long offset, Span<byte> target);

    /// <summary>Copies bytes of the host to a storage of this device.</summary>
    protected internal abstract void CopyFromHost(ReadOnlySpan<byte> source, Storage target, long offset);

    /// <summary>A tensor of this device without values.</summary>
    internal Tensor Empty(Layout layout, DType dtype) => new(Reserve(layout, dtype), layout, dtype);

    /// <summary>Memory for a tensor of this device, in the current scope.</summary>
    internal Storage Reserve(Layout layout, DType dtype)
    {
        long elements = layout.Shape.Numel;
        if (elements > MostBytes / dtype.Size())
            throw new ShapeException($"A tensor {layout.Shape} of {dtype} would need more memory than any machine has; make a size smaller.");
        var storage = Allocate(elements * dtype.Size());
        storage.MoveTo(Scope.Current);
        return storage;
    }

    /// <summary>
    /// Runs an op here: as one, or as the other ops that a gradient or an update consists of; or with its CPU code where this device knows neither.
    /// </summary>
    internal void Run(in OpCall call)
    {
        if (TryRun(call) || call.TryCompose()) return;
        Interlocked.Increment(ref _fallbacks);
        call.ComputeOnHost();
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
