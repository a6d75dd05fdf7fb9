namespace Candeia.Images;

/// <summary>The header of a TIFF file and the fields of its first picture, each checked before it is believed.</summary>
internal readonly ref struct TiffFile
{
    const int HeaderBytes = 8, EntryBytes = 12, MostSamples = 256;
    readonly bool _little;
    readonly ReadOnlySpan<byte> _entries;

    public TiffFile(ReadOnlySpan<byte> file)
    {
        Bytes = file;
        _little = file is [(byte)'I', (byte)'I', 42, 0, ..];
        if (!_little && file is not [(byte)'M', (byte)'M', 0, 42, ..]) throw new ImageFormatException("this is no TIFF file");
        if (file.Length < HeaderBytes) throw new ImageFormatException("the file ends in its header");
        uint at = Number(file[4..], 4);
        if (at < HeaderBytes || at > file.Length - 2) throw new ImageFormatException($"the list of fields should stand at byte {at}, and the file has {file.Length}", null, 4);
        long bytes = (long)EntryBytes * Number(file[(int)at..], 2);
        if (at + 2 + bytes > file.Length) throw new ImageFormatException("the list of fields is longer than the file", null, at);
        _entries = file.Slice((int)at + 2, (int)bytes);

        Width = Side(TiffField.Width, "width");
        Height = Side(TiffField.Height, "height");
        Samples = One(TiffField.Samples, 1);
        if (Samples is < 1 or > MostSamples) throw new ImageFormatException($"a pixel has 1 to {MostSamples} samples, not {Samples}");
        Bits = Same(TiffField.Bits, 1, "as many bits");
        Kind = (TiffKind)Same(TiffField.Kind, 1, "the same kind of numbers");
        bool possible = Kind switch
        {
            TiffKind.Whole => Bits is 1 or 2 or 4 or 8 or 16 or 32,
            TiffKind.Signed => Bits is 8 or 16 or 32,
            TiffKind.Floating => Bits is 32 or 64,
            _ => false,
        };
        if (!possible) throw new ImageFormatException($"samples of {Bits} bits and of kind {(int)Kind} are not read");
        Compression = One(TiffField.Compression, 1);
        bool planes = One(TiffField.Planes, 1) switch { 1 => false, 2 => true, var other => throw new ImageFormatException($"samples lie side by side (1) or in planes (2), not in the manner {other}") };
        IsPredicted = One(TiffField.Predictor, 1) switch { 1 => false, 2 => true, var other => throw new ImageFormatException($"the predictor {other} is not read") };
        if (IsPredicted && (Kind == TiffKind.Floating || Bits < 8)) throw new ImageFormatException($"samples of {Bits} bits are not predicted from their neighbours");
        if ((Int128)Width * Height * Samples * SampleBytes is var all && all > Array.MaxLength) throw new ImageFormatException($"a picture of {Width}×{Height} pixels of {Samples} samples is larger than this program reads");
        Chunks = new(this, planes);
        if (Chunks.MostBytes < (Int128)Width * Height * Samples * Bits / 8) throw new ImageFormatException($"the bytes of the file cannot be a picture of {Width}×{Height} pixels of {Samples} samples");
    }

    public ReadOnlySpan<byte> Bytes { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Samples of a pixel.</summary>
    public int Samples { get; }

    /// <summary>Bits of a sample in the file.</summary>
    public int Bits { get; }

    public TiffKind Kind { get; }

    public int Compression { get; }

    /// <summary>Whether samples are differences from those on their left.</summary>
    public bool IsPredicted { get; }

    public TiffChunks Chunks { get; }

    /// <summary>Bytes of a sample in memory.</summary>
    public int SampleBytes => Math.Max(1, Bits / 8);

    /// <summary>Bytes of all samples in memory.</summary>
    public int ByteCount => Width * Height * Samples * SampleBytes;

    public bool IsSwapped => _little != BitConverter.IsLittleEndian;

    public bool Has(TiffField field) => !Entry(field).IsEmpty;

    /// <summary>The only number of a field, or its first.</summary>
    public int One(TiffField field, int otherwise) => Has(field) ? Whole(field, All(field)[0]) : otherwise;

    /// <summary>The numbers of a field.</summary>
    public TiffNumbers All(TiffField field) => new(Bytes, Entry(field), _little);

    ReadOnlySpan<byte> Entry(TiffField field)
    {
        for (int i = 0; i < _entries.Length; i += EntryBytes) if (Number(_entries[i..], 2) == (int)field) return _entries.Slice(i, EntryBytes);
        return default;
    }

    int Side(TiffField field, string what) => One(field, 0) is > 0 and var side ? side : throw new ImageFormatException($"the picture has no {what}");

    int Same(TiffField field, int otherwise, string what)
    {
        int first = One(field, otherwise);
        if (!Has(field)) return first;
        var all = All(field);
        if (all.Count > 1 && all.Count < Samples) throw new ImageFormatException($"the field {(int)field} has {all.Count} numbers for {Samples} samples");
        for (int i = 1; i < Math.Min(all.Count, Samples); i++) if (all[i] != first) throw new ImageFormatException($"only pictures whose samples all have {what} are read");
        return first;
    }

    static int Whole(TiffField field, uint number) => number <= int.MaxValue ? (int)number : throw new ImageFormatException($"the field {(int)field} has the number {number}, which is out of range");

    uint Number(ReadOnlySpan<byte> from, int bytes) => TiffNumbers.Read(from, bytes, _little);
}
