namespace Candeia;

/// <summary>
/// Σ |x|ᵖ along some dimensions, or Σ |x − mean|², of float16 and bfloat16 as float32. Nothing of the size of x is made where rows, one after the other,
/// become a number each. Inputs: x and, if there is one, the mean in the type of the sums, with its dimensions kept.
/// </summary>
/// <param name="Dims">The dimensions that disappear.</param>
/// <param name="Power">p; 2 where there is a mean.</param>
/// <param name="KeepDim">Whether these dimensions stay, with size 1.</param>
public sealed record PowersOp(Dims Dims, double Power, bool KeepDim = false) : ReductionOp(Dims, KeepDim)
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    private protected override bool IsWide => true;

    private protected override DType Result(DType x) => x.IsFloatingPoint() ? x
        : throw new ArgumentException($"{Name} takes floating-point numbers, not {x}; convert with To(dtype).");

    private protected override Op Join => new AddOp();

    /// <summary>Applies the op to distances from a mean.</summary>
    public Tensor Apply(Tensor x, Tensor mean)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(mean);
        return Run(Kept(x), Result(x.DType).Wide(), x, mean);
    }

    /// <summary>The mean's own gradient is zero, for the distances add up to that; only a second derivative sees it.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(node);
        var x = node.Inputs;
        var gradient = new PowersGradientOp(Power).Apply(Stretch(grad, x[0].Shape), x[0], x.Length > 1 ? x[1] : null);
        if (x.Length == 1) return [gradient];
        return [gradient, Autograd.Enabled && node.Needs(1) ? -new SumOp(Dims, KeepDim: true) { Widens = true }.Apply(gradient) : null];
    }

    private protected override int[] Inputs(ReadOnlySpan<Tensor> x, int dim) =>
        x.Length == 1 ? [dim] : [dim, x[1].Shape[dim] == x[0].Shape[dim] ? dim : Cut.Whole];

    private protected override Tensor Prepared(ReadOnlySpan<Tensor> x) => Power is 1 or 2 ? x[0] : x[0].Abs().Pow(Power);

    private protected override Tensor? Around(ReadOnlySpan<Tensor> x) => x.Length > 1 ? x[1] : null;

    private protected override void Reduce(Reductions rows)
    {
        if (Power == 2) rows.SumOfSquares();
        else if (Power == 1) rows.SumOfMagnitudes();
        else rows.Sum();
    }
}

/// <summary>The gradient of <see cref="PowersOp"/>. Inputs: the gradient of the sums, stretched, x, and the mean, if there is one.</summary>
/// <param name="Power">p.</param>
public sealed record PowersGradientOp(double Power) : GradientOp
{
    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor grad, Tensor x, Tensor? mean)
    {
        ArgumentNullException.ThrowIfNull(grad);
        ArgumentNullException.ThrowIfNull(x);
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"{Name} takes floating-point numbers, not {x.DType}; convert with To(dtype).");
        return mean is null ? Run(x.Layout.Dense(), x.DType, grad, x) : Run(x.Layout.Dense(), x.DType, grad, x, mean);
    }

    /// <inheritdoc/>
    protected internal override Tensor[] Compose(ReadOnlySpan<Tensor> x) =>
        [Wide(x[0], x[1].To(x[1].DType.Wide()), x.Length > 2 ? x[2] : null).To(x[1].DType)];

    Tensor Wide(Tensor grad, Tensor x, Tensor? mean)
    {
        var away = mean is null ? x : x - mean;
        return Power == 2 ? 2 * grad * away : Power * grad * away.Abs().Pow(Power - 1) * away.Sign();
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        int dim = Cut.Best(y[0].Shape, _ => true);
        return dim == Cut.Whole ? null : new(x.Length == 2 ? [dim, dim] : [dim, dim, x[2].Shape[dim] == y[0].Shape[dim] ? dim : Cut.Whole], [dim]);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        CopyOp.Into(outputs[0], Wide(x[0], x[1], x.Length > 2 ? x[2] : null));
}
