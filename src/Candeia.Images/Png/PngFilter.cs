using System.Numerics.Tensors;

namespace Candeia.Images;

/// <summary>The five predictions of a byte from its left, upper and upper left neighbours, undone (PNG specification, section 9).</summary>
internal static class PngFilter
{
    public const byte None = 0, Sub = 1, Up = 2, Average = 3, Paeth = 4;

    /// <summary>Turns a row of differences into bytes, in place; <paramref name="step"/> is the distance to the left neighbour.</summary>
    /// <returns>False where there is no such filter.</returns>
    public static bool Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        switch (filter)
        {
            case None: return true;
            case Sub: UndoSub(row, step); return true;
            case Up: TensorPrimitives.Add(row, above, row); return true;
            case Average: UndoAverage(row, above, step); return true;
            case Paeth: UndoPaeth(row, above, step); return true;
            default: return false;
        }
    }

    static void UndoSub(Span<byte> row, int step)
    {
        for (int i = step; i < row.Length; i++) row[i] += row[i - step];
    }

    static void UndoAverage(Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        above = above[..row.Length];
        for (int i = 0; i < Math.Min(step, row.Length); i++) row[i] += (byte)(above[i] >> 1);
        for (int i = step; i < row.Length; i++) row[i] += (byte)(row[i - step] + above[i] >> 1);
    }

    static void UndoPaeth(Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        above = above[..row.Length];
        for (int i = 0; i < Math.Min(step, row.Length); i++) row[i] += above[i];
        for (int i = step; i < row.Length; i++) row[i] += (byte)Predict(row[i - step], above[i], above[i - step]);
    }

    /// <summary>The neighbour nearest to left + up − corner.</summary>
    public static int Predict(int left, int up, int corner)
    {
        int toLeft = Math.Abs(up - corner), toUp = Math.Abs(left - corner), toCorner = Math.Abs(left + up - 2 * corner);
        int nearest = toUp <= toCorner ? up : corner;
        return toLeft <= toUp && toLeft <= toCorner ? left : nearest;
    }
}
