using System.Numerics;

namespace Candeia;

/// <summary>One number in, one out of the same type, complex numbers too.</summary>
public abstract record NumberOp : UnaryForm
{
    /// <summary>The values of neighbouring elements.</summary>
    protected abstract void Map<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, INumberBase<T>;

    private protected override DType Meant(DType dtype) => dtype;

    private protected sealed override void Compute(Runs runs, DType dtype) => Numbers.Run(dtype, new Call(runs, this));

    readonly struct Call(Runs runs, NumberOp op) : INumberCall
    {
        public void Run<T>() where T : unmanaged, INumberBase<T> => runs.Run(new Body<T>(op));
    }

    readonly struct Body<T>(NumberOp op) : IElementwise where T : unmanaged, INumberBase<T>
    {
        public void Run(Block block) => op.Map(block.Input<T>(1), block.Output<T>());
    }
}

/// <summary>One real number in, one out of the same type.</summary>
public abstract record UnaryOp : UnaryForm
{
    /// <summary>The values of neighbouring elements.</summary>
    protected abstract void Map<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, INumber<T>;

    private protected sealed override void Compute(Runs runs, DType dtype) => Numbers.RunReal(dtype, new Call(runs, this));

    readonly struct Call(Runs runs, UnaryOp op) : IRealCall
    {
        public void Run<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => runs.Run(new Body<T>(op));
    }

    readonly struct Body<T>(UnaryOp op) : IElementwise where T : unmanaged, INumber<T>
    {
        public void Run(Block block) => op.Map(block.Input<T>(1), block.Output<T>());
    }
}

/// <summary>One floating-point number in, one out: whole numbers are converted to <see cref="Tensor.DefaultDType"/> first.</summary>
public abstract record FloatOp : UnaryForm
{
    const int Few = 4;

    /// <summary>Whether few numbers are computed as if there were more, because they would be computed otherwise by the system's C library, to other bits.</summary>
    private protected virtual bool FillsUp => false;

    /// <summary>The values of neighbouring elements.</summary>
    protected abstract void Map<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>;

    private protected override int Effort => 10;

    private protected override DType Meant(DType dtype) => Real(dtype).Fractional();

    private protected override void Compute(Runs runs, DType dtype) => Numbers.RunFloat(dtype, new Call(runs, this));

    readonly struct Call(Runs runs, FloatOp op) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T> => runs.Run(new Body<T>(op));
    }

    readonly struct Body<T>(FloatOp op) : IElementwise where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(Block block)
        {
            ReadOnlySpan<T> x = block.Input<T>(1);
            if (!op.FillsUp || x.Length is 0 or >= Few)
            {
                op.Map(x, block.Output<T>());
                return;
            }
            Span<T> full = stackalloc T[Few], results = stackalloc T[Few];
            full.Fill(x[0]);
            x.CopyTo(full);
            op.Map(full, results);
            results[..x.Length].CopyTo(block.Output<T>());
        }
    }
}

/// <summary>
/// A function of the complex plane, and so of floating-point numbers too. Its gradient is the incoming one times the conjugate of its slope, as in PyTorch;
/// the conjugate of real numbers is themselves.
/// </summary>
public abstract record AnalyticOp : FloatOp
{
    /// <summary>The value of a complex number.</summary>
    protected abstract Complex Map(Complex z);

    /// <inheritdoc/>
    protected internal sealed override bool DifferentiatesComplex => true;

    private protected sealed override DType Meant(DType dtype) => dtype.Fractional();

    private protected sealed override void Compute(Runs runs, DType dtype)
    {
        if (dtype == DType.Complex128) runs.Run(new Body(this));
        else base.Compute(runs, dtype);
    }

    readonly struct Body(AnalyticOp op) : IElementwise
    {
        public void Run(Block block)
        {
            var x = block.Input<Complex>(1);
            var y = block.Output<Complex>();
            for (int i = 0; i < y.Length; i++) y[i] = op.Map(x[i]);
        }
    }
}
