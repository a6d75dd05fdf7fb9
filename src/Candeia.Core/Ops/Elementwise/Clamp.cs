using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Candeia.Kernels;

namespace Candeia;

/// <summary>x between two bounds; where they cross, the upper one holds, and one that is not a number makes all so.</summary>
/// <param name="Min">The lower bound.</param>
/// <param name="Max">The upper bound.</param>
/// <param name="PassesAtBounds">Whether a number that is its bound has a gradient, as Clamp has it and Hardtanh has not.</param>
public sealed record ClampOp(double Min, double Max, bool PassesAtBounds = true) : UnaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("min_@(max_@(a, k0), k1)", Min, Max);

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        if (double.IsNaN(Min) || double.IsNaN(Max)) y.Fill(T.CreateTruncating(double.NaN));
        else if (typeof(T) == typeof(float) || typeof(T) == typeof(double)) Kernels.Map.Run(new ClampMap(Min, Max), x, y);
        else
        {
            TensorPrimitives.Max(x, T.CreateSaturating(Min), y);
            TensorPrimitives.Min<T>(y, T.CreateSaturating(Max), y);
        }
    }

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => new ClampGradientOp(Min, Max, PassesAtBounds).Apply(grad, x);
}

/// <summary>The gradient through bounds, from what is bounded.</summary>
/// <param name="Min">The lower bound.</param>
/// <param name="Max">The upper bound.</param>
/// <param name="PassesAtBounds">Whether a number that is its bound has a gradient.</param>
public sealed record ClampGradientOp(double Min, double Max, bool PassesAtBounds) : ActivationGradientOp
{
    /// <inheritdoc/>
    public override Formula? Formula => PassesAtBounds
        ? new("b >= k0 && b <= k1 ? a : (T)0", Min, Max)
        : new("b <= k0 || b >= k1 ? (T)0 : a", Min, Max);

    /// <inheritdoc/>
    protected override Tensor Compose(Tensor grad, Tensor value) => PassesAtBounds
        ? ((value >= Min) & (value <= Max)).Where(grad, Tensor.Number(0, grad.DType))
        : ((value <= Min) | (value >= Max)).Where(Tensor.Number(0, grad.DType), grad);

    private protected override void Compute(Runs runs, DType dtype)
    {
        if (PassesAtBounds) MapCalls.Gradient(new ClampGradientMap(Min, Max), runs, dtype);
        else MapCalls.Gradient(new HardtanhGradientMap(Min, Max), runs, dtype);
    }
}

public static partial class TensorOps
{
    const string Boundless = "Clamp needs a bound: give min, max or both.";

    /// <summary>
    /// The values, none below <paramref name="min"/> or above <paramref name="max"/>; gradients stop outside. Whole numbers stay whole unless a bound
    /// has a fraction, then the result is of <see cref="Tensor.DefaultDType"/>.
    /// </summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <param name="min">What smaller numbers become; no bound, if nothing is given.</param>
    /// <param name="max">What larger numbers become; no bound, if nothing is given.</param>
    /// <exception cref="ArgumentException">Neither bound is given.</exception>
    /// <example><code>
    /// Tensor x = [[-2, 0.5, 3]];
    /// Console.WriteLine(x.Clamp(min: 0, max: 1));
    /// // →  0.0000  0.5000  1.0000
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Clamp(this Tensor x, double? min = null, double? max = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (min is null && max is null) throw new ArgumentException(Boundless);
        bool whole = double.IsInteger(min ?? 0) && double.IsInteger(max ?? 0);
        if (!x.DType.HasGradients()) x = x.To(!whole ? Tensor.DefaultDType : x.DType == DType.Bool ? DType.Int64 : x.DType);
        return new ClampOp(min ?? double.NegativeInfinity, max ?? double.PositiveInfinity).Apply(x);
    }

    /// <summary>
    /// The values, none below <paramref name="min"/> or above <paramref name="max"/>, where the bounds are tensors that broadcast; where they cross, the
    /// upper one holds. A bound that is met has the gradient, and not-a-number as a bound makes that of the value.
    /// </summary>
    /// <param name="x">The values.</param>
    /// <param name="min">The lower bounds; none, if null.</param>
    /// <param name="max">The upper bounds; none, if null.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="ArgumentException">Neither bounds are given.</exception>
    /// <example><code>Tensor x = [1, 5, 9], min = [2, 2, 2], max = [4, 6, 8]; var y = x.Clamp(min, max);  // [2, 5, 8]</code></example>
    [OverloadResolutionPriority(-1)]                                       // numbers are no tensors here
    public static Tensor Clamp(this Tensor x, Tensor? min, Tensor? max)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (min is null && max is null) throw new ArgumentException(Boundless);
        if (min is not null) x = (x < min | min.IsNaN()).Where(min, x);
        if (max is not null) x = (x > max | max.IsNaN()).Where(max, x);
        return x;
    }
}
