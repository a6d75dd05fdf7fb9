using System.Runtime.InteropServices;

namespace Candeia.Images;

/// <summary>A header in words, then samples as words or as bytes, most significant first.</summary>
internal ref struct NetpbmFile
{
    readonly ReadOnlySpan<byte> _file;
    readonly bool _plain;
    readonly int _maximum;
    int _position = 2;

    public ImageInfo Info { get; }

    public NetpbmFile(ReadOnlySpan<byte> file)
    {
        _file = file;
        _plain = file[1] is (byte)'2' or (byte)'3';
        int width = Number("the width", 1, int.MaxValue), height = Number("the height", 1, int.MaxValue);
        _maximum = Number("the maximum", 1, 65535);
        _position++;                                                 // exactly one blank before binary samples
        Info = new(width, height, file[1] is (byte)'2' or (byte)'5' ? PixelFormat.Gray : PixelFormat.Rgb, _maximum < 256 ? 8 : 16);
        Int128 samples = (Int128)width * height * Info.Channels, least = _plain ? 2 * samples - 1 : samples * (Info.BitsPerSample / 8);
        if (least > file.Length - _position)
            throw new ImageFormatException($"an image of {width}×{height} pixels needs at least {least} bytes from here on; the file was cut off", null, _position);
        if (Info.ByteCount > Array.MaxLength)
            throw new ImageFormatException($"an image of {width}×{height} pixels is larger than this program reads");
    }

    public void Decode(Span<byte> pixels)
    {
        if (Info.BitsPerSample == 8) for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)Sample(255);
        else foreach (ref ushort sample in MemoryMarshal.Cast<byte, ushort>(pixels)) sample = (ushort)Sample(65535);
    }

    uint Sample(uint white)
    {
        int value = _plain ? Number("a sample", 0, _maximum) : _file[_position++];
        if (!_plain && _maximum > 255) value = value << 8 | _file[_position++];
        if (value > _maximum) throw new ImageFormatException($"a sample is {value} and the maximum is {_maximum}", null, _position);
        return ((uint)value * white + (uint)_maximum / 2) / (uint)_maximum;
    }

    int Number(string what, int least, int most)
    {
        SkipBlanks();
        int start = _position;
        long value = 0;
        while (_position < _file.Length && char.IsAsciiDigit((char)_file[_position]) && value <= most) value = 10 * value + _file[_position++] - '0';
        bool ends = _position == _file.Length || IsBlank(_file[_position]) || _file[_position] == '#';
        if (_position == start || !ends || value < least || value > most)
            throw new ImageFormatException($"{what} should stand here as a number from {least} to {most}", null, start);
        return (int)value;
    }

    void SkipBlanks()
    {
        for (bool comment = false; _position < _file.Length; _position++)
        {
            byte character = _file[_position];
            comment = comment ? character is not ((byte)'\n' or (byte)'\r') : character == '#';
            if (!comment && !IsBlank(character)) return;
        }
    }

    static bool IsBlank(byte character) => character is (byte)' ' or >= 9 and <= 13;
}
