namespace Candeia;

/// <summary>Pooled memory of this process.</summary>
internal sealed class HostStorage : Storage
{
    nint _address;

    public HostStorage(Device device, long bytes) : base(device, bytes) => _address = MemoryPool.Rent(bytes);

    /// <summary>The first byte. Whoever asks holds this, as <see cref="Pins"/> and <see cref="Runs"/> do.</summary>
    /// <exception cref="ObjectDisposedException">The scope that owned the memory has ended.</exception>
    public nint Address => _address != 0 ? _address : throw Gone();

    /// <summary>Some of the memory as a span, valid while this is held.</summary>
    public unsafe Span<byte> Part(long offset, long count) => new((byte*)Address + offset, checked((int)count));

    protected override void Free()
    {
        nint address = Interlocked.Exchange(ref _address, 0);
        if (address != 0) MemoryPool.Return(address, Bytes);
    }
}
