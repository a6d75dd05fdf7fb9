using System.Diagnostics.CodeAnalysis;

namespace Candeia;

/// <summary>Pooled memory of this process. The garbage collector returns what nobody returned earlier.</summary>
internal sealed class HostStorage : Storage
{
    nint _address;

    public HostStorage(Device device, long bytes) : base(device, bytes) => _address = MemoryPool.Rent(bytes);

    ~HostStorage() => Free();

    /// <summary>The first byte.</summary>
    /// <exception cref="ObjectDisposedException">The scope that owned the memory has ended.</exception>
    public nint Address => _address != 0 ? _address : throw Gone();

    protected internal override bool IsReleased => _address == 0;

    [SuppressMessage("Usage", "CA1816", Justification = "Release is this type's Dispose; users never call it.")]
    protected internal override void Release()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    void Free()
    {
        nint address = Interlocked.Exchange(ref _address, 0);
        if (address != 0) MemoryPool.Return(address, Bytes);
    }

    static ObjectDisposedException Gone() =>
        new(nameof(Tensor), "This tensor was made in a scope that has ended; call Keep() on it inside the scope to use it later.");
}
