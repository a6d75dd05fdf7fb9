namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The way back from a max pooling of signals: each number at the place where it came from, zeros elsewhere.</summary>
    /// <param name="x">What was pooled: [n, c, l] or [c, l].</param>
    /// <param name="indices">Where it came from, as <see cref="MaxPool1dWithIndices"/> gives it.</param>
    /// <param name="kernelSize">The window of the pooling.</param>
    /// <param name="stride">How far it moved.</param>
    /// <param name="padding">Its border.</param>
    /// <param name="outputSize">The size of what was pooled, where several come into question.</param>
    /// <exception cref="ShapeException">The places have another shape.</exception>
    /// <example><code>
    /// var (y, places) = Tensor.From([1f, 5, 2, 3]).Reshape(1, 1, 4).MaxPool1dWithIndices(2);
    /// Console.WriteLine((double)y.MaxUnpool1d(places, 2)[0, 0, 1]);    // → 5
    /// </code></example>
    public static Tensor MaxUnpool1d(this Tensor x, Tensor indices, int kernelSize, int? stride = null, int padding = 0, int? outputSize = null) =>
        Unpooled(x, indices, nameof(MaxUnpool1d), [kernelSize], [stride ?? kernelSize], [padding], outputSize is { } size ? [size] : null);

    /// <summary>The way back from a max pooling of images: each number at the place where it came from, zeros elsewhere.</summary>
    /// <param name="x">What was pooled: [n, c, h, w] or [c, h, w].</param>
    /// <param name="indices">Where it came from, as <see cref="MaxPool2dWithIndices"/> gives it.</param>
    /// <param name="kernelSize">The window of the pooling.</param>
    /// <param name="stride">How far it moved.</param>
    /// <param name="padding">Its border.</param>
    /// <param name="outputSize">The size of what was pooled, where several come into question.</param>
    /// <exception cref="ShapeException">The places have another shape.</exception>
    /// <example><code>
    /// var (y, places) = Tensor.Randn([1, 1, 4, 4]).MaxPool2dWithIndices(2);
    /// Console.WriteLine(y.MaxUnpool2d(places, 2).Shape);    // → [1, 1, 4, 4]
    /// </code></example>
    public static Tensor MaxUnpool2d(this Tensor x, Tensor indices, Size2d kernelSize, Size2d? stride = null, Size2d? padding = null, Size2d? outputSize = null)
    {
        Size2d s = stride ?? kernelSize, p = padding ?? 0;
        return Unpooled(x, indices, nameof(MaxUnpool2d), [kernelSize.Height, kernelSize.Width], [s.Height, s.Width], [p.Height, p.Width],
            outputSize is { } size ? [size.Height, size.Width] : null);
    }

    /// <summary>The way back from a max pooling of volumes: each number at the place where it came from, zeros elsewhere.</summary>
    /// <param name="x">What was pooled: [n, c, d, h, w] or [c, d, h, w].</param>
    /// <param name="indices">Where it came from, as <see cref="MaxPool3dWithIndices"/> gives it.</param>
    /// <param name="kernelSize">The window of the pooling.</param>
    /// <param name="stride">How far it moved.</param>
    /// <param name="padding">Its border.</param>
    /// <param name="outputSize">The size of what was pooled, where several come into question.</param>
    /// <exception cref="ShapeException">The places have another shape.</exception>
    /// <example><code>
    /// var (y, places) = Tensor.Randn([1, 1, 4, 4, 4]).MaxPool3dWithIndices(2);
    /// Console.WriteLine(y.MaxUnpool3d(places, 2).Shape);    // → [1, 1, 4, 4, 4]
    /// </code></example>
    public static Tensor MaxUnpool3d(this Tensor x, Tensor indices, Size3d kernelSize, Size3d? stride = null, Size3d? padding = null, Size3d? outputSize = null)
    {
        Size3d s = stride ?? kernelSize, p = padding ?? 0;
        return Unpooled(x, indices, nameof(MaxUnpool3d), [kernelSize.Depth, kernelSize.Height, kernelSize.Width], [s.Depth, s.Height, s.Width],
            [p.Depth, p.Height, p.Width], outputSize is { } size ? [size.Depth, size.Height, size.Width] : null);
    }

    static Tensor Unpooled(Tensor x, Tensor indices, string name, int[] kernel, int[] stride, int[] padding, int[]? outputSize)
    {
        int dims = kernel.Length, first = SpatialDims(x, dims, name);
        ArgumentNullException.ThrowIfNull(indices);
        if (indices.Shape != x.Shape) throw new ShapeException($"{name} needs a place for each number of {x.Shape}, not {indices.Shape}.");
        int[] size = new int[dims];
        for (int d = 0; d < dims; d++)
        {
            int least = (x.Shape[first + d] - 1) * stride[d] - 2 * padding[d] + kernel[d];
            size[d] = outputSize?[d] ?? least;
            if (size[d] <= least - stride[d] || size[d] >= least + stride[d])
                throw new ShapeException($"{name}: no pooling makes {x.Shape} of {size[d]} places in dimension {first + d}; about {least} it was.");
        }
        int planes = checked((int)x.Shape[..first].Numel);
        Shape flat = [planes, checked((int)new Shape(size).Numel)];
        var y = Tensor.Zeros(flat, x.DType, x.Device).Scatter(1, indices.Reshape(planes, -1), x.Reshape(planes, -1));
        return y.Reshape([.. x.Shape.Take(first), .. size]);
    }
}
