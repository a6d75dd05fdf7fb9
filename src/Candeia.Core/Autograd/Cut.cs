namespace Candeia;

/// <summary>
/// How an op can be computed in parts, one after the other, so that little of what is only stored is wide at a time: along which dimension each
/// operand is cut. Where a size is a multiple of the number of the others' parts, as many numbers belong to each.
/// </summary>
/// <param name="Inputs">The dimension of each input, or <see cref="Whole"/> where every part needs all of it.</param>
/// <param name="Outputs">The dimension of each output, or <see cref="Whole"/> where what the parts give comes together by <see cref="Join"/>.</param>
internal sealed record Cut(int[] Inputs, int[] Outputs)
{
    /// <summary>How many elements are wide at a time, about.</summary>
    public const long Most = 1 << 20;

    /// <summary>Not cut.</summary>
    public const int Whole = -1;

    /// <summary>The op of two inputs by which results of parts come together.</summary>
    public Op? Join { get; init; }

    /// <summary>
    /// Along the first dimension of the results and of the first inputs, all of them unless told otherwise; the others are needed whole.
    /// </summary>
    public static Cut Rows(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y, int inputs = int.MaxValue) => Along(0, x, y, inputs);

    /// <summary>
    /// Of a layer whose second input is a weight [outputs, …], as all further ones are: along the first dimension of what it is applied to or, where the weight is the
    /// largest, along its outputs.
    /// </summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The result.</param>
    /// <param name="dim">The dimension of the outputs in the result.</param>
    public static Cut Layer(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y, int dim)
    {
        if (!IsHeavy(x[1], x[0], y[0])) return Rows(x, y, inputs: 1);
        int[] inputs = new int[x.Length];
        inputs[0] = Whole;
        return new(inputs, [dim]);
    }

    /// <summary>Whether a weight is larger than what it is applied to and what comes of it.</summary>
    public static bool IsHeavy(Tensor weight, Tensor x, Tensor y) => weight.Numel > Math.Max(Most, x.Numel + y.Numel);

    /// <summary>Along any dimension but one, of operands that have the same.</summary>
    public static Cut? Beside(int dim, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        var shape = x[0].Shape;
        int besides = shape.Rank == 0 ? Whole : shape.Dim(dim), best = Best(shape, d => d != besides);
        return best == Whole ? null : Along(best, x, y, int.MaxValue);
    }

    /// <summary>The first dimension whose parts are small enough, or else the largest, of those that may be cut.</summary>
    public static int Best(Shape shape, Predicate<int> may)
    {
        int best = Whole;
        for (int d = 0; d < shape.Rank; d++)
        {
            if (!may(d) || shape[d] == 0) continue;
            if (shape.Numel / shape[d] <= Most) return d;
            if (best == Whole || shape[d] > shape[best]) best = d;
        }
        return best;
    }

    static Cut Along(int dim, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y, int inputs)
    {
        int[] cut = new int[x.Length], outputs = new int[y.Length];
        for (int i = 0; i < cut.Length; i++) cut[i] = i < inputs ? dim : Whole;
        outputs.AsSpan().Fill(dim);
        return new(cut, outputs);
    }
}
