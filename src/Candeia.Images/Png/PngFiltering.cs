using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Candeia.Images;

/// <summary>
/// Chooses a filter for each row: the one whose differences, as signed bytes, have the smallest sum of magnitudes; among None, Sub and Up where the
/// file is wanted fast, among all five otherwise.
/// </summary>
internal static class PngFiltering
{
    public static int Bytes(ImageInfo info) => checked(info.Height * (1 + info.RowBytes));

    public static void Apply(Image image, CompressionLevel level, Span<byte> filtered)
    {
        int rowBytes = image.Info.RowBytes, step = image.Info.PixelBytes;
        int filters = level switch { CompressionLevel.NoCompression => 1, CompressionLevel.Fastest => 3, _ => 5 };
        bool swap = image.BitsPerSample == 16 && BitConverter.IsLittleEndian;
        using var memory = new Rented(3 * rowBytes);
        Span<byte> above = memory.Span[..rowBytes], row = memory.Span.Slice(rowBytes, rowBytes), trial = memory.Span.Slice(2 * rowBytes, rowBytes);
        above.Clear();
        for (int y = 0; y < image.Height; y++)
        {
            image.Row(y).CopyTo(row);
            if (swap) BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ushort>(row), MemoryMarshal.Cast<byte, ushort>(row));
            var target = filtered.Slice(y * (1 + rowBytes), 1 + rowBytes);
            Choose(row, above, step, filters, target, trial);
            var previous = above;
            above = row;
            row = previous;
        }
    }

    static void Choose(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int step, int filters, Span<byte> target, Span<byte> trial)
    {
        target[0] = PngFilter.None;
        row.CopyTo(target[1..]);
        long least = filters == 1 ? 0 : Cost(row);
        for (byte filter = PngFilter.Sub; filter < filters && least > 0; filter++)
        {
            Filter(filter, row, above, step, trial);
            long cost = Cost(trial);
            if (cost >= least) continue;
            least = cost;
            target[0] = filter;
            trial.CopyTo(target[1..]);
        }
    }

    static void Filter(byte filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int step, Span<byte> differences)
    {
        switch (filter)
        {
            case PngFilter.Sub:
                row[..step].CopyTo(differences);
                TensorPrimitives.Subtract(row[step..], row[..^step], differences[step..]);
                break;
            case PngFilter.Up:
                TensorPrimitives.Subtract(row, above, differences);
                break;
            case PngFilter.Average:
                for (int i = 0; i < row.Length; i++) differences[i] = (byte)(row[i] - ((i < step ? 0 : row[i - step]) + above[i] >> 1));
                break;
            case PngFilter.Paeth:
                for (int i = 0; i < step; i++) differences[i] = (byte)(row[i] - above[i]);
                for (int i = step; i < row.Length; i++) differences[i] = (byte)(row[i] - PngFilter.Predict(row[i - step], above[i], above[i - step]));
                break;
        }
    }

    /// <summary>The sum of the magnitudes of signed bytes.</summary>
    static long Cost(ReadOnlySpan<byte> differences)
    {
        long sum = 0;
        int i = 0;
        while (i <= differences.Length - Vector<byte>.Count)
        {
            var sums = Vector<ushort>.Zero;
            for (int end = Math.Min(differences.Length - Vector<byte>.Count, i + 255 * Vector<byte>.Count); i <= end; i += Vector<byte>.Count)
            {
                var value = new Vector<byte>(differences[i..]);
                Vector.Widen(Vector.Min(value, Vector<byte>.Zero - value), out var low, out var high);
                sums += low + high;
            }
            Vector.Widen(sums, out var left, out var right);
            sum += Vector.Sum(left + right);
        }
        for (; i < differences.Length; i++) sum += Math.Min(differences[i], (byte)-differences[i]);
        return sum;
    }
}
