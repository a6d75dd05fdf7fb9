using System.Numerics;

namespace Candeia;

/// <summary>Two numbers in, one out, complex numbers too.</summary>
public abstract record NumberBinaryOp : BinaryForm
{
    /// <summary>The values of neighbouring elements.</summary>
    protected abstract void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, INumberBase<T>;

    /// <summary>Whether there are <see cref="Map{T}(ReadOnlySpan{T}, T, Span{T})"/> and its counterpart.</summary>
    private protected virtual bool TakesNumbers => false;

    /// <summary>The same with one number for b.</summary>
    private protected virtual void Map<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, INumberBase<T> => throw new NotSupportedException();

    /// <summary>The same with one number for a.</summary>
    private protected virtual void Map<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, INumberBase<T> => Map(b, a, y);

    private protected override DType Meant(DType dtype) => dtype;

    private protected sealed override void Compute(Runs runs, DType dtype) => Numbers.Run(dtype, new Call(runs, this));

    readonly struct Call(Runs runs, NumberBinaryOp op) : INumberCall
    {
        public void Run<T>() where T : unmanaged, INumberBase<T>
        {
            if (op.TakesNumbers) runs.Run(new NumberBody<T>(op));
            else runs.Run(new Body<T>(op));
        }
    }

    readonly struct NumberBody<T>(NumberBinaryOp op) : IElementwise where T : unmanaged, INumberBase<T>
    {
        public static bool TakesNumbers => true;

        public void Run(Block block)
        {
            if (block.IsNumber(2)) op.Map(block.Input<T>(1), block.Input<T>(2)[0], block.Output<T>());
            else if (block.IsNumber(1)) op.Map(block.Input<T>(1)[0], block.Input<T>(2), block.Output<T>());
            else op.Map(block.Input<T>(1), block.Input<T>(2), block.Output<T>());
        }
    }

    readonly struct Body<T>(NumberBinaryOp op) : IElementwise where T : unmanaged, INumberBase<T>
    {
        public void Run(Block block) => op.Map(block.Input<T>(1), block.Input<T>(2), block.Output<T>());
    }
}

/// <summary>Two real numbers in, one out.</summary>
public abstract record BinaryOp : BinaryForm
{
    /// <summary>The values of neighbouring elements.</summary>
    protected abstract void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, INumber<T>;

    private protected sealed override void Compute(Runs runs, DType dtype) => Numbers.RunReal(dtype, new Call(runs, this));

    readonly struct Call(Runs runs, BinaryOp op) : IRealCall
    {
        public void Run<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => runs.Run(new Body<T>(op));
    }

    readonly struct Body<T>(BinaryOp op) : IElementwise where T : unmanaged, INumber<T>
    {
        public void Run(Block block) => op.Map(block.Input<T>(1), block.Input<T>(2), block.Output<T>());
    }
}

/// <summary>Two floating-point numbers in, one out: whole numbers are converted to <see cref="Tensor.DefaultDType"/> first.</summary>
public abstract record FloatBinaryOp : BinaryForm
{
    /// <summary>The values of neighbouring elements.</summary>
    protected abstract void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>;

    private protected override int Effort => 10;

    private protected override DType Meant(DType dtype) => Real(dtype).Fractional();

    private protected sealed override void Compute(Runs runs, DType dtype) => Numbers.RunFloat(dtype, new Call(runs, this));

    readonly struct Call(Runs runs, FloatBinaryOp op) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T> => runs.Run(new Body<T>(op));
    }

    readonly struct Body<T>(FloatBinaryOp op) : IElementwise where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(Block block) => op.Map(block.Input<T>(1), block.Input<T>(2), block.Output<T>());
    }
}
