using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
    public ResizedRows(ReadOnlySpan<byte> picture, Size2d from, int channels, Size2d size, Interpolation mode, bool antialias)
    {
        _picture = picture;
        (_channels, _line) = (channels, from.Width * channels);
        (_rows, _columns) = (Table.Of(Taps.Resize(from.Height, size.Height, mode, antialias)), Table.Of(Taps.Resize(from.Width, size.Width, mode, antialias)));
        (_row, _levels) = (new float[_line + Four], new float[channels * size.Width]);
        _kept = [.. Enumerable.Range(0, _rows.Most).Select(_ => new float[from.Width * channels])];
        _holds = [.. Enumerable.Repeat(-1, _kept.Length)];
    }

    /// <summary>
    /// Makes a row of the result, those above it before: of each channel its levels, 0 to 255 and whole, one channel after the other. They are there until the next.
    /// </summary>
    public Span<float> Make(int y)
    {
        var sum = _row.AsSpan(0, _line);
        sum.Clear();
        for (int k = _rows.Starts[y]; k < _rows.Starts[y + 1]; k++)
        {
            int place = _rows.Places[k], slot = place % _kept.Length;
            if (_holds[slot] != place) Widen(_picture.Slice(place * _line, _line), _kept[slot]);
            _holds[slot] = place;
            TensorPrimitives.MultiplyAdd(_kept[slot], _rows.Weights[k], sum, sum);
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
        public static Table Of(Taps taps)
        {
            int[] starts = taps.Starts.ToArray(), places = taps.Places.ToArray();
            int most = Enumerable.Range(0, taps.Outputs).Max(i => places.AsSpan(starts[i]..starts[i + 1]) is { Length: > 0 } some ? TensorPrimitives.Max<int>(some) - TensorPrimitives.Min<int>(some) + 1 : 1);
            return new(starts, places, Array.ConvertAll(taps.Weights.ToArray(), w => (float)w), most);
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
        ref float from = ref MemoryMarshal.GetArrayDataReference(row);
        int width = taps.Starts.Length - 1;
        Span<float> first = levels[..width], second = levels.Slice(width, width), third = levels.Slice(2 * width, width);
        for (int x = 0; x < width; x++)
        {
            var sum = Vector128<float>.Zero;
            for (int k = taps.Starts[x]; k < taps.Starts[x + 1]; k++)
                sum = Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref from, (nuint)(taps.Places[k] * channels)), Vector128.Create(taps.Weights[k]), sum);
            var level = Vector128.Clamp(Vector128.Round(sum), Vector128<float>.Zero, Vector128.Create(255f));
            first[x] = level[0];
            second[x] = level[1];
            third[x] = level[2];
            if (channels == Four) levels[x + 3 * width] = level[3];
        }
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
