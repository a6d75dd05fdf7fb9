using Candeia.Kernels;

namespace Candeia;

/// <summary>The discrete Fourier transform of complex numbers along a dimension: scale · Σ xⱼ·e^(∓2πijk/n).</summary>
/// <param name="Dim">The dimension.</param>
/// <param name="Inverse">Whether the exponent is positive.</param>
/// <param name="Scale">The factor.</param>
public sealed record FftOp(int Dim, bool Inverse, double Scale) : Op
{
    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override bool TakesNarrow => true;

    /// <summary>The same with the other sign.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [(this with { Inverse = !Inverse }).Apply(grad)];

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run(x.Shape, x.DType, x);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => FftCalls.Complexes(x[0], outputs[0], Dim, Inverse, Scale);
}

/// <summary>The first half of the Fourier transform of n real numbers along a dimension, n / 2 + 1 complex ones: the others are their conjugates.</summary>
/// <param name="Dim">The dimension.</param>
/// <param name="Scale">The factor.</param>
/// <param name="Whole">Whether the conjugates are wanted too: n complex numbers, in hardly more time.</param>
public sealed record RfftOp(int Dim, double Scale, bool Whole = false) : Op
{
    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override bool TakesNarrow => true;

    /// <summary>The real part of the inverse transform of what there is.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(node);
        var shape = node.Inputs[0].Shape;
        var whole = shape[Dim] == grad.Shape[Dim] ? grad : new UnsliceOp(new(Dim, 0, grad.Shape[Dim]), shape).Apply(grad);
        return [new FftOp(Dim, Inverse: true, Scale).Apply(whole).Real().To(node.Inputs[0].DType)];
    }

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run(Whole ? x.Shape : x.Shape.With(Dim, x.Shape[Dim] / 2 + 1), x.DType.Complex(), x.To(x.DType.Wide()));
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => FftCalls.Real(x[0], outputs[0], Dim, Whole, Scale);
}

/// <summary>The n real numbers along a dimension of which the first n / 2 + 1 of the Fourier transform are given: the inverse of <see cref="RfftOp"/>, times n.</summary>
/// <param name="Dim">The dimension.</param>
/// <param name="N">How many.</param>
/// <param name="Scale">The factor.</param>
public sealed record IrfftOp(int Dim, int N, double Scale) : Op
{
    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override bool TakesNarrow => true;

    /// <summary>The transform, twice where a number stands for its conjugate too.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        var half = new RfftOp(Dim, Scale).Apply(grad);
        int count = half.Shape[Dim], twice = (N - 1) / 2;
        if (twice == 0) return [half];
        Tensor[] parts = N % 2 == 0 ? [half.Narrow(Dim, 0, 1), half.Narrow(Dim, 1, twice) * 2, half.Narrow(Dim, count - 1, 1)] : [half.Narrow(Dim, 0, 1), half.Narrow(Dim, 1, twice) * 2];
        return [Tensor.Cat(parts, Dim)];
    }

    /// <summary>Applies the op to n / 2 + 1 complex numbers.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run(x.Shape.With(Dim, N), x.DType.Real(), x);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => FftCalls.Half(x[0], outputs[0], Dim, Scale);
}
