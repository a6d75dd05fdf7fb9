using Candeia.Kernels;

namespace Candeia;

/// <summary>An activation whose gradient comes from its input, each in one pass.</summary>
public abstract record ActivationOp : FloatOp
{
    private protected ActivationOp()
    {
    }

    /// <inheritdoc/>
    protected internal sealed override Keeps Keeps => Keeps.Inputs;

    /// <summary>The derivative as an expression of the input, which is b there.</summary>
    internal abstract Formula SlopeFormula { get; }

    /// <summary>How steep it is, by ops that have derivatives themselves.</summary>
    internal abstract Tensor Slope(Tensor x);

    /// <summary>grad times the slope at x, in one pass over the result, grad and x.</summary>
    internal abstract void Gradient(Runs runs, DType dtype);

    /// <inheritdoc/>
    protected sealed override Tensor Backward(Tensor x, Tensor y, Tensor grad) => new SlopeOp(this).Apply(grad, x);

    private protected static void Gradient<TActivation>(TActivation activation, Runs runs, DType dtype) where TActivation : struct, IActivation =>
        MapCalls.Gradient(new SlopeMap<TActivation>(activation), runs, dtype);

    private protected static Tensor Step(Tensor x) => (x > 0).To(x.DType);
}

/// <summary>The gradient of an activation, from its input.</summary>
/// <param name="Activation">Which.</param>
public sealed record SlopeOp(ActivationOp Activation) : ActivationGradientOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new($"a * ({Activation.SlopeFormula.Text})", Activation.SlopeFormula.Numbers);

    /// <inheritdoc/>
    protected override Tensor Compose(Tensor grad, Tensor value) => grad * Activation.Slope(value);

    private protected override void Compute(Runs runs, DType dtype) => Activation.Gradient(runs, dtype);
}

/// <summary>x where it is positive, NegativeSlope·x elsewhere.</summary>
/// <param name="NegativeSlope">How much of a negative number passes.</param>
public sealed record LeakyReluOp(double NegativeSlope) : ActivationOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a > 0 ? a : a * k0", NegativeSlope);

    internal override Formula SlopeFormula => new("b > 0 ? (T)1 : k0", NegativeSlope);

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.Map.Run(new LeakyReluMap(NegativeSlope), x, y);

    internal override void Gradient(Runs runs, DType dtype) => Gradient(new LeakyReluMap(NegativeSlope), runs, dtype);

    internal override Tensor Slope(Tensor x) => Step(x) * (1 - NegativeSlope) + NegativeSlope;
}

/// <summary>Scale·x where it is positive, Scale·Alpha·(e^(Rate·x) − 1) elsewhere: ELU, and with their constants SELU and CELU.</summary>
/// <param name="Alpha">How far below 0 it goes.</param>
/// <param name="Scale">What all is multiplied by.</param>
/// <param name="Rate">How fast it comes there.</param>
public sealed record EluOp(double Alpha, double Scale = 1, double Rate = 1) : ActivationOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("(a > 0 ? a : expm1(a * k2) * k0) * k1", Alpha, Scale, Rate);

    internal override Formula SlopeFormula => new("b > 0 ? k1 : exp(b * k2) * (k0 * k1 * k2)", Alpha, Scale, Rate);

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.Map.Run(new EluMap(Alpha, Scale, Rate), x, y);

    internal override void Gradient(Runs runs, DType dtype) => Gradient(new EluMap(Alpha, Scale, Rate), runs, dtype);

    internal override Tensor Slope(Tensor x) => (x > 0).Where(Tensor.Number(Scale, x.DType), (x.Clamp(max: 0) * Rate).Exp() * (Alpha * Scale * Rate));
}

/// <summary>min(max(x + 3, 0), 6) / 6.</summary>
public sealed record HardsigmoidOp : ActivationOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("min_@((T)6, max_@((T)0, a + 3)) / 6");

    internal override Formula SlopeFormula => new("fabs(b) < 3 ? (T)1 / 6 : (T)0");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.Map.Run(new HardsigmoidMap(), x, y);

    internal override void Gradient(Runs runs, DType dtype) => Gradient(new HardsigmoidMap(), runs, dtype);

    internal override Tensor Slope(Tensor x) => (x.Abs() < 3).To(x.DType) / 6;
}

/// <summary>x·min(max(x + 3, 0), 6) / 6.</summary>
public sealed record HardswishOp : ActivationOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a * (min_@((T)6, max_@((T)0, a + 3)) / 6)");

    internal override Formula SlopeFormula => new("fabs(b) < 3 ? b / 3 + (T)0.5 : b <= -3 ? (T)0 : (T)1");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.Map.Run(new HardswishMap(), x, y);

    internal override void Gradient(Runs runs, DType dtype) => Gradient(new HardswishMap(), runs, dtype);

    internal override Tensor Slope(Tensor x) => (x.Abs() < 3).Where(x / 3 + 0.5, Step(x));
}

/// <summary>log(1 + e^(Beta·x)) / Beta.</summary>
/// <param name="Beta">How sharply it bends at 0.</param>
public sealed record SoftplusOp(double Beta) : ActivationOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("softplus_@(a * k0) / k0", Beta);

    internal override Formula SlopeFormula => new("sigmoid_@(b * k0)", Beta);

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.Map.Run(new SoftplusMap(Beta), x, y);

    internal override void Gradient(Runs runs, DType dtype) => Gradient(new SoftplusMap(Beta), runs, dtype);

    internal override Tensor Slope(Tensor x) => (x * Beta).Sigmoid();
}

/// <summary>The logarithm of the sigmoid.</summary>
public sealed record LogSigmoidOp : ActivationOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("-softplus_@(-a)");

    internal override Formula SlopeFormula => new("sigmoid_@(-b)");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.Map.Run(new LogSigmoidMap(), x, y);

    internal override void Gradient(Runs runs, DType dtype) => Gradient(new LogSigmoidMap(), runs, dtype);

    internal override Tensor Slope(Tensor x) => (-x).Sigmoid();
}

/// <summary>x·tanh(log(1 + eˣ)).</summary>
public sealed record MishOp : ActivationOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a * tanh(softplus_@(a))");

    internal override Formula SlopeFormula => new("mish_slope_@(b)");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.Map.Run(new MishMap(), x, y);

    internal override void Gradient(Runs runs, DType dtype) => Gradient(new MishMap(), runs, dtype);

    internal override Tensor Slope(Tensor x)
    {
        var t = new SoftplusOp(1).Apply(x).Tanh();
        return t + x * x.Sigmoid() * (1 - t * t);
    }
}
