using System.Runtime.InteropServices;

namespace Candeia;

/// <summary>Memory of this process: pooled, or lent by somebody else, such as a file that is mapped.</summary>
internal sealed class HostStorage : Storage
{
    nint _address;
    KeptWeights? _kept;
    object? _readers;                                                        // a Lazy, or a list of them

    public HostStorage(Device device, long bytes) : base(device, bytes) => _address = MemoryPool.Rent(bytes);

    /// <summary>Bytes of memory that is lent; its lender keeps it until this gives it back, even if it is closed before.</summary>
    public unsafe HostStorage(Device device, SafeBuffer lender, long offset, long bytes) : base(device, bytes)
    {
        byte* start = null;
        lender.AcquirePointer(ref start);
        (_kept, _address) = (new() { Lender = lender }, (nint)(start + offset));
    }

    /// <summary>The first byte. Whoever asks holds this, as <see cref="Pins"/> and <see cref="Runs"/> do.</summary>
    /// <exception cref="ObjectDisposedException">The scope that owned the memory has ended.</exception>
    public nint Address => _address != 0 ? _address : throw Gone();

    /// <summary>What kernels keep of weights that lie here.</summary>
    public KeptWeights Kept => _kept ?? Interlocked.CompareExchange(ref _kept, new(), null) ?? _kept;

    internal override bool IsLent => _kept?.Lender is not null;

    internal override bool HasReaders => Volatile.Read(ref _readers) is not null;

    internal override void AddReader(Lazy lazy)
    {
        lock (this) Lazy.Add(ref _readers, lazy);
    }

    internal override void TakeReaders(object? readers)
    {
        if (readers is not null) lock (this) _readers = readers;
    }

    internal override void PartFromReaders()
    {
        if (!HasReaders) return;
        object? readers;
        lock (this) (readers, _readers) = (_readers, null);
        Lazy.Part(readers, this);
    }

    internal override List<Node> Readers()
    {
        lock (this)
        {
            if (_readers is Lazy one) return one.Alive is { } node ? [node] : [];
            return _readers is List<Lazy> all ? [.. all.Select(l => l.Alive).OfType<Node>()] : [];
        }
    }

    internal override void Forget()
    {
        lock (this) _readers = null;
        Release();
    }

    /// <summary>Some of the memory as a span, valid while this is held.</summary>
    public unsafe Span<byte> Part(long offset, long count) => new((byte*)Address + offset, checked((int)count));

    protected override void Free()
    {
        nint address = Interlocked.Exchange(ref _address, 0);
        if (address == 0) return;
        if (_kept?.Lender is not { } lender) MemoryPool.Return(address, Bytes);
        else lender.ReleasePointer();
    }
}
