namespace Candeia.Text;

/// <summary>What networks for texts see of a batch.</summary>
internal static class PaddedTexts
{
    /// <summary>How many pieces each text has, and where padding is. An empty text counts as one piece of padding, so that there is something to look at.</summary>
    public static (int[] Lengths, Tensor IsPadding) Look(Tensor x, int padding)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank != 2 || x.Shape[1] == 0) throw new ShapeException($"Texts are whole numbers [n, length] with at least one piece, not {x.Shape}; for a single text add a dimension with Unsqueeze(0).");
        if (x.DType.IsFloatingPoint()) throw new ArgumentException($"Texts are whole numbers, not {x.DType}; convert with To(DType.Int64).");
        long[] tokens = x.To(DType.Int64).ToArray<long>();
        int n = x.Shape[0], length = x.Shape[1];
        int[] lengths = new int[n];
        bool[] isPadding = Array.ConvertAll(tokens, t => t == padding);
        for (int i = 0; i < n; i++)
        {
            // The last piece ends a text; padding within it is a piece like others.
            int end = length;
            while (end > 1 && isPadding[i * length + end - 1]) end--;
            lengths[i] = end;
            isPadding.AsSpan(i * length, end).Clear();
        }
        return (lengths, Tensor.From(isPadding, [n, length], x.Device));
    }
}
