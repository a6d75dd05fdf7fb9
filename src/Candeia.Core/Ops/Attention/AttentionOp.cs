using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// softmax(scale·q·kᵀ + mask)·v. Inputs: q [.., n, d], k [.., m, d] and v [.., m, e], with the same leading sizes (but for the last of them, the heads: those of q are a
/// multiple of the others'), and, if there is one, a mask that broadcasts to [.., n, m]. The result has the order of q in memory, so that heads which were a view
/// are one afterwards.
/// </summary>
/// <param name="Scale">What products are multiplied by.</param>
/// <param name="Causal">Whether query i sees the keys up to i + <paramref name="Before"/> only.</param>
/// <param name="Before">How many keys stand before the first query.</param>
/// <param name="Dropout">The probability with which a weight is dropped.</param>
/// <param name="Start">From where the words of dropout are drawn: word i for weight i of all, in row-major order.</param>
public sealed record AttentionOp(double Scale, bool Causal = false, int Before = 0, double Dropout = 0, GeneratorState Start = default) : Op
{
    /// <inheritdoc/>
    protected internal override string Name => "ScaledDotProductAttention";

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <summary>The logarithm of the sum of each query's exponentials; infinity where it sees nothing.</summary>
    protected internal override TensorSpec[] Saves(ReadOnlySpan<Tensor> x) => [new(x[0].Shape.Slice(0, x[0].Rank - 1), x[0].DType.Wide())];

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(node);
        var x = node.Inputs;
        var wanted = node.Needs(0) ? Wanted.Input : Wanted.Nothing;
        if (node.Needs(1) || node.Needs(2)) wanted |= Wanted.Weight | Wanted.Bias;
        var gradients = new AttentionGradientsOp(this, wanted).Apply([grad, x[0], x[1], x[2], node.Output, node.Saved[0], .. x[3..]]);
        return x.Length > 3 ? [.. gradients, null] : gradients;
    }

    /// <summary>Applies the op; see <see cref="AttentionOp"/> for the shapes. A mask of numbers gets no gradient here.</summary>
    /// <exception cref="ShapeException">The sizes do not match.</exception>
    public Tensor Apply(Tensor q, Tensor k, Tensor v, Tensor? mask = null)
    {
        ArgumentNullException.ThrowIfNull(q);
        ArgumentNullException.ThrowIfNull(k);
        ArgumentNullException.ThrowIfNull(v);
        int lead = q.Rank - 2;
        bool fits = lead >= 0 && k.Rank == q.Rank && v.Rank == q.Rank && q.Shape[^1] == k.Shape[^1] && k.Shape[^2] == v.Shape[^2];
        for (int d = 0; fits && d < lead; d++)
            fits = k.Shape[d] == v.Shape[d] && (q.Shape[d] == k.Shape[d] || d == lead - 1 && k.Shape[d] > 0 && q.Shape[d] % k.Shape[d] == 0);
        if (!fits)
            throw new ShapeException($"Attention needs queries [.., n, d], keys [.., m, d] and values [.., m, e] with the same leading sizes, not {q.Shape}, {k.Shape} and {v.Shape}.");
        if (!q.DType.IsFloatingPoint() || k.DType != q.DType || v.DType != q.DType || mask is not null && mask.DType != DType.Bool && mask.DType != q.DType)
            throw new ArgumentException(
                $"Attention needs queries, keys and values of one floating-point type, "
                + $"not {q.DType}, {k.DType} and {v.DType}; convert with To(dtype).");
        if (mask is not null) _ = MaskShape(mask, q, k);
        var layout = LayoutLike(q, v.Shape[^1]);
        return mask is null ? Run(layout, q.DType, q, k, v) : Run(layout, q.DType, q, k, v, mask);
    }

    static Shape MaskShape(Tensor mask, Tensor q, Tensor k)
    {
        Shape scores = [.. q.Shape.Sizes[..^1], k.Shape[^2]];
        bool fits = mask.Rank <= scores.Rank;
        for (int i = 1; fits && i <= mask.Rank; i++) fits = mask.Shape[^i] == 1 || mask.Shape[^i] == scores[^i];
        return fits ? scores : throw new ShapeException($"The mask of attention must broadcast to {scores}, which {mask.Shape} does not.");
    }

    /// <summary>The order of a tensor in memory, but with the numbers of a row side by side.</summary>
    internal static Layout LayoutLike(Tensor x, int rowSize)
    {
        int last = x.Rank - 1;
        var shape = x.Shape.With(last, rowSize);
        var strides = new long[x.Rank];
        long stride = strides[last] = 1;
        stride *= Math.Max(1, rowSize);
        foreach (int d in x.Layout.Order(stackalloc int[x.Rank]))
        {
            if (d == last) continue;
            strides[d] = stride;
            stride *= Math.Max(1, shape[d]);
        }
        return new(shape, strides);
    }

    /// <inheritdoc/>
    protected internal override long MultiplyAdds(ReadOnlySpan<Tensor> x, Shape y) => y.Numel / Math.Max(1, y[^1]) * x[1].Shape[^2] * (x[0].Shape[^1] + y[^1]);

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => CutOf(x, y, mask: 3);

    /// <summary>One index of the first dimension after the other, unless what is dropped depends on all that come before.</summary>
    internal Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y, int mask)
    {
        if (x[0].Rank < 3 || Dropout != 0) return null;
        var cut = Cut.Rows(x, y);
        if (x.Length > mask && (x[mask].Rank < x[0].Rank || x[mask].Shape[0] == 1)) cut.Inputs[mask] = Cut.Whole;
        return cut;
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => AttentionCalls.Forward(this, x, outputs);

    /// <summary>The result by other ops, with all scores in memory.</summary>
    internal Tensor Compose(ReadOnlySpan<Tensor> x) => Weights(x[0], x[1], x.Length > 3 ? x[3] : null).MatMul(Repeated(x[2], x[0]));

    /// <summary>What values are multiplied by, all of it: [.., n, m].</summary>
    internal Tensor Weights(Tensor q, Tensor k, Tensor? mask)
    {
        var scores = (q * Scale).MatMul(Repeated(k, q).Transpose(-2, -1));   // [.., n, m]
        int n = q.Shape[^2], m = k.Shape[^2];
        Tensor? hidden = mask is null ? null : mask.DType == DType.Bool ? !mask : mask.Eq(double.NegativeInfinity);
        if (Causal)
        {
            var ahead = Tensor.Ones([n, m], DType.Bool, q.Device).Triu(1 + Before);
            hidden = hidden is null ? ahead : hidden | ahead;
        }
        if (mask is not null && mask.DType != DType.Bool) scores = scores + mask.MaskedFill(mask.Eq(double.NegativeInfinity), 0);
        if (hidden is null) return Dropped(scores.Softmax(-1));
        var blind = hidden.All([-1], keepDim: true);                            // these see all, whatever that is, and forget it
        return Dropped(scores.MaskedFill(hidden & !blind, double.NegativeInfinity).Softmax(-1).MaskedFill(blind, 0));

        Tensor Dropped(Tensor weights) => Dropout == 0 ? weights
            : new DropoutOp(Dropout == 1 ? 0 : 1 / (1 - Dropout)).Apply(weights, new BernoulliOp(1 - Dropout, Start).Apply(weights.Shape, DType.UInt8, q.Device));
    }

    /// <summary>Keys or values once for each head of queries.</summary>
    static Tensor Repeated(Tensor k, Tensor q)
    {
        if (q.Rank < 3 || k.Shape[^3] == q.Shape[^3]) return k;
        int heads = k.Shape[^3], group = q.Shape[^3] / heads;
        int[] wide = [.. k.Shape.Sizes[..^2], group, .. k.Shape.Sizes[^2..]];
        return k.Unsqueeze(-3).Expand(Shape.Create(wide)).Flatten(k.Rank - 3, k.Rank - 2);
    }
}
