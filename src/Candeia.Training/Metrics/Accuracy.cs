using System.Numerics;

namespace Candeia.Training;

/// <summary>
/// The share of samples whose class is predicted: outputs are scores per class [n, classes] (or [n, classes, …]), targets class indices [n]
/// (or [n, …]).
/// </summary>
public sealed record Accuracy : MeanMetric
{
    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    protected override (Tensor Sum, long Count) Measure(Tensor output, Tensor target)
    {
        var (rows, classes) = Scores.Match(nameof(Accuracy), output, target);
        if (rows.Device != Device.Cpu) return (Right(rows, classes), classes.Numel);
        long[] known = Scores.Read(nameof(Accuracy), classes, rows.Shape[1]);
        return (rows.DType == DType.Float32 ? Right(rows.ToArray<float>(), known) : Right(rows.ToArray<double>(), known), known.Length);
    }

    /// <summary>
    /// How many rows have their largest score at the place of their class, and before others that are as large: what ArgMax says, without an
    /// operation and without branches. A row with a score that is not a number is never right.
    /// </summary>
    static int Right<T>(ReadOnlySpan<T> scores, long[] classes) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = classes.Length == 0 ? 0 : scores.Length / classes.Length, right = 0;
        for (int i = 0; i < classes.Length; i++)
        {
            var row = scores.Slice(i * count, count);
            int own = (int)classes[i], smaller = 0;
            T score = row[own];
            for (int k = 0; k < own; k++) smaller += row[k] < score ? 1 : 0;
            for (int k = own; k < row.Length; k++) smaller += row[k] <= score ? 1 : 0;
            right += smaller == row.Length ? 1 : 0;
        }
        return right;
    }

    /// <summary>The same by operations, on a device that nobody waits for: there a class that does not exist is never right.</summary>
    static Tensor Right(Tensor rows, Tensor classes)
    {
        var own = rows.Gather(1, classes.Clamp(0, rows.Shape[1] - 1).Unsqueeze(1)).Squeeze(1);           // [n]
        return (rows.ArgMax(1).Eq(classes) & own.Eq(own)).To(DType.Float64).Sum();
    }
}
