using System.Numerics;

namespace Candeia;

/// <summary>The largest number in a window moved over images [n, c, h, w]; of equals the first, and not-a-number passes through.</summary>
public sealed record MaxPool2dOp(PoolGeometry Geometry) : Op
{
    /// <summary>Whether a convolution before can do this in its own pass.</summary>
    internal bool IsHalving => Geometry.IsHalving;

    /// <summary>The position of each maximum in its image, row by row.</summary>
    protected internal override (Shape Shape, DType DType)? Saves(ReadOnlySpan<Tensor> x) => (Geometry.Output("MaxPool2d", x[0].Shape), DType.Int64);

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        Shape image = node.Inputs[0].Shape;
        var flat = Tensor.Zeros([image[0], image[1], image[2] * image[3]], grad.DType, grad.Device);
        var positions = node.Saved!.Clone();                                 // what is saved is given back after this pass
        return [flat.ScatterAdd(2, positions.Flatten(2), grad.Flatten(2)).Reshape(image)];
    }

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run(Layout.ChannelsLast(Geometry.Output("MaxPool2d", x.Shape)), x.DType, x);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, Tensor y, Tensor? saved)
    {
        var input = x[0].ChannelsLast();
        if (y.DType == DType.Float32) Images<float>(input, y, saved);
        else if (y.DType == DType.Float64) Images<double>(input, y, saved);
        else throw new ArgumentException($"MaxPool2d takes floating-point numbers, not {y.DType}.");
        GC.KeepAlive(input);
    }

    unsafe void Images<T>(Tensor x, Tensor y, Tensor? saved) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var windows = new PoolWindows(Geometry, x.Shape, y.Shape);
        long from = x.Numel / Math.Max(1, x.Shape[0]), to = y.Numel / Math.Max(1, y.Shape[0]);
        nint input = (nint)x.Pointer<T>(), output = (nint)y.Pointer<T>(), positions = saved is null ? 0 : (nint)saved.Pointer<long>();
        int channels = x.Shape[1], pixels = y.Shape[2] * y.Shape[3];
        Workers.Run(x.Shape[0], i =>
        {
            new Span<T>((T*)output + i * to, (int)to).Fill(T.NegativeInfinity);
            var visit = new Visit<T>((T*)input + i * from, (T*)output + i * to, positions == 0 ? null : (long*)positions + i * to, channels, pixels);
            windows.Each(ref visit);
        });
    }

    readonly unsafe struct Visit<T>(T* x, T* y, long* positions, int channels, int pixels) : IPoolVisit where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Row(int output, int input, int count, int step)
        {
            T* to = y + (long)output * channels;
            for (int j = 0; j < count; j++, input += step)
            {
                T* from = x + (long)input * channels;
                for (int c = 0; c < channels; c++)
                {
                    if (!(from[c] > to[c] || T.IsNaN(from[c]))) continue;
                    to[c] = from[c];
                    if (positions is not null) positions[(long)c * pixels + output] = input;
                }
            }
        }
    }
}

public static partial class TensorOps
{
    /// <summary>The largest number in a window moved over images [n, c, h, w]; the stride defaults to the window's size.</summary>
    /// <exception cref="ShapeException">The window does not fit the images.</exception>
    public static Tensor MaxPool2d(this Tensor x, Size2d kernelSize, Size2d? stride = null, Size2d? padding = null, Size2d? dilation = null, bool ceilMode = false) =>
        new MaxPool2dOp(new(kernelSize, stride ?? kernelSize, padding ?? 0, dilation ?? 1, ceilMode)).Apply(x);
}
