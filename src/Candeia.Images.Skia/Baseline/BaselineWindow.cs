using System.Buffers;

namespace Candeia.Images;

/// <summary>
/// A window of the usual photograph, as <see cref="BaselineHeader"/> says: all its codes are read, since each follows from those before, but pixels are computed of
/// the blocks that the window touches alone. They are those of the whole picture.
/// </summary>
internal sealed class BaselineWindow : IDisposable
{
    const int Side = 8;
    readonly BaselineHeader _header;
    readonly int _top, _left, _height, _width;
    readonly Plane[] _planes;

    BaselineWindow(BaselineHeader header, int top, int left, int height, int width)
    {
        (_header, _top, _left, _height, _width) = (header, top, left, height, width);
        _planes = [.. header.Channels.Select((channel, i) => i == 0 ? Plane.Of(top, left, top + height, left + width) : Around(header.Across, header.Down))];
    }

    /// <summary>Decodes a window that lies within the picture.</summary>
    /// <returns>Whether it is done; a file that is damaged in any way is none of these.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> file, BaselineHeader header, int top, int left, int height, int width, Span<byte> pixels)
    {
        int interval = header.RestartInterval, groups = Parts(header.Width, header.Across * Side) * Parts(header.Height, header.Down * Side);
        using var parts = ScanParts.Read(file, header.Start, interval == 0 ? 1 : Parts(groups, interval));
        if (parts is null) return false;
        using var window = new BaselineWindow(header, top, left, height, width);
        for (int part = 0, from = 0; from < groups; part++)
        {
            int to = interval == 0 ? groups : Math.Min(groups, from + interval);
            if (!window.Read(parts[part], from, to)) return false;
            from = to;
        }
        window.Write(pixels);
        return true;
    }

    static int Parts(int size, int part) => (size + part - 1) / part;

    /// <summary>Of colours that are stored with fewer pixels, those beside the window count too.</summary>
    Plane Around(int across, int down)
    {
        int right = Parts(_header.Width, across) - 1, bottom = Parts(_header.Height, down) - 1;
        int wider = across - 1, higher = down - 1;
        return Plane.Of(Math.Max(0, _top / down - higher), Math.Max(0, _left / across - wider),
            Math.Min(bottom, (_top + _height - 1) / down + higher) + 1, Math.Min(right, (_left + _width - 1) / across + wider) + 1);
    }

    /// <summary>Reads groups of blocks from a part.</summary>
    bool Read(ReadOnlySpan<byte> part, int from, int to)
    {
        var bits = new ScanBits(part);
        var channels = _header.Channels.AsSpan();
        int perRow = Parts(_header.Width, _header.Across * Side);
        Span<int> means = stackalloc int[channels.Length];
        Span<short> block = stackalloc short[Side * Side];
        means.Clear();
        block.Clear();
        for (int group = from; group < to; group++)
        {
            int row = group / perRow, column = group - row * perRow;
            if (column == 0 && bits.IsBeyondEnd) return false;
            for (int i = 0; i < channels.Length; i++)
            {
                ref readonly var channel = ref channels[i];
                for (int y = row * channel.Down; y < (row + 1) * channel.Down; y++)
                {
                    for (int x = column * channel.Across; x < (column + 1) * channel.Across; x++)
                    {
                        if (!_planes[i].Holds(y, x))
                        {
                            if (!bits.Skip(channel, ref means[i])) return false;
                            continue;
                        }
                        int count = bits.Read(channel, ref means[i], block);
                        if (count == 0 || !InverseCosine.Write(block, count == 1, _planes[i].At(y * Side, x * Side), _planes[i].Line)) return false;
                        if (count > 1) block.Clear();
                    }
                }
            }
        }
        return !bits.IsBeyondEnd;
    }

    void Write(Span<byte> pixels)
    {
        int first = _left / _header.Across, count = (_left + _width - 1) / _header.Across - first + 1;
        ushort[] sums = new ushort[count + 2];
        byte[] blue = new byte[2 * count], red = new byte[2 * count];
        int skipped = _left - first * _header.Across, line = 3 * _width;
        for (int y = 0; y < _height; y++)
        {
            var light = _planes[0].At(_top + y, _left)[.._width];
            var to = pixels[(y * line)..];
            if (_header.Across == 1)
            {
                ColourRows.Write(light, _planes[1].At(_top + y, _left)[.._width], _planes[2].At(_top + y, _left)[.._width], to);
                continue;
            }
            Spread(_planes[1], _top + y, first, sums, blue);
            Spread(_planes[2], _top + y, first, sums, red);
            ColourRows.Write(light, blue.AsSpan(skipped, _width), red.AsSpan(skipped, _width), to);
        }
    }

    /// <summary>A row of a colour that is stored with half the pixels. What lies beyond the picture is as its border.</summary>
    void Spread(Plane plane, int y, int first, ushort[] sums, byte[] to)
    {
        int count = sums.Length - 2, last = Parts(_header.Width, 2) - 1, from = Math.Max(0, first - 1), end = Math.Min(last, first + count) + 1;
        var inside = sums.AsSpan(from - first + 1, end - from);
        bool isMixed = _header.Down == 2;
        if (isMixed)
        {
            int near = y / 2, far = Math.Clamp(near + (y % 2 == 0 ? -1 : 1), 0, Parts(_header.Height, 2) - 1);
            ColourRows.Mix(plane.At(near, from)[..inside.Length], plane.At(far, from)[..inside.Length], inside);
        }
        else ColourRows.Copy(plane.At(y, from)[..inside.Length], inside);
        if (from == first) sums[0] = sums[1];
        if (end == first + count) sums[^1] = sums[^2];
        ColourRows.Spread(sums, isMixed, to);
    }

    public void Dispose()
    {
        foreach (var plane in _planes) plane.Dispose();
    }

    /// <summary>The pixels of some blocks of a channel.</summary>
    sealed record Plane(int Top, int Left, int Rows, int Columns) : IDisposable
    {
        readonly byte[] _pixels = ArrayPool<byte>.Shared.Rent(Rows * Columns * Side * Side);

        /// <summary>Those that hold pixels from a row and column to before others.</summary>
        public static Plane Of(int top, int left, int bottom, int right) => new(top / Side, left / Side, Parts(bottom, Side) - top / Side, Parts(right, Side) - left / Side);

        public int Line => Columns * Side;

        public bool Holds(int row, int column) => (uint)(row - Top) < (uint)Rows && (uint)(column - Left) < (uint)Columns;

        /// <summary>The pixels from one on.</summary>
        public Span<byte> At(int y, int x)
        {
            int from = (y - Top * Side) * Line + x - Left * Side;
            return _pixels.AsSpan(from, Rows * Columns * Side * Side - from);
        }

        public void Dispose() => ArrayPool<byte>.Shared.Return(_pixels);
    }
}
