using System.Numerics;

namespace Candeia;

/// <summary>One floating-point number in, one out: integers are converted to float32 first.</summary>
public abstract record FloatOp : Op
{
    /// <summary>The values of neighbouring elements.</summary>
    protected abstract void Map<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The gradient of the input.</summary>
    protected abstract Tensor Backward(Tensor x, Tensor y, Tensor grad);

    /// <inheritdoc/>
    protected internal sealed override Tensor?[] Backward(Node node, Tensor grad) => [Backward(node.Inputs[0], node.Output, grad)];

    /// <summary>Applies the op to every element.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!x.DType.IsFloatingPoint()) x = x.To(DType.Float32);
        return Run(x.Layout.Dense(), x.DType, x);
    }

    /// <inheritdoc/>
    protected internal sealed override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        using var runs = Runs.Of([y, x[0]]);
        if (y.DType == DType.Float32) runs.Run(new Body<float>(this));
        else runs.Run(new Body<double>(this));
    }

    readonly unsafe struct Body<T>(FloatOp op) : IElementwise where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(byte** p, int count) => op.Map(new ReadOnlySpan<T>(p[1], count), new Span<T>(p[0], count));
    }
}
