namespace Candeia;

public static partial class TensorOps
{
    /// <summary>A border made of the tensor itself: pairs (before, after), the last dimension first; negative ones cut.</summary>
    /// <param name="x">Of any number of dimensions.</param>
    /// <param name="padding">Pairs of sizes, those of the last dimension first.</param>
    /// <param name="mode">What stands in the border.</param>
    /// <exception cref="ArgumentException">There are no pairs, or too many.</exception>
    /// <exception cref="ShapeException">The border is larger than what it is made of.</exception>
    /// <example><code>
    /// var y = Tensor.From([1, 2, 3]).Pad([2, 1], PaddingMode.Reflect);
    /// Console.WriteLine(string.Join(" ", y.ToArray&lt;int&gt;()));             // → 3 2 1 2 3 2
    /// </code></example>
    public static Tensor Pad(this Tensor x, ReadOnlySpan<int> padding, PaddingMode mode)
    {
        if (mode == PaddingMode.Zeros) return x.Pad(padding);
        ArgumentNullException.ThrowIfNull(x);
        if (padding.Length % 2 != 0 || padding.Length > 2 * x.Rank)
            throw new ArgumentException($"Pad of {x.Shape} takes pairs of numbers, at most {x.Rank} of them, not {padding.Length} numbers.");
        var taps = new Taps?[padding.Length / 2];
        int first = x.Rank - taps.Length;
        for (int d = 0; d < taps.Length; d++)
        {
            int at = 2 * (taps.Length - 1 - d), before = padding[at], after = padding[at + 1], size = x.Shape[first + d];
            if (before == 0 && after == 0) continue;
            int most = mode switch { PaddingMode.Reflect => size - 1, PaddingMode.Circular => size, _ => size > 0 ? int.MaxValue : 0 };
            long result = (long)size + before + after;
            if (before > most || after > most || result is < 0 or > int.MaxValue)
                throw new ShapeException($"A border of {before} and {after} cannot be made of dimension {first + d} of {x.Shape} by {mode}: at most {Math.Max(0, most)} fit.");
            int[] places = new int[result];
            for (int i = 0; i < places.Length; i++) places[i] = Inside(i - before, size, mode);
            taps[d] = Taps.Choose(size, places);
        }
        return Resampled(x, first, taps);
    }

    static int Inside(int place, int size, PaddingMode mode) => mode switch
    {
        PaddingMode.Replicate => Math.Clamp(place, 0, size - 1),
        PaddingMode.Circular => (place % size + size) % size,
        _ => place < 0 ? -place : place >= size ? 2 * (size - 1) - place : place,
    };
}
