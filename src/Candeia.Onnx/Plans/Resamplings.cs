namespace Candeia.Onnx;

/// <summary>Sums of what stands at places, each with its weight: what is written where images get another size, and one op here.</summary>
internal static class Resamplings
{
    sealed record Term(int Source, int Dim, long[] Places, Tensor? Weights);

    /// <summary>One step in the place of a sum of rows that are gathered from one value along one dimension; null where it is something else.</summary>
    public static Step? Of(Step step, Producers producers)
    {
        if (step.Op is not ("Add" or "Mul") || step.Outputs is not [>= 0 and var value]) return null;
        List<Term> terms = [];
        if (!Collect(value, producers, terms) || terms.TrueForAll(t => t.Weights is null)) return null;
        var (source, dim) = (terms[0].Source, terms[0].Dim);
        int outputs = terms[0].Places.Length;
        if (!terms.TrueForAll(t => t.Source == source && t.Dim == dim && t.Places.Length == outputs && (t.Weights is null || t.Weights.Numel == outputs && t.Weights.Shape[0] == outputs))) return null;
        int[] ranks = [.. terms.Where(t => t.Weights is not null).Select(t => t.Weights!.Rank).Distinct()];
        if (ranks.Length != 1) return null;
        double[]?[] weights = [.. terms.Select(t => t.Weights?.ToArray<double>())];
        Taps? taps = null;
        return new Step("Resample", step.Title, x =>
        {
            if (x[0].Rank != dim + ranks[0]) return [Sum(x[0], dim, terms)];
            if (taps is null || taps.Inputs != x[0].Shape[dim])
                taps = Taps.Of(x[0].Shape[dim], outputs, (i, add) =>
                {
                    for (int k = 0; k < terms.Count; k++)
                        if (weights[k]?[i] is var w && w != 0) add((int)terms[k].Places[i], w ?? 1);
                });
            return [new ResampleOp(dim, taps).Apply(x[0])];
        }, [source], step.Outputs, []);
    }

    // Weights that stand along another dimension than the places.
    static Tensor Sum(Tensor x, int dim, List<Term> terms) =>
        terms.Select(t => x.IndexSelect(dim, Tensor.From(t.Places).To(x.Device)) is var rows && t.Weights is not null ? rows * t.Weights : rows).Aggregate((a, b) => a + b);

    static bool Collect(int value, Producers producers, List<Term> terms)
    {
        if (producers.Written(value) is { Op: "Add", Inputs: [var left, var right] }) return Collect(left, producers, terms) && Collect(right, producers, terms);
        if (TermOf(value, producers) is not { } term) return false;
        terms.Add(term);
        return true;
    }

    static Term? TermOf(int value, Producers producers)
    {
        if (producers.Written(value) is not { } step) return null;
        if (step is { Op: "Mul", Inputs: [var rows, var weights] } && producers.Begin(weights) is { Rank: > 0, RequiresGrad: false } w && w.DType.IsFloatingPoint())
            return producers.Written(rows) is { Op: "Gather" } gather ? Gathered(gather, producers, w) : null;
        return step.Op == "Gather" ? Gathered(step, producers, null) : null;
    }

    static Term? Gathered(Step gather, Producers producers, Tensor? weights) =>
        producers.Begin(gather.Inputs[0]) is null && producers.Begin(gather.Inputs[1]) is { Rank: 1, DType: DType.Int64 } places && (int)(gather.Numbers.GetValueOrDefault("axis")?[0] ?? 0) is >= 0 and var dim
            && places.ToArray<long>() is var at && Array.TrueForAll(at, p => p >= 0)
            ? new(gather.Inputs[0], dim, at, weights) : null;
}
