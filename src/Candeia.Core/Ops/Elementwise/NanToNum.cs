namespace Candeia;

/// <summary>x, with numbers in place of not-a-number and infinities.</summary>
/// <param name="Nan">In place of not-a-number.</param>
/// <param name="Positive">In place of +∞.</param>
/// <param name="Negative">In place of −∞.</param>
public sealed record NanToNumOp(double Nan, double Positive, double Negative) : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a - a == 0 ? a : a != a ? k0 : a > 0 ? k1 : k2", Nan, Positive, Negative);

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        T nan = T.CreateTruncating(Nan), positive = T.CreateTruncating(Positive), negative = T.CreateTruncating(Negative);
        for (int i = 0; i < y.Length; i++) y[i] = T.IsFinite(x[i]) ? x[i] : T.IsNaN(x[i]) ? nan : x[i] > T.Zero ? positive : negative;
    }

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => x.IsFinite().Where(grad, 0);
}

public static partial class TensorOps
{
    /// <summary>Numbers in place of not-a-number and infinities, element by element; whole numbers are as they are.</summary>
    /// <param name="x">The values.</param>
    /// <param name="nan">In place of not-a-number.</param>
    /// <param name="posInf">In place of +∞: the largest number of the type, if none is named.</param>
    /// <param name="negInf">In place of −∞: the smallest number of the type, if none is named.</param>
    /// <example><code>Tensor x = [double.NaN, double.PositiveInfinity]; var y = x.NanToNum(posInf: 9);  // [0, 9]</code></example>
    public static Tensor NanToNum(this Tensor x, double nan = 0, double? posInf = null, double? negInf = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.DType.IsComplex()) return Tensor.Complex(x.Real().NanToNum(nan, posInf, negInf), x.Imag().NanToNum(nan, posInf, negInf));
        if (!x.DType.HasGradients()) return x;
        var facts = Finfo.Of(x.DType);
        return new NanToNumOp(nan, posInf ?? facts.Max, negInf ?? facts.Min).Apply(x);
    }
}
