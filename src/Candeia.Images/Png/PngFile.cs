using System.Buffers.Binary;

namespace Candeia.Images;

/// <summary>The parts of a PNG file that make its pixels, found and checked without inflating anything.</summary>
internal readonly ref struct PngFile
{
    /// <summary>Deflate makes at most 1032 bytes of one; an image that declares more than that of the whole file cannot be there.</summary>
    const int MaxInflation = 1032;

    static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    readonly ReadOnlySpan<byte> _file;
    readonly int _firstData;

    public PngHeader Header { get; }

    /// <summary>Red, green and blue of each entry that an index can reach.</summary>
    public ReadOnlySpan<byte> Palette { get; }

    /// <summary>The opacity of the first palette entries, or the one transparent colour; empty without tRNS.</summary>
    public ReadOnlySpan<byte> Transparency { get; }

    /// <summary>Bytes of all IDAT chunks together.</summary>
    public int DataBytes { get; }

    /// <summary>Whether pixels are the numbers that stand in the file, such as places in the palette, and not colours.</summary>
    public bool IsOfNumbers { get; }

    public ImageInfo Info => IsOfNumbers ? new(Header.Width, Header.Height, PixelFormat.Gray) : Header.Info(!Transparency.IsEmpty);

    /// <summary>The middle of the signature survives the transfers that damage the rest, and those deserve a clear word.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> file) => file.Length >= 4 && file[1..4].SequenceEqual("PNG"u8);

    /// <summary>Reads up to the pixel data, or to the end where the pixels are wanted.</summary>
    public PngFile(ReadOnlySpan<byte> file, bool toEnd, bool ofNumbers = false)
    {
        if (!file.StartsWith(Signature)) throw new ImageFormatException("the PNG signature is damaged, as by a transfer in text mode", null, 0);
        _file = file;
        var chunks = new PngChunks(file, Signature.Length);
        chunks.Next();
        Header = PngHeader.Read(chunks);
        CheckSize(chunks);
        IsOfNumbers = ofNumbers && (Header.Color == PngColor.Palette || (Header.Color == PngColor.Gray && Header.BitDepth <= 8));
        for (chunks.Next(); chunks.Type != PngChunks.IDAT; chunks.Next())
        {
            switch (chunks.Type)
            {
                case PngChunks.PLTE:
                    if (!Palette.IsEmpty) throw chunks.Fault("there is a second palette");
                    if (PaletteIsRight(chunks)) Palette = chunks.Data[..Math.Min(chunks.Data.Length, 3 << Header.BitDepth)];
                    break;
                case PngChunks.TRNS:
                    if (Transparency.IsEmpty && TransparencyIsRight(chunks.Data.Length)) Transparency = chunks.Data;
                    break;
                case PngChunks.IEND:
                    throw chunks.Fault("the file ends without pixel data");
                default:
                    if (chunks.IsCritical) throw chunks.Fault("the chunk is critical and unknown");
                    break;
            }
        }
        if (Header.Color == PngColor.Palette && Palette.IsEmpty) throw chunks.Fault("the pixels refer to a palette and there is none before them");
        _firstData = chunks.Position;
        if (!toEnd) return;
        for (; chunks.Type == PngChunks.IDAT; chunks.Next()) DataBytes += chunks.Data.Length;
        for (; chunks.Type != PngChunks.IEND; chunks.Next())
            if (chunks.IsCritical && chunks.Type is not (PngChunks.IDAT or PngChunks.PLTE))
                throw chunks.Fault("the chunk is critical and does not belong after the pixel data");
    }

    /// <summary>The compressed pixel data, put together from its chunks.</summary>
    public void CopyData(Span<byte> data)
    {
        for (int position = _firstData; !data.IsEmpty;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(_file[position..]);
            _file.Slice(position + 8, length).CopyTo(data);
            data = data[length..];
            position += 12 + length;
        }
    }

    public ImageFormatException DataFault(string fault) => new(fault, "IDAT", _firstData);

    void CheckSize(in PngChunks chunk)
    {
        if (Header.InflatedBytes > (Int128)_file.Length * MaxInflation)
            throw chunk.Fault($"the image should have {Header.Width}×{Header.Height} pixels, and {_file.Length} bytes cannot hold them");
        if (Header.InflatedBytes > Array.MaxLength || Header.Info(transparency: true).ByteCount > Array.MaxLength)
            throw chunk.Fault($"an image of {Header.Width}×{Header.Height} pixels is larger than this program reads");
    }

    /// <summary>A palette is needed with indices, a mere hint with colours (a bad one is passed over), and senseless with grays.</summary>
    bool PaletteIsRight(in PngChunks chunk)
    {
        int entries = chunk.Data.Length / 3;
        bool right = chunk.Data.Length % 3 == 0 && entries is > 0 and <= 256;
        if (!right && Header.Color == PngColor.Palette)
            throw chunk.Fault($"a palette of {chunk.Data.Length} bytes is not 1 to 256 colours of 3 bytes");
        return right && Header.Color is PngColor.Palette or PngColor.Rgb or PngColor.Rgba;
    }

    bool TransparencyIsRight(int length) => Header.Color switch
    {
        PngColor.Gray => length == 2,
        PngColor.Rgb => length == 6,
        PngColor.Palette => length > 0 && length <= Palette.Length / 3,
        _ => false,
    };
}
