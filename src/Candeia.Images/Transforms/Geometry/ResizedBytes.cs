using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace Candeia.Images;

/// <summary>Tensors of bytes in another size.</summary>
internal static class ResizedBytes
{
    /// <summary>[…, height, width], uint8; in memory as an image has them, or plane by plane. Of a window of the result no more than that is made.</summary>
    public static Tensor Of(Tensor pixels, Size2d whole, Interpolation mode, bool antialias, Window? part = null)
    {
        int height = part?.Height ?? whole.Height, width = part?.Width ?? whole.Width;
        int rank = pixels.Rank, h = pixels.Shape[rank - 2], w = pixels.Shape[rank - 1], channels = rank == 3 && pixels.Layout.Strides[0] == 1 ? pixels.Shape[0] : 1;
        byte[] from = (channels > 1 ? pixels.Permute(1, 2, 0) : pixels).ToArray<byte>();
        int size = h * w * channels, plane = height * width, pictures = from.Length / Math.Max(1, size);
        byte[] to = new byte[pictures * channels * plane];
        for (int p = 0; p < pictures; p++)
        {
            var rows = new ResizedRows(from.AsSpan(p * size, size), (h, w), channels, whole, mode, antialias, part);
            for (int y = 0; y < height; y++)
            {
                var levels = rows.Make(y);
                for (int c = 0; c < channels; c++) Narrow(levels.Slice(c * width, width), to.AsSpan((p * channels + c) * plane + y * width, width));
            }
        }
        return Tensor.From(to, [.. pixels.Shape.Take(rank - 2), height, width]);
    }

    static void Narrow(ReadOnlySpan<float> levels, Span<byte> bytes)
    {
        int i = 0;
        for (; i + Vector256<float>.Count <= levels.Length; i += Vector256<float>.Count)
        {
            var whole = Vector256.ConvertToInt32(Vector256.Create(levels[i..])).AsUInt32();
            var narrow = Vector128.Narrow(whole.GetLower(), whole.GetUpper());
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[i..], Vector128.Narrow(narrow, narrow).AsUInt64()[0]);
        }
        for (; i < levels.Length; i++) bytes[i] = (byte)levels[i];
    }
}
