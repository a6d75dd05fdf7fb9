namespace Candeia.Training;

/// <summary>Brings scores and classes to one row and one number per sample, or refuses.</summary>
internal static class Scores
{
    /// <summary>Scores [n, classes, …] with class indices [n, …] as [samples, classes] and [samples].</summary>
    public static (Tensor Scores, long[] Classes) Match(string metric, Tensor output, Tensor target)
    {
        if (output.Rank < 2 || (output.Rank == 2 ? target.Rank != 1 || target.Shape[0] != output.Shape[0] : !target.Shape.SequenceEqual([output.Shape[0], .. output.Shape.Skip(2)])))
            throw new ShapeException(
                $"{metric} compares scores [n, classes] (or [n, classes, …]) with class indices [n] (or [n, …]), not {output.Shape} with {target.Shape}.");
        int count = output.Shape[1];
        long[] classes = target.ToArray<long>();
        foreach (long c in classes)
            if (c < 0 || c >= count) throw new ArgumentOutOfRangeException(nameof(target), $"{metric}: a target has the class {c}; scores {output.Shape} are for the classes 0 … {count - 1}.");
        var rows = output.Rank == 2 ? output : output.Movedim(1, -1).Reshape(classes.Length, count);
        return (rows, classes);
    }

    /// <summary>Scores and truths of a decision between two, one each per sample.</summary>
    public static (double[] Scores, bool[] Positive) MatchBinary(string metric, Tensor output, Tensor target)
    {
        var (o, t) = Pairs.Match(metric, output, target);
        return (o.ToArray<double>(), Array.ConvertAll(t.ToArray<double>(), IsPositive));

        bool IsPositive(double y) => y is 0 or 1 ? y == 1 : throw new ArgumentOutOfRangeException(nameof(target), $"{metric}: a target is 0 or 1, not {y}.");
    }
}
