using System.Buffers;

namespace Candeia.Images;

/// <summary>Bytes from the shared pool for the length of a <c>using</c>; they are not cleared.</summary>
internal readonly ref struct Rented(int length)
{
    public byte[] Array { get; } = ArrayPool<byte>.Shared.Rent(length);
    public Span<byte> Span => Array.AsSpan(0, length);
    public void Dispose() => ArrayPool<byte>.Shared.Return(Array);
}
