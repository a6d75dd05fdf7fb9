using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>One number in, one number out, of the same type.</summary>
public abstract record UnaryOp : Op
{
    /// <summary>The values of neighbouring elements.</summary>
    protected abstract void Map<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, INumber<T>;

    /// <summary>The gradient of the input.</summary>
    protected abstract Tensor Backward(Tensor x, Tensor y, Tensor grad);

    /// <inheritdoc/>
    protected internal sealed override Tensor?[] Backward(Node node, Tensor grad) => [Backward(node.Inputs[0], node.Output, grad)];

    /// <summary>Applies the op to every element.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run(x.Layout.Dense(), x.DType, x);
    }

    /// <inheritdoc/>
    protected internal sealed override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        using var runs = Runs.Of([y, x[0]]);
        switch (y.DType)
        {
            case DType.Float32: runs.Run(new Body<float>(this)); break;
            case DType.Float64: runs.Run(new Body<double>(this)); break;
            case DType.Int64: runs.Run(new Body<long>(this)); break;
            case DType.Int32: runs.Run(new Body<int>(this)); break;
            default: runs.Run(new Body<byte>(this)); break;
        }
    }

    readonly unsafe struct Body<T>(UnaryOp op) : IElementwise where T : unmanaged, INumber<T>
    {
        public void Run(byte** p, int count) => op.Map(new ReadOnlySpan<T>(p[1], count), new Span<T>(p[0], count));
    }
}
