using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>Two numbers in, a truth value out. The shapes broadcast; no gradient flows through.</summary>
public abstract record ComparisonOp : Op
{
    /// <summary>Writes 1 where the relation holds and 0 elsewhere.</summary>
    protected abstract void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y) where T : unmanaged, INumber<T>;

    /// <inheritdoc/>
    protected internal sealed override bool IsDifferentiable => false;

    /// <summary>Compares every pair of elements.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Apply(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var dtype = DTypes.Result(a, b);
        return Run(BinaryOp.Meet(a, b), DType.Bool, a.To(dtype), b.To(dtype));
    }

    /// <inheritdoc/>
    protected internal sealed override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        using var runs = Runs.Of([y, x[0], x[1]]);
        switch (x[0].DType)
        {
            case DType.Float32: runs.Run(new Body<float>(this)); break;
            case DType.Float64: runs.Run(new Body<double>(this)); break;
            case DType.Int64: runs.Run(new Body<long>(this)); break;
            case DType.Int32: runs.Run(new Body<int>(this)); break;
            default: runs.Run(new Body<byte>(this)); break;
        }
    }

    readonly unsafe struct Body<T>(ComparisonOp op) : IElementwise where T : unmanaged, INumber<T>
    {
        public void Run(byte** p, int count) => op.Map(new ReadOnlySpan<T>(p[1], count), new ReadOnlySpan<T>(p[2], count), new Span<byte>(p[0], count));
    }
}
