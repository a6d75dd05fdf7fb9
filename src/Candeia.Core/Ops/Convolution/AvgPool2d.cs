using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The mean of a window moved over images [n, c, h, w].</summary>
/// <param name="Geometry">How the window moves.</param>
/// <param name="CountIncludePad">Whether the border counts among the numbers that the sum is divided by.</param>
/// <param name="DivisorOverride">What the sum is divided by instead.</param>
public sealed record AvgPool2dOp(PoolGeometry Geometry, bool CountIncludePad = true, int? DivisorOverride = null) : Op
{
    /// <summary>Whether a convolution before can do this in its own pass.</summary>
    internal bool IsHalving => Geometry.IsHalving && DivisorOverride is null or 4;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [new AvgPool2dGradientOp(this, node.Inputs[0].Shape).Apply(grad)];

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run(Layout.ChannelsLast(Geometry.Output("AvgPool2d", x.Shape)), x.DType, x);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, Tensor y, Tensor? saved)
    {
        var input = x[0].ChannelsLast();
        y.Fill(0);
        if (y.DType == DType.Float32) Images<float>(input, y, forward: true);
        else Images<double>(input, y, forward: true);
        GC.KeepAlive(input);
    }

    /// <summary>Adds windows of the wide images to the narrow ones, or the other way round; each weighted by the narrow pixel's divisor.</summary>
    internal unsafe void Images<T>(Tensor wide, Tensor narrow, bool forward) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var windows = new PoolWindows(Geometry, wide.Shape, narrow.Shape);
        var weights = Array.ConvertAll(Divisors(windows), d => T.One / T.CreateTruncating(d));
        long from = wide.Numel / Math.Max(1, wide.Shape[0]), to = narrow.Numel / Math.Max(1, narrow.Shape[0]);
        nint w = (nint)wide.Pointer<T>(), n = (nint)narrow.Pointer<T>();
        int channels = wide.Shape[1];
        Workers.Run(wide.Shape[0], i =>
        {
            T[] row = ArrayPool<T>.Shared.Rent(channels);
            var visit = new Visit<T>((T*)w + i * from, (T*)n + i * to, row.AsMemory(0, channels), weights, forward);
            windows.Each(ref visit);
            ArrayPool<T>.Shared.Return(row);
            if (!forward) return;
            for (int p = 0; p < weights.Length; p++)
            {
                var pixel = new Span<T>((T*)n + i * to + p * channels, channels);
                TensorPrimitives.Multiply(pixel, weights[p], pixel);
            }
        });
    }

    /// <summary>What each window's sum is divided by.</summary>
    int[] Divisors(PoolWindows windows)
    {
        var g = Geometry;
        int height = windows.Output[2], width = windows.Output[3];
        int[] divisors = new int[height * width];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                divisors[y * width + x] = DivisorOverride
                    ?? Extent(y, g.Stride.Height, g.Padding.Height, g.Kernel.Height, windows.Input[2]) * Extent(x, g.Stride.Width, g.Padding.Width, g.Kernel.Width, windows.Input[3]);
        return divisors;
    }

    int Extent(int output, int stride, int padding, int kernel, int size)
    {
        int start = output * stride - padding, end = Math.Min(start + kernel, size + padding);
        return CountIncludePad ? end - start : Math.Min(end, size) - Math.Max(start, 0);
    }

    /// <summary>Sums a window row by row, in the order in which a fused convolution does.</summary>
    readonly unsafe struct Visit<T>(T* wide, T* narrow, Memory<T> row, T[] weights, bool forward) : IPoolVisit where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Row(int output, int input, int count, int step)
        {
            int channels = row.Length;
            Span<T> n = new(narrow + (long)output * channels, channels), sum = row.Span;
            for (int j = 0; j < count; j++)
            {
                Span<T> w = new(wide + (input + (long)j * step) * channels, channels);
                if (!forward) TensorPrimitives.MultiplyAdd<T>(n, weights[output], w, w);
                else if (j == 0) w.CopyTo(sum);
                else TensorPrimitives.Add<T>(sum, w, sum);
            }
            if (forward && count > 0) TensorPrimitives.Add<T>(n, sum, n);
        }
    }
}

/// <summary>The gradient of an average pooling's input: each output's gradient, divided evenly over its window.</summary>
public sealed record AvgPool2dGradientOp(AvgPool2dOp Pool, Shape Input) : Op
{
    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [Pool.Apply(grad)];

    /// <summary>Applies the op to the gradient of the output.</summary>
    public Tensor Apply(Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(grad);
        return Run(Layout.ChannelsLast(Input), grad.DType, grad);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, Tensor y, Tensor? saved)
    {
        var grad = x[0].ChannelsLast();
        y.Fill(0);
        if (y.DType == DType.Float32) Pool.Images<float>(y, grad, forward: false);
        else Pool.Images<double>(y, grad, forward: false);
        GC.KeepAlive(grad);
    }
}

public static partial class TensorOps
{
    /// <summary>The mean of a window moved over images [n, c, h, w]; the stride defaults to the window's size.</summary>
    /// <exception cref="ShapeException">The window does not fit the images.</exception>
    public static Tensor AvgPool2d(this Tensor x, Size2d kernelSize, Size2d? stride = null, Size2d? padding = null, bool ceilMode = false, bool countIncludePad = true, int? divisorOverride = null) =>
        new AvgPool2dOp(new(kernelSize, stride ?? kernelSize, padding ?? 0, 1, ceilMode), countIncludePad, divisorOverride).Apply(x);
}
