using System.Collections.Concurrent;

namespace Candeia.Tests;

/// <summary>
/// A second device in this process with memory of its own, written with nothing but what any library sees. It knows the ops that it is told to, all of them
/// unless told otherwise: its kernels are the ops' own code on a view of its memory, which counts neither as an upload nor as a read.
/// </summary>
sealed class ForeignDevice(int number = 0) : Device
{
    [ThreadStatic] static bool s_isInKernel;
    readonly ConcurrentDictionary<string, int> _ran = [];
    long _uploads, _reads, _fetches, _waits, _used;

    /// <summary>The ops that have kernels here.</summary>
    public Predicate<Op> Knows { get; init; } = _ => true;

    /// <summary>The bytes that fit, if there is a limit.</summary>
    public long Capacity { get; set; } = long.MaxValue;

    /// <summary>Types that do not exist here.</summary>
    public DType? Lacks { get; init; }

    /// <summary>Whether it copies from other devices of this kind without the host.</summary>
    public bool IsLinked { get; init; }

    public override string Name { get; } = "test:" + number;

    /// <summary>How often each op ran here.</summary>
    public IReadOnlyDictionary<string, int> Ran => _ran;

    public int Launches => _ran.Values.Sum();

    /// <summary>Copies from the host that the library asked for.</summary>
    public long Uploads => Interlocked.Read(ref _uploads);

    /// <summary>Copies to the host that the library asked for, each of which waits for the device.</summary>
    public long Reads => Interlocked.Read(ref _reads);

    /// <summary>Copies from other devices, without the host.</summary>
    public long Fetches => Interlocked.Read(ref _fetches);

    public long Waits => Interlocked.Read(ref _waits);

    /// <summary>Bytes in use.</summary>
    public long Used => Interlocked.Read(ref _used);

    public int Trims { get; private set; }

    /// <summary>Counts from zero again.</summary>
    public void Reset()
    {
        _ran.Clear();
        _uploads = _reads = _fetches = _waits = 0;
    }

    public override void Trim() => Trims++;

    protected override bool Holds(DType dtype) => dtype != Lacks;

    protected override Storage Allocate(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= Capacity) return new Memory(this, bytes);
        Interlocked.Add(ref _used, -bytes);
        throw new InsufficientMemoryException($"{Name} has no {bytes} bytes left.");
    }

    protected override bool TryRun(in OpCall call)
    {
        if (!Knows(call.Op)) return false;
        _ran.AddOrUpdate(call.Op.GetType().Name, 1, (_, count) => count + 1);
        s_isInKernel = true;
        try
        {
            call.ComputeOnHost();
        }
        finally
        {
            s_isInKernel = false;
        }
        return true;
    }

    protected override void CopyToHost(Storage source, long offset, Span<byte> target)
    {
        if (!s_isInKernel) Interlocked.Increment(ref _reads);
        ((Memory)source).Data.AsSpan(checked((int)offset), target.Length).CopyTo(target);
    }

    protected override void CopyFromHost(ReadOnlySpan<byte> source, Storage target, long offset)
    {
        if (!s_isInKernel) Interlocked.Increment(ref _uploads);
        source.CopyTo(((Memory)target).Data.AsSpan(checked((int)offset)));
    }

    protected override bool TryCopyFrom(Storage source, long sourceOffset, Storage target, long targetOffset, long count)
    {
        if (!IsLinked || source is not Memory from) return false;
        Interlocked.Increment(ref _fetches);
        from.Data.AsSpan(checked((int)sourceOffset), checked((int)count)).CopyTo(((Memory)target).Data.AsSpan(checked((int)targetOffset)));
        return true;
    }

    protected override void Finish() => Interlocked.Increment(ref _waits);

    /// <summary>Its memory: filled with nonsense, as that of a real device would be.</summary>
    sealed class Memory : Storage
    {
        public Memory(ForeignDevice device, long bytes) : base(device, bytes)
        {
            Data = new byte[bytes];
            Data.AsSpan().Fill(0xC7);
        }

        public byte[] Data { get; private set; }

        protected override void Free()
        {
            Data = [];
            Interlocked.Add(ref ((ForeignDevice)Device)._used, -Bytes);
        }
    }
}
