using System.Buffers.Binary;

namespace Candeia.Images;

/// <summary>
/// What stands before the pixels of the usual photograph: baseline JPEG of 8 bits, one scan of brightness and two differences of colour, upright. Of whatever is
/// unusual or damaged there is no header: Skia reads it, or says what is wrong.
/// </summary>
internal sealed class BaselineHeader
{
    const int Colours = 3, Tables = 4, Coefficients = 64;

    readonly short[]?[] _quantization = new short[Tables][];
    readonly HuffmanTable?[] _direct = new HuffmanTable[Tables], _others = new HuffmanTable[Tables];
    bool _isJfif, _isExif, _isAdobe;

    BaselineHeader() { }

    /// <summary>Pixels of a row.</summary>
    public int Width { get; private set; }

    /// <summary>Rows.</summary>
    public int Height { get; private set; }

    /// <summary>Brightness, and blue and red against it.</summary>
    public Channel[] Channels { get; } = new Channel[Colours];

    /// <summary>After so many groups of blocks the differences begin anew; 0 for never.</summary>
    public int RestartInterval { get; private set; }

    /// <summary>Where the pixels begin in the file.</summary>
    public int Start { get; private set; }

    /// <summary>How many pixels of brightness stand beside each other for one of colour: 1 or 2.</summary>
    public int Across => Channels[0].Across;

    /// <summary>How many pixels of brightness stand above each other for one of colour: 1 or 2.</summary>
    public int Down => Channels[0].Down;

    /// <param name="Id">What the scan calls it.</param>
    /// <param name="Across">Blocks beside each other in a group.</param>
    /// <param name="Down">Blocks above each other in a group.</param>
    /// <param name="Steps">What each coefficient is multiplied with, in the order in which they are stored.</param>
    /// <param name="Direct">The codes of each block's mean.</param>
    /// <param name="Others">The codes of its other coefficients.</param>
    public readonly record struct Channel(int Id, int Across, int Down, short[] Steps, HuffmanTable Direct, HuffmanTable Others);

    /// <summary>The header of a file; null if it is none of these.</summary>
    public static BaselineHeader? Read(ReadOnlySpan<byte> file)
    {
        var header = new BaselineHeader();
        var frame = ReadOnlySpan<byte>.Empty;
        if (!file.StartsWith<byte>([0xFF, 0xD8])) return null;
        for (int at = 2; at + 4 <= file.Length && file[at] == 0xFF;)
        {
            int marker = file[at + 1], length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || at + 2 + length > file.Length) return null;
            var segment = file.Slice(at + 4, length - 2);
            at += 2 + length;
            bool isUsual = marker switch
            {
                0xDB => header.Quantize(segment),
                0xC4 => header.Codes(segment),
                0xC0 or 0xC1 when frame.IsEmpty => !(frame = segment).IsEmpty,
                0xDD when segment.Length == 2 => (header.RestartInterval = BinaryPrimitives.ReadUInt16BigEndian(segment)) >= 0,
                0xE0 or 0xE1 or 0xEE => header.Application(marker, segment),
                0xDA => header.Scan(frame, segment),
                _ => marker is > 0xE1 and <= 0xEF or 0xFE,
            };
            if (!isUsual) return null;
            if (marker != 0xDA) continue;
            header.Start = at;
            return header;
        }
        return null;
    }

    bool Quantize(ReadOnlySpan<byte> segment)
    {
        for (; segment.Length > Coefficients && segment[0] < Tables; segment = segment[(Coefficients + 1)..])
        {
            short[] steps = new short[Coefficients];
            for (int i = 0; i < Coefficients; i++) steps[i] = segment[1 + i];
            _quantization[segment[0]] = steps;
        }
        return segment.IsEmpty;
    }

    bool Codes(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > HuffmanTable.Longest && (segment[0] & 0xEF) < Tables)
        {
            if (HuffmanTable.Read(segment[1..], segment[0] < 16 ? 15 : 255, out int used) is not { } table) return false;
            (segment[0] >> 4 == 0 ? _direct : _others)[segment[0] & 15] = table;
            segment = segment[(1 + used)..];
        }
        return segment.IsEmpty;
    }

    // JFIF and Adobe say how colours are stored; EXIF, whether the picture stands upright.
    bool Application(int marker, ReadOnlySpan<byte> segment)
    {
        if (marker == 0xE0) _isJfif |= segment.Length >= 14 && segment.StartsWith("JFIF\0"u8);
        else if (marker == 0xE1 && segment.StartsWith("Exif\0"u8))
        {
            if (_isExif || segment.Length < 6 || !Exif.IsUpright(segment[6..])) return false;
            _isExif = true;
        }
        else if (marker == 0xEE && segment.Length >= 12 && segment.StartsWith("Adobe"u8))
        {
            _isAdobe = true;
            return segment[11] == 1;
        }
        return true;
    }

    bool Scan(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> scan)
    {
        if (frame.Length != 6 + 3 * Colours || frame[0] != 8 || frame[5] != Colours || scan.Length != 4 + 2 * Colours || scan[0] != Colours) return false;
        if (scan[^3] != 0 || scan[^2] != Coefficients - 1 || scan[^1] != 0) return false;
        (Height, Width) = (BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), BinaryPrimitives.ReadUInt16BigEndian(frame[3..]));
        for (int i = 0; i < Colours; i++)
        {
            ReadOnlySpan<byte> of = frame.Slice(6 + 3 * i, 3), coded = scan.Slice(1 + 2 * i, 2);
            int direct = coded[1] >> 4, others = coded[1] & 15;
            if (of[0] != coded[0] || of[2] >= Tables || direct >= Tables || others >= Tables) return false;
            if (_quantization[of[2]] is not { } steps || _direct[direct] is not { } mean || _others[others] is not { } rest) return false;
            Channels[i] = new(of[0], of[1] >> 4, of[1] & 15, steps, mean, rest);
        }
        bool isColour = _isJfif || _isAdobe || (Channels[0].Id, Channels[1].Id, Channels[2].Id) == (1, 2, 3);
        bool isUsual = (Across, Down) is (1, 1) or (2, 1) or (2, 2) && Channels.Skip(1).All(c => (c.Across, c.Down) == (1, 1));
        return isColour && isUsual && Width >= 8 && Height >= 1;
    }
}
