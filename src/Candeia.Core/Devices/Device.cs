namespace Candeia;

/// <summary>
/// A place where tensors live and ops run. An implementation gives memory, copies to and from the host, and runs the ops that it knows;
/// all others run on the CPU with the op's own code, and are counted. Its methods may be called by several threads at once.
/// </summary>
/// <remarks>
/// A device may work behind the caller's back, in the order of the calls: <see cref="TryRun"/> and <see cref="CopyFromHost"/> need not have finished when they
/// return, <see cref="CopyToHost"/> and <see cref="Synchronize"/> wait. Whoever writes one registers it, see <see cref="Register"/>.
/// </remarks>
public abstract class Device
{
    const long MostBytes = 1L << 47;                                         // what a process can address
    long _fallbacks;

    /// <summary>This process's processors and memory.</summary>
    public static Device Cpu { get; } = new CpuDevice();

    /// <summary>The device of a name: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>. Wherever a device is asked for, its name will do: <c>x.To("cuda")</c>.</summary>
    /// <exception cref="ArgumentException">There is no such device.</exception>
    public static Device Named(string name) => DeviceNames.Find(name);

    /// <summary>The device of a name, as <see cref="Named"/> finds it.</summary>
    /// <exception cref="ArgumentException">There is no such device.</exception>
    public static implicit operator Device(string name) => Named(name);

    /// <summary>Makes devices known by name.</summary>
    /// <param name="prefix">What stands before the colon: <c>cuda</c>.</param>
    /// <param name="open">
    /// Makes the device of a number, which stands after the colon (0, where none does). Called once for each number that somebody asks for; an exception says why there is none.
    /// </param>
    /// <exception cref="ArgumentException">The prefix is taken, or none.</exception>
    public static void Register(string prefix, Func<int, Device> open) => DeviceNames.Register(prefix, open);

    /// <summary>The name that users write and errors show: <c>cpu</c>, <c>cuda:0</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How many ops ran on the CPU because this device does not know them.</summary>
    public long Fallbacks => Interlocked.Read(ref _fallbacks);

    /// <summary>Waits until everything that was asked of the device is done: before a clock is read, for example.</summary>
    public void Synchronize()
    {
        Waiting.Settle();
        Chain.SettleAll();
        Finish();
    }

    /// <summary>Gives memory that lies unused back to the system. The library does it by itself when memory runs out.</summary>
    public virtual void Trim()
    {
    }

    /// <summary>Whether tensors of this type can live here.</summary>
    protected virtual bool Holds(DType dtype) => true;

    /// <summary>Takes memory for a tensor's elements; its contents are arbitrary.</summary>
    /// <exception cref="OutOfMemoryException">There is not enough (also <see cref="InsufficientMemoryException"/>): the library asks once more after it has collected what nobody holds.</exception>
    protected abstract Storage Allocate(long bytes);

    /// <summary>Computes the outputs of an op from its inputs if this device knows the op; false leaves that to the CPU.</summary>
    protected abstract bool TryRun(in OpCall call);

    /// <summary>Copies bytes of a storage of this device to the host, and waits for them.</summary>
    protected abstract void CopyToHost(Storage source, long offset, Span<byte> target);

    /// <summary>Copies bytes of the host to a storage of this device. The host's may change as soon as this returns.</summary>
    protected abstract void CopyFromHost(ReadOnlySpan<byte> source, Storage target, long offset);

    /// <summary>
    /// Copies bytes of a storage of another device to one of this device without the host between, if there is a way; false leaves it to
    /// <see cref="CopyToHost"/> there and <see cref="CopyFromHost"/> here, which is what happens unless this is overridden.
    /// </summary>
    /// <param name="source">Memory of another device, never of the host; what was asked of that device before is in it by then.</param>
    /// <param name="sourceOffset">Where its bytes begin.</param>
    /// <param name="target">Memory of this device.</param>
    /// <param name="targetOffset">Where they go.</param>
    /// <param name="count">How many bytes.</param>
    protected virtual bool TryCopyFrom(Storage source, long sourceOffset, Storage target, long targetOffset, long count) => false;

    /// <summary>
    /// What devices of other processes need to find this one: bytes that one process makes and hands to the others. Null where devices of this kind know no way
    /// to each other's memory, which is so unless this is overridden.
    /// </summary>
    public virtual byte[]? Invite() => null;

    /// <summary>Comes together with the devices of other processes; all call it at once. Null where they do not find each other.</summary>
    /// <param name="invitation">What <see cref="Invite"/> gave the process that is counted first.</param>
    /// <param name="rank">Which process this is, counted from 0.</param>
    /// <param name="size">How many there are.</param>
    public virtual DevicePeers? Join(byte[] invitation, int rank, int size) => null;

    /// <summary>Waits for what was begun and need not have finished.</summary>
    protected virtual void Finish()
    {
    }

    /// <summary>Copies to the host.</summary>
    internal void Download(Storage source, long offset, Span<byte> target) => CopyToHost(source, offset, target);

    /// <summary>Copies from the host.</summary>
    internal void Upload(ReadOnlySpan<byte> source, Storage target, long offset) => CopyFromHost(source, target, offset);

    /// <summary>Copies from another device, if this one knows a way.</summary>
    internal bool TryFetch(Storage source, long sourceOffset, Storage target, long targetOffset, long count) =>
        TryCopyFrom(source, sourceOffset, target, targetOffset, count);

    /// <summary>A tensor of this device without values.</summary>
    internal Tensor Empty(Layout layout, DType dtype) => new(Reserve(layout, dtype), layout, dtype);

    /// <summary>Refuses a tensor that has place nowhere; also for who would take memory for something else before.</summary>
    internal static void MustFit(Shape shape, DType dtype)
    {
        if (shape.Numel > MostBytes / dtype.Size()) throw new ShapeException($"A tensor {shape} of {dtype} would need more memory than any machine has; make a size smaller.");
    }

    /// <summary>Memory for a tensor of this device, in the current scope.</summary>
    internal Storage Reserve(Layout layout, DType dtype)
    {
        if (!Holds(dtype)) throw new NotSupportedException($"{Name} has no {dtype} numbers; convert with To(…) to a type that it has, or compute on the CPU.");
        MustFit(layout.Shape, dtype);
        long elements = layout.Shape.Numel;
        return Reserve(elements * dtype.Size());
    }

    /// <summary>Memory of this device, in the current scope.</summary>
    internal Storage Reserve(long bytes)
    {
        Storage storage;
        try
        {
            storage = Allocate(bytes);
        }
        catch (OutOfMemoryException)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Trim();
            storage = Allocate(bytes);
        }
        if (storage is not HostStorage) storage.TellCollector();
        storage.MoveTo(Scope.Current);
        return storage;
    }

    /// <summary>Whether results of point-wise ops may wait here until they and those after them are computed in one pass.</summary>
    internal virtual bool HasChains => false;

    /// <summary>Computes the steps of a chain and stores what is asked for.</summary>
    internal virtual void RunChain(ChainStep[] steps, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => throw new NotSupportedException($"{Name} has no chains.");

    /// <summary>Adds up rows of the last step's result, which is stored only if it is one of the outputs.</summary>
    internal virtual void SumChain(ChainStep[] steps, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs, Tensor last, Tensor sums, long rows, long n) =>
        throw new NotSupportedException($"{Name} has no chains.");

    /// <summary>
    /// Runs an op here if the device knows it. What computes in this process holds its operands itself, by <see cref="Pins"/> and <see
    /// cref="Runs"/>.
    /// </summary>
    internal bool Runs(in OpCall call)
    {
        using var _ = Tracing.Pause();
        return Tries(call);
    }

    bool Tries(in OpCall call)
    {
        if (this is CpuDevice) return TryRun(call);
        using var held = call.Hold();
        return TryRun(call);
    }

    /// <summary>
    /// Runs an op here: as one, or as the other ops that a gradient or an update consists of; or with its CPU code where this device knows neither.
    /// </summary>
    internal void Run(in OpCall call)
    {
        using var _ = Tracing.Pause();
        if (Tries(call) || call.TryCompose()) return;
        Interlocked.Increment(ref _fallbacks);
        call.ComputeOnHost();
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
