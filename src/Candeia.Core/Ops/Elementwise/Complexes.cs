using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Candeia.Kernels;

namespace Candeia;

/// <summary>One complex number in, one real number out.</summary>
public abstract record ComplexPartOp : Op
{
    /// <summary>The real numbers of neighbouring elements.</summary>
    private protected abstract void Map(ReadOnlySpan<Complex> x, Span<double> y);

    /// <inheritdoc/>
    protected internal sealed override bool TakesNarrow => true;

    /// <inheritdoc/>
    protected internal sealed override bool DifferentiatesComplex => true;

    /// <summary>Applies the op to every element.</summary>
    /// <exception cref="ArgumentException">The elements are not complex.</exception>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!x.DType.IsComplex()) throw new ArgumentException($"{Name} takes complex numbers, not {x.DType}.");
        return Run(x.Layout.Dense(), x.DType.Real(), x);
    }

    /// <inheritdoc/>
    protected internal sealed override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        using var runs = Runs.Of(outputs[0], x[0]);
        Numbers.RunFloat(outputs[0].DType, new Call(runs, this));
    }

    readonly struct Call(Runs runs, ComplexPartOp op) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T> => runs.Run(new Body<T>(op));
    }

    readonly struct Body<T>(ComplexPartOp op) : IElementwise where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(Block block)
        {
            Span<double> some = stackalloc double[64];
            var x = block.Input<Complex>(1);
            var y = block.Output<T>();
            for (int i = 0; i < y.Length; i += some.Length)
            {
                int n = Math.Min(some.Length, y.Length - i);
                op.Map(x.Slice(i, n), some);
                TensorPrimitives.ConvertTruncating<double, T>(some[..n], y.Slice(i, n));
            }
        }
    }
}

/// <summary>A complex number of a real and an imaginary part.</summary>
public sealed record ComplexOp : Op
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a") { Complex = "make_@(a.re, b.re)" };

    /// <inheritdoc/>
    protected internal override bool TakesNarrow => true;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(node);
        return [node.Needs(0) ? grad.Real().SumTo(node.Inputs[0].Shape) : null, node.Needs(1) ? grad.Imag().SumTo(node.Inputs[1].Shape) : null];
    }

    /// <summary>Applies the op to real numbers; the shapes broadcast.</summary>
    public Tensor Apply(Tensor real, Tensor imaginary)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(imaginary);
        var dtype = Real(DTypes.Result(real, imaginary)).Fractional().Complex();
        return Run(BinaryForm.Meet(real, imaginary), dtype, real.To(dtype.Real()), imaginary.To(dtype.Real()));
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        using var runs = Runs.Of(outputs[0], x[0], x[1]);
        Numbers.RunFloat(x[0].DType, new Call(runs));
    }

    readonly struct Call(Runs runs) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T> => runs.Run(new Body<T>());
    }

    readonly struct Body<T> : IElementwise where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(Block block)
        {
            ReadOnlySpan<T> real = block.Input<T>(1), imaginary = block.Input<T>(2);
            var y = block.Output<Complex>();
            for (int i = 0; i < y.Length; i++) y[i] = new(double.CreateTruncating(real[i]), double.CreateTruncating(imaginary[i]));
        }
    }
}

/// <summary>The real part.</summary>
public sealed record RealOp : ComplexPartOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a") { Complex = "a.re" };

    private protected override void Map(ReadOnlySpan<Complex> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++) y[i] = x[i].Real;
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [grad.To(node.Inputs[0].DType)];
}

/// <summary>The imaginary part.</summary>
public sealed record ImagOp : ComplexPartOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("(T)0") { Complex = "a.im" };

    private protected override void Map(ReadOnlySpan<Complex> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++) y[i] = x[i].Imaginary;
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [grad.To(node.Inputs[0].DType) * Complex.ImaginaryOne];
}

/// <summary>The distance from 0.</summary>
public sealed record MagnitudeOp : ComplexPartOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("abs_@(a)") { Complex = "hypot(a.re, a.im)" };

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    private protected override void Map(ReadOnlySpan<Complex> x, Span<double> y) => Magnitudes.Run(x, y);

    /// <summary>The direction of the input, 0 at 0.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(node);
        var y = node.Output;
        return [node.Inputs[0] * y.Eq(0).Where(0, grad / y)];
    }
}

/// <summary>The angle from the positive real axis, from −π to π.</summary>
public sealed record AngleOp : ComplexPartOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a < 0 ? (T)3.14159265358979323846 : (T)0") { Complex = "atan2(a.im, a.re)" };

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    private protected override void Map(ReadOnlySpan<Complex> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++) y[i] = x[i].Phase;
    }

    /// <summary>Across the direction of the input, 0 at 0.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(node);
        Tensor x = node.Inputs[0], square = (x * x.Conj()).Real();
        return [x * Complex.ImaginaryOne * square.Eq(0).Where(0, grad / square)];
    }
}

/// <summary>The complex conjugate: the imaginary part with the other sign.</summary>
public sealed record ConjOp : NumberOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a") { Complex = "make_@(a.re, -a.im)" };

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        x.CopyTo(y);
        if (typeof(T) == typeof(Complex)) foreach (ref var z in MemoryMarshal.Cast<T, Complex>(y)) z = Complex.Conjugate(z);
    }

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad.Conj();
}

public static partial class TensorOps
{
    /// <summary>The real parts of complex numbers; real numbers themselves.</summary>
    /// <param name="x">Complex numbers of any shape, which the result keeps.</param>
    /// <returns>Real numbers: float32 of complex64, float64 of complex128.</returns>
    /// <example><code>
    /// var x = Tensor.Complex([[1, 2]], [[3, 4]]);
    /// Console.WriteLine(x.Real());
    /// // →  1  2
    /// // → [ float32 [1, 2] ]
    /// </code></example>
    public static Tensor Real(this Tensor x) => IsComplex(x) ? new RealOp().Apply(x) : x;

    /// <summary>The imaginary parts of complex numbers.</summary>
    /// <param name="x">Complex numbers of any shape, which the result keeps.</param>
    /// <returns>Real numbers: float32 of complex64, float64 of complex128.</returns>
    /// <exception cref="ArgumentException">The numbers are real.</exception>
    /// <example><code>
    /// var x = Tensor.Complex([[1, 2]], [[3, 4]]);
    /// Console.WriteLine(x.Imag());
    /// // →  3  4
    /// // → [ float32 [1, 2] ]
    /// </code></example>
    public static Tensor Imag(this Tensor x) => new ImagOp().Apply(x);

    /// <summary>The angles of complex numbers from the positive real axis, from −π to π; of real numbers, 0, and π where they are negative.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <returns>Angles in radians.</returns>
    /// <example><code>
    /// var x = Tensor.Complex([[1, 0]], [[1, 2]]);
    /// Console.WriteLine(x.Angle());
    /// // →  0.7854  1.5708
    /// // → [ float32 [1, 2] ]
    /// </code></example>
    public static Tensor Angle(this Tensor x)
    {
        if (IsComplex(x)) return new AngleOp().Apply(x);
        x = x.To(x.DType.Fractional()).Detach();
        return x.IsNaN().Where(x, (x < 0).Where(Math.PI, Tensor.ZerosLike(x)));
    }

    /// <summary>The complex conjugates: the imaginary parts with the other sign; real numbers themselves.</summary>
    /// <param name="x">Complex numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// var x = Tensor.Complex([[1, 2]], [[3, 4]]);
    /// Console.WriteLine(x.Conj());
    /// // →  1-3j  2-4j
    /// // → [ complex64 [1, 2] ]
    /// </code></example>
    public static Tensor Conj(this Tensor x) => IsComplex(x) ? new ConjOp().Apply(x) : x;

    static bool IsComplex(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.DType.IsComplex();
    }
}

public sealed partial class Tensor
{
    /// <summary>Complex numbers of real and imaginary parts, which broadcast.</summary>
    /// <param name="real">The real parts, float32 or float64.</param>
    /// <param name="imaginary">The imaginary parts, in a shape that stretches to that of the real parts, or they to it.</param>
    /// <returns>complex64 of float32, complex128 of float64.</returns>
    /// <exception cref="ArgumentException">A part is complex itself, or both are of different types.</exception>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>
    /// var x = Tensor.Complex([[1, 2]], [[3, 4]]);
    /// Console.WriteLine(x);
    /// // →  1+3j  2+4j
    /// // → [ complex64 [1, 2] ]
    /// </code></example>
    public static Tensor Complex(Tensor real, Tensor imaginary)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(imaginary);
        return new ComplexOp().Apply(real, TensorOps.Alike(real, imaginary, nameof(Complex)));
    }
}
