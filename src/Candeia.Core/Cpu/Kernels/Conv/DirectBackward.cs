using System.Numerics;
using System.Runtime.CompilerServices;

namespace Candeia.Kernels;

/// <summary>
/// The three gradients of a convolution in one pass. For each unit of the <see cref="GradientPlan{V, T}"/> the gradient of its sums is written to a
/// thread's scratch with a halo of zeros, from which <see cref="InputGradient{V, T}"/> and <see cref="WeightGradient{V, T}"/> are taken. Each item
/// adds to a copy of the weight gradient of its own, and the copies are added in order.
/// </summary>
internal readonly unsafe struct DirectBackward<V, T> : IWork where V : unmanaged, ISimd<V> where T : unmanaged, IFloatingPointIeee754<T>
{
    readonly GradientPlan<V, T> _plan;
    readonly OutputGradient<V> _gradient;
    readonly InputGradient<V, T> _input;
    readonly WeightGradient<V, T> _weight;
    readonly byte* _partials;

    DirectBackward(GradientPlan<V, T> plan, OutputGradient<V> gradient, InputGradient<V, T> input, WeightGradient<V, T> weight, byte* partials)
    {
        (_plan, _gradient, _input, _weight) = (plan, gradient, input, weight);
        _partials = partials;
    }

    public static void Run(in ConvShape shape, T* x, T* weight, T* dy, T* y, ConvPool pool, byte* mask, T* dx, T* dw, T* db)
    {
        GradientPlan<V, T> plan = new(pool == ConvPool.None ? shape.Flatten() : shape, dx != null, dw != null, pool);
        nint packedBytes = dx == null ? 0 : InputGradient<V, T>.PackedBytes(plan);
        using var scratch = Scratch.Rent(packedBytes + plan.Items * plan.PartialBytes);
        byte* partials = scratch.Pointer + packedBytes;
        InputGradient<V, T> input = new(plan, (byte*)dx, scratch.Pointer);
        if (dx != null) input.Pack(weight);
        Workers.Run(plan.Items, new DirectBackward<V, T>(
            plan, new(plan.Shape, plan.Out, (byte*)dy, (byte*)y, pool, mask), input, new(plan, (byte*)x, dw != null), partials));
        if (dw != null || db != null)
            Workers.Run(plan.Out.Count, new GatherWeights<V, T>(plan.Shape, plan.Out, partials, plan.PartialBytes, plan.Items, dw, db));
    }

    public void Run(int item)
    {
        byte* partial = _partials + item * _plan.PartialBytes;
        new Span<byte>(partial, checked((int)_plan.PartialBytes)).Clear();
        for (int unit = _plan.First(item); unit < _plan.First(item + 1); unit++) Unit(_plan[unit], partial);
    }

    void Unit(GradientUnit unit, byte* partial)
    {
        var (first, last) = _input.Reads(unit);
        nint gradientBytes = _plan.IsStraight ? 0 : (last - first + 1) * _plan.Line, copyBytes = _weight.CopyBytes(unit);
        using var scratch = Scratch.Rent(unit.Images * (gradientBytes + copyBytes) + _plan.Shape.Width * GradientPlan<V, T>.Edge);
        byte* gradient = scratch.Pointer, copy = gradient + unit.Images * gradientBytes, narrow = copy + unit.Images * copyBytes;
        byte* bias = partial + _plan.PartialBytes - _plan.Pitch;
        if (_plan.IsStraight)
        {
            _weight.Straight(unit, copy, _gradient, partial, bias);
            return;
        }
        for (int i = 0; i < unit.Images; i++)
            for (int row = first; row <= last; row++)
            {
                byte* to = gradient + i * gradientBytes + (row - first) * _plan.Line;
                GradientRow(unit.Image + i, row, to, row >= unit.Top && row < unit.End ? bias : null);
            }
        if (_input.IsWanted) _input.Run(unit, gradient, gradientBytes, first, narrow);
        if (_weight.IsWanted) _weight.Run(unit, copy, gradient + (unit.Top - first) * _plan.Line + _plan.Left * _plan.Pitch, gradientBytes, partial);
    }

    /// <summary>A row of the gradient with its halo; its sum is added to <paramref name="bias"/> if that is not null.</summary>
    void GradientRow(int image, int row, byte* to, byte* bias)
    {
        int width = _plan.Shape.OutWidth;
        if (row < 0 || row >= _plan.Shape.OutHeight)
        {
            Clear(to, _plan.Columns);
            return;
        }
        Clear(to, _plan.Left);
        _gradient.Row(image, row, to + _plan.Left * _plan.Pitch, bias);
        Clear(to + (_plan.Left + width) * _plan.Pitch, _plan.Columns - _plan.Left - width);
    }

    void Clear(byte* to, int pixels) => Unsafe.InitBlockUnaligned(to, 0, checked((uint)(pixels * _plan.Pitch)));
}
