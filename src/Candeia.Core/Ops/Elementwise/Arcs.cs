using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The angle from 0 to π whose cosine is x.</summary>
public sealed record AcosOp : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("acos(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Acos(x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => ComplexMath.Acos(z);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => -grad * (1 - x * x).Rsqrt().Conj();
}

/// <summary>The angle from −π/2 to π/2 whose sine is x.</summary>
public sealed record AsinOp : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("asin(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Asin(x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => ComplexMath.Asin(z);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (1 - x * x).Rsqrt().Conj();
}

/// <summary>The number from 0 on whose hyperbolic cosine is x.</summary>
public sealed record AcoshOp : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("acosh(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Acosh(x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => ComplexMath.Acosh(z);

    /// <summary>Of complex numbers by two roots: that of the product has another cut.</summary>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) =>
        grad * (x.DType.IsComplex() ? ((x + 1).Rsqrt() * (x - 1).Rsqrt()).Conj() : (x * x - 1).Rsqrt());
}

/// <summary>The number whose hyperbolic sine is x.</summary>
public sealed record AsinhOp : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("asinh(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Asinh(x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => ComplexMath.Asinh(z);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (x * x + 1).Rsqrt().Conj();
}

/// <summary>The number whose hyperbolic tangent is x.</summary>
public sealed record AtanhOp : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("atanh(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Atanh(x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => ComplexMath.Atanh(z);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad / (1 - x * x).Conj();
}

public static partial class TensorOps
{
    /// <summary>The angle from 0 to π whose cosine is x, element by element; not a number outside −1 … 1.</summary>
    /// <param name="x">Numbers from −1 to 1, of any shape, which the result keeps; others have no such angle (NaN), unless x is complex.</param>
    /// <example><code>Tensor x = [1, 0]; var y = x.Acos();                              // [0, 1.5708]</code></example>
    public static Tensor Acos(this Tensor x) => new AcosOp().Apply(x);

    /// <summary>The angle from −π/2 to π/2 whose sine is x, element by element; not a number outside −1 … 1.</summary>
    /// <param name="x">Numbers from −1 to 1, of any shape, which the result keeps; others have no such angle (NaN), unless x is complex.</param>
    /// <example><code>Tensor x = [0, 1]; var y = x.Asin();                              // [0, 1.5708]</code></example>
    public static Tensor Asin(this Tensor x) => new AsinOp().Apply(x);

    /// <summary>The number from 0 on whose hyperbolic cosine is x, element by element; not a number below 1.</summary>
    /// <param name="x">Numbers from 1 on, of any shape, which the result keeps; others have none (NaN), unless x is complex.</param>
    /// <example><code>Tensor x = [1, 2]; var y = x.Acosh();                             // [0, 1.3170]</code></example>
    public static Tensor Acosh(this Tensor x) => new AcoshOp().Apply(x);

    /// <summary>The number whose hyperbolic sine is x, element by element.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>Tensor x = [0, 1]; var y = x.Asinh();                             // [0, 0.8814]</code></example>
    public static Tensor Asinh(this Tensor x) => new AsinhOp().Apply(x);

    /// <summary>The number whose hyperbolic tangent is x, element by element; infinite at −1 and 1, not a number beyond.</summary>
    /// <param name="x">Numbers between −1 and 1, of any shape, which the result keeps; ±1 gives ±∞.</param>
    /// <example><code>Tensor x = [0, 0.5]; var y = x.Atanh();                           // [0, 0.5493]</code></example>
    public static Tensor Atanh(this Tensor x) => new AtanhOp().Apply(x);
}
