using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia;

/// <summary>2 to the power of x.</summary>
public sealed record Exp2Op : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("exp2(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Exp2(x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => Complex.Exp(z * Math.Log(2));

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * y.Conj() * Math.Log(2);
}

/// <summary>The logarithm to the base 2.</summary>
public sealed record Log2Op : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("log2(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Log2(x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => ComplexMath.Log(z) / Math.Log(2);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad / (x * Math.Log(2)).Conj();
}

/// <summary>The logarithm to the base 10.</summary>
public sealed record Log10Op : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("log10(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Log10(x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => ComplexMath.Log(z) / Math.Log(10);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad / (x * Math.Log(10)).Conj();
}

public static partial class TensorOps
{
    /// <summary>2 to the power of x, element by element.</summary>
    /// <param name="x">The exponents, of any shape, which the result keeps.</param>
    /// <example><code>Tensor x = [0, 3]; var y = x.Exp2();                              // [1, 8]</code></example>
    public static Tensor Exp2(this Tensor x) => new Exp2Op().Apply(x);

    /// <summary>The logarithm to the base 2, element by element.</summary>
    /// <param name="x">Numbers above 0, of any shape, which the result keeps; 0 gives −∞, and what is below 0 has no logarithm (NaN).</param>
    /// <example><code>Tensor x = [1, 8]; var y = x.Log2();                              // [0, 3]</code></example>
    public static Tensor Log2(this Tensor x) => new Log2Op().Apply(x);

    /// <summary>The logarithm to the base 10, element by element.</summary>
    /// <param name="x">Numbers above 0, of any shape, which the result keeps; 0 gives −∞, and what is below 0 has no logarithm (NaN).</param>
    /// <example><code>Tensor x = [1, 100]; var y = x.Log10();                           // [0, 2]</code></example>
    public static Tensor Log10(this Tensor x) => new Log10Op().Apply(x);
}
