namespace Candeia.Data;

/// <summary>
/// Puts items of different lengths side by side: the shorter ones are filled up to the longest of their batch. Give one of these to a loader.
/// </summary>
/// <example><code>
/// Dataset&lt;Sample> data = new Lines();
/// var batch = data.Loader(3, Padding.Collate(value: -1)).First();
/// Console.WriteLine(batch.X.Shape);                                       // → [3, 2]
///
/// sealed class Lines : Dataset&lt;Sample>
/// {
///     public override int Count => 3;
///     public override Sample this[int index] => new(Tensor.Arange(index), Tensor.Scalar(index));
/// }
/// </code></example>
public static class Padding
{
    /// <summary>Makes batches of samples whose inputs differ in their first size.</summary>
    /// <param name="value">What inputs are filled up with.</param>
    /// <param name="left">Whether this stands before the shorter ones, not behind them.</param>
    /// <param name="targetValue">What targets are filled up with, where these have lengths too; null, where they all have the same shape.</param>
    /// <param name="least">How long inputs are at least, so that a batch of empty ones has a shape that networks take.</param>
    public static Func<IReadOnlyList<Sample>, Batch> Collate(double value = 0, bool left = false, double? targetValue = null, int least = 1) => samples =>
    {
        ArgumentNullException.ThrowIfNull(samples);
        return new(Pad([.. samples.Select(s => s.X)], value, left, least).Padded, Targets(samples, targetValue, left, least), [.. samples.Select(s => s.Id)]);
    };

    /// <summary>The same with the length of each input, int64 [n], between inputs and targets.</summary>
    /// <inheritdoc cref="Collate"/>
    public static Func<IReadOnlyList<Sample>, Batch<(Tensor X, Tensor Lengths, Tensor Y)>> CollateWithLengths(
        double value = 0, bool left = false, double? targetValue = null, int least = 1) => samples =>
    {
        ArgumentNullException.ThrowIfNull(samples);
        var (x, lengths) = Pad([.. samples.Select(s => s.X)], value, left, least);
        return new((x, lengths, Targets(samples, targetValue, left, least)), samples.Count, (v, change) => (change(v.X), change(v.Lengths), change(v.Y)));
    };

    static Tensor Targets(IReadOnlyList<Sample> samples, double? value, bool left, int least)
    {
        Tensor[] targets = [.. samples.Select(s => s.Y)];
        return value is { } number ? Pad(targets, number, left, least).Padded : Tensor.Stack(targets);
    }

    static (Tensor Padded, Tensor Lengths) Pad(Tensor[] items, double value, bool left, int least)
    {
        var first = items[0];
        if (items.FirstOrDefault(t => t.Rank == 0 || t.DType != first.DType || t.Shape[1..] != first.Shape[1..]) is { } other)
            throw new ShapeException($"Items that are filled up differ in their first size alone, but there are {first.DType} {first.Shape} and {other.DType} {other.Shape}.");
        int longest = Math.Max(least, items.Max(t => t.Shape[0]));
        var padded = Tensor.Full([items.Length, longest, .. first.Shape[1..]], value, first.DType, first.Device);
        for (int i = 0; i < items.Length; i++)
        {
            int length = items[i].Shape[0];
            if (length > 0) padded.Select(0, i).Narrow(0, left ? longest - length : 0, length).CopyFrom(items[i]);
        }
        return (padded, Tensor.From([.. items.Select(t => (long)t.Shape[0])]));
    }
}
