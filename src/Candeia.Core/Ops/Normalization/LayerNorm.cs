using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// (x − mean) / √(variance + ε) over the last dimensions of each sample, times a weight plus a bias in their shape. Inputs: x and, if there are,
/// weight and bias.
/// </summary>
/// <param name="Dims">How many of the last dimensions are normalized together.</param>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record LayerNormOp(int Dims, double Epsilon) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>Mean and 1 / √(variance + ε) of each sample.</summary>
    protected internal override TensorSpec[] Saves(ReadOnlySpan<Tensor> x) => [new([(int)Sizes(x[0]).Rows, 2], x[0].DType)];

    /// <summary>In one pass over memory where nobody differentiates it again; else by operations that have derivatives themselves.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        if (MayUseKernels(grad)) return grad.DType == DType.Float32 ? Gradients<float>(node, grad) : Gradients<double>(node, grad);
        var x = node.Inputs[0];
        int[] dims = new int[Dims], others = new int[x.Rank - Dims];
        for (int d = 0; d < x.Rank; d++)
            if (d < others.Length) others[d] = d;
            else dims[d - others.Length] = d;
        var centred = x - x.Mean(dims, keepDim: true);
        var scale = (centred.Square().Mean(dims, keepDim: true) + Epsilon).Rsqrt();
        var y = centred * scale;
        var g = node.Inputs.Length > 1 ? grad * node.Inputs[1] : grad;
        var dx = scale * (g - g.Mean(dims, keepDim: true) - y * (g * y).Mean(dims, keepDim: true));
        if (node.Inputs.Length == 1) return [dx];
        return others.Length == 0 ? [dx, grad * y, grad] : [dx, (grad * y).Sum(others), grad.Sum(others)];
    }

    /// <summary>Applies the op; weight and bias come together or not at all.</summary>
    public Tensor Apply(Tensor x, Tensor? weight = null, Tensor? bias = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        return weight is null || bias is null ? Run(x.Shape, x.DType, x) : Run(x.Shape, x.DType, x, weight, bias);
    }

    (nint Rows, nint N) Sizes(Tensor x)
    {
        nint n = (nint)x.Shape.Slice(x.Rank - Dims, Dims).Numel;
        return (n == 0 ? 0 : (nint)x.Numel / n, n);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        Tensor? weight = x.Length > 1 ? x[1].Contiguous() : null, bias = x.Length > 1 ? x[2].Contiguous() : null;
        if (y.DType == DType.Float32) Compute<float>(x[0].Contiguous(), weight, bias, y, outputs.Length > 1 ? outputs[1] : null);
        else Compute<double>(x[0].Contiguous(), weight, bias, y, outputs.Length > 1 ? outputs[1] : null);
    }

    unsafe void Compute<T>(Tensor x, Tensor? weight, Tensor? bias, Tensor y, Tensor? saved) where T : unmanaged
    {
        var (rows, n) = Sizes(x);
        RowNorm.Forward(x.Pointer<T>(), At<T>(weight), At<T>(bias), y.Pointer<T>(), At<T>(saved), rows, n, Epsilon);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
    }

    unsafe Tensor?[] Gradients<T>(Node node, Tensor grad) where T : unmanaged
    {
        var (rows, n) = Sizes(grad);
        Tensor x = node.Inputs[0].Contiguous(), g = grad.Contiguous();
        var weight = node.Inputs.Length > 1 ? node.Inputs[1].Contiguous() : null;
        bool affine = weight is not null && (node.Needs(1) || node.Needs(2));
        Tensor? dx = node.Needs(0) ? Tensor.Empty(x.Shape, x.DType) : null;
        Tensor? dw = affine ? Tensor.Empty(weight!.Shape, x.DType) : null, db = affine ? Tensor.Empty(weight!.Shape, x.DType) : null;
        RowNorm.Backward(x.Pointer<T>(), g.Pointer<T>(), At<T>(weight), node.Saved[0].Pointer<T>(), At<T>(dx), At<T>(dw), At<T>(db), rows, n);
        GC.KeepAlive(x);
        GC.KeepAlive(g);
        GC.KeepAlive(weight);
        return weight is null ? [dx] : [dx, node.Needs(1) ? dw : null, node.Needs(2) ? db : null];
    }

    static unsafe T* At<T>(Tensor? x) where T : unmanaged => x is null ? null : x.Pointer<T>();
}

public static partial class TensorOps
{
    /// <summary>
    /// The last dimensions of each sample with mean 0 and variance 1, then scaled and shifted element by element
    /// (<see href="https://arxiv.org/abs/1607.06450">Ba et al. 2016</see>).
    /// </summary>
    /// <param name="x">[…, <paramref name="normalizedShape"/>].</param>
    /// <param name="normalizedShape">The sizes of the dimensions that are normalized together.</param>
    /// <param name="weight">The scale of each element, in that shape.</param>
    /// <param name="bias">The shift of each element, in that shape.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <exception cref="ShapeException">The last sizes are others, or weight or bias have another shape or type.</exception>
    public static Tensor LayerNorm(this Tensor x, Shape normalizedShape, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(x);
        int dims = normalizedShape.Rank;
        if (dims == 0) throw new ArgumentException("LayerNorm needs at least one dimension to normalize.");
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"LayerNorm takes floating-point numbers, not {x.DType}.");
        if (x.Rank < dims || x.Shape.Slice(x.Rank - dims, dims) != normalizedShape)
            throw new ShapeException($"LayerNorm of {normalizedShape} does not take {x.Shape}: its last sizes must be {normalizedShape}.");
        if (weight is null != bias is null) throw new ArgumentException("Weight and bias come together or not at all.");
        foreach (var each in (ReadOnlySpan<Tensor?>)[weight, bias])
            if (each is not null && (each.Shape != normalizedShape || each.DType != x.DType))
                throw new ShapeException($"LayerNorm of {x.DType} {normalizedShape} needs weight and bias like that, not {each.DType} {each.Shape}.");
        return new LayerNormOp(dims, epsilon).Apply(x, weight, bias);
    }
}
