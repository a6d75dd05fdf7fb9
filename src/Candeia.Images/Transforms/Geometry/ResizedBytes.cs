using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Candeia.Images;

/// <summary>
/// Bytes in another size: each row of the result is made of some rows of the picture, then each pixel of some of that row's. What lies between is in float32, so
/// that results are those of <see cref="TensorOps.Interpolate(Tensor, ReadOnlySpan{int}, Interpolation, bool, bool)"/>, to a level where that rounds half ways.
/// </summary>
internal static class ResizedBytes
{
    // A pixel is loaded as four numbers, of which the last may be another's.
    const int Four = 4;

    /// <summary>[…, height, width], uint8; in memory as an image has them, or plane by plane.</summary>
    public static Tensor Of(Tensor pixels, int height, int width, Interpolation mode, bool antialias)
    {
        int rank = pixels.Rank, h = pixels.Shape[rank - 2], w = pixels.Shape[rank - 1], channels = rank == 3 && pixels.Layout.Strides[0] == 1 ? pixels.Shape[0] : 1;
        byte[] from = (channels > 1 ? pixels.Permute(1, 2, 0) : pixels).ToArray<byte>();
        Table rows = Table.Of(Taps.Resize(h, height, mode, antialias)), columns = Table.Of(Taps.Resize(w, width, mode, antialias));
        int planes = from.Length / Math.Max(1, h * w * channels), line = w * channels, plane = height * width;
        byte[] to = new byte[planes * channels * plane];
        float[] row = new float[line + Four];
        float[][] kept = [.. Enumerable.Range(0, rows.Most).Select(_ => new float[line])];
        for (int p = 0; p < planes; p++)
        {
            var picture = from.AsSpan(p * h * line, h * line);
            int[] holds = [.. Enumerable.Repeat(-1, kept.Length)];
            for (int y = 0; y < height; y++)
            {
                var sum = row.AsSpan(0, line);
                sum.Clear();
                for (int k = rows.Starts[y]; k < rows.Starts[y + 1]; k++)
                {
                    int place = rows.Places[k], slot = place % kept.Length;
                    if (holds[slot] != place) Widen(picture.Slice(place * line, line), kept[slot]);
                    holds[slot] = place;
                    TensorPrimitives.MultiplyAdd(kept[slot], rows.Weights[k], sum, sum);
                }
                var result = to.AsSpan(p * channels * plane + y * width);
                if (channels is 3 or 4) Pixels(row, columns, channels, result, plane);
                else for (int c = 0; c < channels; c++) Numbers(row, columns, channels, c, result[(c * plane)..]);
            }
        }
        return Tensor.From(to, [.. pixels.Shape.Take(rank - 2), height, width]);
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
    static void Pixels(float[] row, Table taps, int channels, Span<byte> result, int plane)
    {
        ref float from = ref MemoryMarshal.GetArrayDataReference(row);
        for (int x = 0; x < taps.Starts.Length - 1; x++)
        {
            var sum = Vector128<float>.Zero;
            for (int k = taps.Starts[x]; k < taps.Starts[x + 1]; k++)
                sum = Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref from, (nuint)(taps.Places[k] * channels)), Vector128.Create(taps.Weights[k]), sum);
            var level = Vector128.ConvertToInt32(Vector128.Clamp(Vector128.Round(sum), Vector128<float>.Zero, Vector128.Create(255f)));
            result[x] = (byte)level[0];
            result[x + plane] = (byte)level[1];
            result[x + 2 * plane] = (byte)level[2];
            if (channels == Four) result[x + 3 * plane] = (byte)level[3];
        }
    }

    static void Numbers(float[] row, Table taps, int channels, int channel, Span<byte> result)
    {
        for (int x = 0; x < taps.Starts.Length - 1; x++)
        {
            float sum = 0;
            for (int k = taps.Starts[x]; k < taps.Starts[x + 1]; k++) sum = float.MultiplyAddEstimate(row[taps.Places[k] * channels + channel], taps.Weights[k], sum);
            result[x] = (byte)Math.Clamp(MathF.Round(sum), 0, 255);
        }
    }
}
