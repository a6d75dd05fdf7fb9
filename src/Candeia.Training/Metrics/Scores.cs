namespace Candeia.Training;

/// <summary>
/// Brings scores and classes to one row and one number per sample, or refuses. Shapes are checked at once; values where they lie in the CPU's memory, as
/// nobody waits for them there.
/// </summary>
internal static class Scores
{
    /// <summary>Scores [n, classes, …] with class indices [n, …] as [samples, classes] and [samples].</summary>
    public static (Tensor Rows, Tensor Classes) Match(string metric, Tensor output, Tensor target)
    {
        if (output.Rank < 2 || (output.Rank == 2 ? target.Rank != 1 || target.Shape[0] != output.Shape[0] : !target.Shape.SequenceEqual([output.Shape[0], .. output.Shape.Skip(2)])))
            throw new ShapeException(
                $"{metric} compares scores [n, classes] (or [n, classes, …]) with class indices [n] (or [n, …]), not {output.Shape} with {target.Shape}.");
        int count = output.Shape[1];
        var rows = output.Rank == 2 ? output : output.Movedim(1, -1).Reshape(checked((int)target.Numel), count);
        return (rows, target.Flatten().To(DType.Int64));
    }

    /// <summary>Class indices as numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is none of the classes.</exception>
    public static long[] Read(string metric, Tensor classes, int count)
    {
        long[] values = classes.ToArray<long>();
        foreach (long c in values)
            if (c < 0 || c >= count) throw new ArgumentOutOfRangeException(nameof(classes), $"{metric}: a target has the class {c}; scores [{values.Length}, {count}] are for the classes 0 … {count - 1}.");
        return values;
    }

    /// <summary>Scores and truths, 0 or 1, of a decision between two, one each per sample.</summary>
    public static (Tensor Scores, Tensor Truth) MatchBinary(string metric, Tensor output, Tensor target)
    {
        var (o, t) = Pairs.Match(metric, output, target);
        return (o.Flatten(), t.Flatten());
    }

    /// <summary>Truths as answers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is neither 0 nor 1.</exception>
    public static bool[] Read(string metric, Tensor truth)
    {
        return Array.ConvertAll(truth.ToArray<double>(), IsPositive);

        bool IsPositive(double y) => y is 0 or 1 ? y == 1 : throw new ArgumentOutOfRangeException(nameof(truth), $"{metric}: a target is 0 or 1, not {y}.");
    }
}
