using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>Two numbers in, one out. The shapes broadcast, and the types meet as in PyTorch.</summary>
public abstract record BinaryOp : Op
{
    /// <summary>The values of neighbouring elements.</summary>
    protected abstract void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, INumber<T>;

    /// <summary>The gradients of both inputs in the shape of the output.</summary>
    protected abstract (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad);

    /// <inheritdoc/>
    protected internal sealed override Tensor?[] Backward(Node node, Tensor grad)
    {
        Tensor a = node.Inputs[0], b = node.Inputs[1];
        var (da, db) = Backward(a, b, node, grad);
        return [node.Needs(0) ? da?.SumTo(a.Shape) : null, node.Needs(1) ? db?.SumTo(b.Shape) : null];
    }

    /// <summary>Applies the op to every pair of elements.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public virtual Tensor Apply(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var dtype = DTypes.Result(a, b);
        return Run(Meet(a, b), dtype, a.To(dtype), b.To(dtype));
    }

    /// <inheritdoc/>
    protected internal sealed override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        using var runs = Runs.Of([y, x[0], x[1]]);
        switch (y.DType)
        {
            case DType.Float32: runs.Run(new Body<float>(this)); break;
            case DType.Float64: runs.Run(new Body<double>(this)); break;
            case DType.Int64: runs.Run(new Body<long>(this)); break;
            case DType.Int32: runs.Run(new Body<int>(this)); break;
            default: runs.Run(new Body<byte>(this)); break;
        }
    }

    /// <summary>The layout of the result: that of the operand that has its shape, so that channels-last stays channels-last.</summary>
    internal static Layout Meet(Tensor a, Tensor b)
    {
        var shape = Shape.Broadcast(a.Shape, b.Shape);
        return a.Shape == shape ? a.Layout.Dense() : b.Shape == shape ? b.Layout.Dense() : Layout.Of(shape);
    }

    readonly unsafe struct Body<T>(BinaryOp op) : IElementwise where T : unmanaged, INumber<T>
    {
        public void Run(byte** p, int count) => op.Map(new ReadOnlySpan<T>(p[1], count), new ReadOnlySpan<T>(p[2], count), new Span<T>(p[0], count));
    }
}
