namespace Candeia.Images;

/// <summary>
/// Compressed bytes that know whether more of them were wanted than there are: the framework takes a zlib stream that just stops for a complete one.
/// </summary>
internal sealed class PngDataStream(byte[] bytes, int length) : MemoryStream(bytes, 0, length, writable: false)
{
    public bool RanOut { get; private set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = base.Read(buffer, offset, count);
        RanOut |= read == 0;
        return read;
    }
}
