namespace Candeia.Onnx;

/// <summary>Bytes that lie in memory, or have been left in a file.</summary>
internal sealed class RawBytes
{
    readonly ReadOnlyMemory<byte> _memory;
    readonly Stream? _stream;
    readonly long _start;

    public RawBytes(ReadOnlyMemory<byte> memory) => (_memory, Length) = (memory, memory.Length);

    public RawBytes(Stream stream, long start, long length) => (_stream, _start, Length) = (stream, start, length);

    public long Length { get; }

    public void Read(Span<byte> destination)
    {
        if (_stream is null) _memory.Span.CopyTo(destination);
        else
        {
            _stream.Position = _start;
            _stream.ReadExactly(destination);
        }
    }
}
