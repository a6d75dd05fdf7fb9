using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Candeia.Images;

/// <summary>
/// The rows of a picture of bytes in another size: each is made of some rows of the picture, then each pixel of some of that row's. What lies between is in float32,
/// so that results are those of <see cref="TensorOps.Interpolate(Tensor, ReadOnlySpan{int}, Interpolation, bool, bool)"/>, to a level where that rounds half ways.
/// </summary>
internal readonly ref struct ResizedRows
{
    // A pixel is loaded as four numbers, of which the last may be another's.
    const int Four = 4;

    readonly ReadOnlySpan<byte> _picture;
    readonly int _channels, _line;
    readonly Table _rows, _columns;
    readonly float[] _row, _levels;
    readonly float[][] _kept;
    readonly int[] _holds;

    /// <param name="picture">The samples of a pixel side by side.</param>
    /// <param name="from">Its size.</param>
    /// <param name="channels">Samples of a pixel.</param>
    /// <param name="size">The new size.</param>
    /// <param name="mode">How values between pixels are found.</param>
    /// <param name="antialias">Whether all pixels count that a new one covers.</param>
    /// <param name="part">The window of the result that is made; all of it, if none is given.</param>
    public ResizedRows(ReadOnlySpan<byte> picture, Size2d from, int channels, Size2d size, Interpolation mode, bool antialias, Window? part = null)
    {
        _picture = picture;
        (_channels, _line) = (channels, from.Width * channels);
        var window = part ?? new Window(0, 0, size.Height, size.Width);
        _rows = Table.Of(Taps.Resize(from.Height, size.Height, mode, antialias, window.Top..(window.Top + window.Height)));
        _columns = Table.Of(Taps.Resize(from.Width, size.Width, mode, antialias, window.Left..(window.Left + window.Width)));
        (_row, _levels) = (new float[_line + Four], new float[channels * window.Width]);
        _kept = [.. Enumerable.Range(0, _rows.Most).Select(_ => new float[from.Width * channels])];
        _holds = [.. Enumerable.Repeat(-1, _kept.Length)];
    }

    /// <summary>
    /// Makes a row of the result, those above it before: of each channel its levels, 0 to 255 and whole, one channel after the other. They are there until the next.
    /// </summary>
    public Span<float> Make(int y)
    {
        var sum = _row.AsSpan(0, _line);
        int first = _rows.Starts[y];
        for (int k = first; k < _rows.Starts[y + 1]; k++)
        {
            int place = _rows.Places[k], slot = place % _kept.Length;
            if (_holds[slot] != place) Widen(_picture.Slice(place * _line, _line), _kept[slot]);
            _holds[slot] = place;
            if (k == first) TensorPrimitives.Multiply(_kept[slot], _rows.Weights[k], sum);
            else TensorPrimitives.MultiplyAdd(_kept[slot], _rows.Weights[k], sum, sum);
        }
        int width = _levels.Length / _channels;
        if (_channels is 3 or Four) Pixels(_row, _columns, _channels, _levels);
        else for (int c = 0; c < _channels; c++) Numbers(_row, _columns, _channels, c, _levels.AsSpan(c * width, width));
        return _levels;
    }

    /// <summary>Taps as kernels read them.</summary>
    /// <param name="Starts">Where those of each place begin.</param>
    /// <param name="Places">Where each looks.</param>
    /// <param name="Weights">How much each counts.</param>
    /// <param name="Most">How many rows lie between the first and the last that a place looks at, at most.</param>
    sealed record Table(int[] Starts, int[] Places, float[] Weights, int Most)
    {
        /// <summary>The most taps of a place.</summary>
        public int Each { get; private init; }

        /// <summary>Where each looks, as many for each place: some count for nothing.</summary>
        public int[] EachPlaces { get; private init; } = [];

        /// <summary>How much these count.</summary>
        public float[] EachWeights { get; private init; } = [];

        public static Table Of(Taps taps)
        {
            int[] starts = taps.Starts.ToArray(), places = taps.Places.ToArray();
            float[] weights = Array.ConvertAll(taps.Weights.ToArray(), w => (float)w);
            int most = 1, each = 1;
            for (int i = 0; i < taps.Outputs; i++)
            {
                var some = places.AsSpan(starts[i]..starts[i + 1]);
                if (some.IsEmpty) continue;
                most = Math.Max(most, TensorPrimitives.Max<int>(some) - TensorPrimitives.Min<int>(some) + 1);
                each = Math.Max(each, some.Length);
            }
            int[] eachPlaces = new int[each * taps.Outputs];
            float[] eachWeights = new float[each * taps.Outputs];
            for (int i = 0; i < taps.Outputs; i++)
            {
                places.AsSpan(starts[i]..starts[i + 1]).CopyTo(eachPlaces.AsSpan(i * each));
                weights.AsSpan(starts[i]..starts[i + 1]).CopyTo(eachWeights.AsSpan(i * each));
            }
            return new(starts, places, weights, most) { Each = each, EachPlaces = eachPlaces, EachWeights = eachWeights };
        }
    }

    static void Widen(ReadOnlySpan<byte> bytes, Span<float> numbers)
    {
        ref byte from = ref MemoryMarshal.GetReference(bytes);
        ref float to = ref MemoryMarshal.GetReference(numbers);
        int i = 0;
        for (; i + Vector128<byte>.Count <= bytes.Length; i += Vector128<byte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)i));
            Vector256.ConvertToSingle(Vector256.WidenLower(low.ToVector256Unsafe()).AsInt32()).StoreUnsafe(ref to, (nuint)i);
            Vector256.ConvertToSingle(Vector256.WidenLower(high.ToVector256Unsafe()).AsInt32()).StoreUnsafe(ref to, (nuint)i + 8);
        }
        for (; i < bytes.Length; i++) numbers[i] = bytes[i];
    }

    /// <summary>A row of pixels of three or four numbers, each a vector.</summary>
    static void Pixels(float[] row, Table taps, int channels, Span<float> levels)
    {
        int width = taps.Starts.Length - 1, x = 0;
        Span<float> first = levels[..width], second = levels.Slice(width, width), third = levels.Slice(2 * width, width);
        if (channels == 3 && Sse.IsSupported)
        {
            for (; x + Four <= width; x += Four)
            {
                Vector128<float> a = Sum(row, taps, 3, x), b = Sum(row, taps, 3, x + 1), c = Sum(row, taps, 3, x + 2), d = Sum(row, taps, 3, x + 3);
                Vector128<float> low = Sse.UnpackLow(a, b), low2 = Sse.UnpackLow(c, d);
                Level(Sse.MoveLowToHigh(low, low2)).CopyTo(first[x..]);
                Level(Sse.MoveHighToLow(low2, low)).CopyTo(second[x..]);
                Level(Sse.MoveLowToHigh(Sse.UnpackHigh(a, b), Sse.UnpackHigh(c, d))).CopyTo(third[x..]);
            }
        }
        for (; x < width; x++)
        {
            var level = Level(Sum(row, taps, channels, x));
            first[x] = level[0];
            second[x] = level[1];
            third[x] = level[2];
            if (channels == Four) levels[x + 3 * width] = level[3];
        }
    }

    static Vector128<float> Level(Vector128<float> sum) => Vector128.Clamp(Vector128.Round(sum), Vector128<float>.Zero, Vector128.Create(255f));

    /// <summary>A pixel of the result: as many pixels of the row as those of any other.</summary>
    static Vector128<float> Sum(float[] row, Table taps, int channels, int x)
    {
        var sum = Vector128<float>.Zero;
        int from = x * taps.Each;
        ReadOnlySpan<int> places = taps.EachPlaces.AsSpan(from, taps.Each);
        ReadOnlySpan<float> weights = taps.EachWeights.AsSpan(from, taps.Each);
        for (int k = 0; k < places.Length && k < weights.Length; k++)
            sum = Vector128.MultiplyAddEstimate(Vector128.Create(row.AsSpan(places[k] * channels, Four)), Vector128.Create(weights[k]), sum);
        return sum;
    }

    static void Numbers(float[] row, Table taps, int channels, int channel, Span<float> levels)
    {
        for (int x = 0; x < levels.Length; x++)
        {
            float sum = 0;
            for (int k = taps.Starts[x]; k < taps.Starts[x + 1]; k++) sum = float.MultiplyAddEstimate(row[taps.Places[k] * channels + channel], taps.Weights[k], sum);
            levels[x] = Math.Clamp(MathF.Round(sum), 0, 255);
        }
    }
}
