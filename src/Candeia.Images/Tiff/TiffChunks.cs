namespace Candeia.Images;

/// <summary>The strips or tiles of a picture: each is compressed by itself.</summary>
internal readonly ref struct TiffChunks
{
    const int MostSide = 1 << 24;
    readonly ReadOnlySpan<byte> _file;
    readonly TiffNumbers _places, _lengths;
    readonly bool _hasLengths;

    public TiffChunks(scoped in TiffFile file, bool planes)
    {
        _file = file.Bytes;
        AreTiles = file.Has(TiffField.TileOffsets);
        Width = AreTiles ? file.One(TiffField.TileWidth, 0) : file.Width;
        // Writers that want a single strip give it as many rows as there are numbers.
        Height = AreTiles ? file.One(TiffField.TileHeight, 0) : (int)Math.Min(file.Has(TiffField.StripRows) ? file.All(TiffField.StripRows)[0] : uint.MaxValue, (uint)file.Height);
        if (Width is < 1 or > MostSide || Height is < 1 or > MostSide) throw new ImageFormatException($"strips or tiles of {Width}×{Height} pixels are none");
        (Across, Down, Planes) = ((file.Width - 1) / Width + 1, (file.Height - 1) / Height + 1, planes ? file.Samples : 1);
        RowBytes = ((long)Width * (planes ? 1 : file.Samples) * file.Bits + 7) / 8;
        if (RowBytes * Height > Array.MaxLength) throw new ImageFormatException($"strips or tiles of {Width}×{Height} pixels are larger than this program reads");
        _places = file.All(AreTiles ? TiffField.TileOffsets : TiffField.StripOffsets);
        if ((long)Across * Down * Planes > _places.Count) throw new ImageFormatException($"there are {(long)Across * Down * Planes} strips or tiles, and the places of {_places.Count}");
        Count = Across * Down * Planes;
        var lengths = AreTiles ? TiffField.TileBytes : TiffField.StripBytes;
        _hasLengths = file.Has(lengths);
        // A single strip is sometimes written without its length.
        if (_hasLengths) _lengths = file.All(lengths);
        else if (Count > 1) throw new ImageFormatException("nothing says how long the strips or tiles are");
        long all = 0;
        for (int i = 0; i < Count; i++) all += this[i].Length;
        MostBytes = Math.Min(all, file.Bytes.Length) * TiffCompression.MostGrowth(file);
    }

    /// <summary>Columns of a chunk.</summary>
    public int Width { get; }

    /// <summary>Rows of a chunk.</summary>
    public int Height { get; }

    /// <summary>Chunks side by side.</summary>
    public int Across { get; }

    /// <summary>Chunks one below the other.</summary>
    public int Down { get; }

    /// <summary>1, or as many as there are samples, each with chunks of its own.</summary>
    public int Planes { get; }

    /// <summary>Whether the last ones in a row and in a column are as large as all others.</summary>
    public bool AreTiles { get; }

    public int Count { get; }

    /// <summary>Bytes of a row of a chunk in the file; a row ends with a whole byte.</summary>
    public long RowBytes { get; }

    /// <summary>How many bytes they can become at most.</summary>
    public long MostBytes { get; }

    /// <summary>The compressed bytes of a chunk.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            long at = _places[index], count = _hasLengths ? _lengths[index] : Math.Max(0, _file.Length - at);
            return at + count <= _file.Length ? _file.Slice((int)at, (int)count)
                : throw new ImageFormatException($"strip or tile {index} of {count} bytes lies beyond the end of the file", null, at);
        }
    }
}
