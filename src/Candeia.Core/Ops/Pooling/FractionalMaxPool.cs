namespace Candeia;

public static partial class TensorOps
{
    /// <summary>
    /// The largest numbers of windows at nearly regular, random distances over images, so that a size may shrink by any factor
    /// (<see href="https://arxiv.org/abs/1412.6071">Graham 2014</see>).
    /// </summary>
    /// <param name="x">[n, c, h, w] or [c, h, w].</param>
    /// <param name="kernelSize">How many elements the window spans of which an output is made; 2 halves the size.</param>
    /// <param name="outputSize">Height and width of the result.</param>
    /// <param name="samples">Where the windows of each plane begin, in [0, 1): [n, c, 2]; drawn, if not given.</param>
    /// <param name="generator">What draws; the default one, if not given.</param>
    /// <returns>The largest numbers, and where they are: row · width + column, int64.</returns>
    /// <exception cref="ShapeException">The windows do not fit the images.</exception>
    /// <example><code>
    /// var (y, _) = Tensor.Randn([1, 2, 9, 9]).FractionalMaxPool2d(2, outputSize: 6);
    /// Console.WriteLine(y.Shape);                                          // → [1, 2, 6, 6]
    /// </code></example>
    public static (Tensor Values, Tensor Indices) FractionalMaxPool2d(this Tensor x, Size2d kernelSize, Size2d outputSize, Tensor? samples = null, Generator? generator = null) =>
        Fractional(x, nameof(FractionalMaxPool2d), [kernelSize.Height, kernelSize.Width], [outputSize.Height, outputSize.Width], [1, 0], samples, generator);

    /// <summary>The same over volumes.</summary>
    /// <param name="x">[n, c, d, h, w] or [c, d, h, w].</param>
    /// <param name="kernelSize">How many elements the window spans of which an output is made; 2 halves the size.</param>
    /// <param name="outputSize">Depth, height and width of the result.</param>
    /// <param name="samples">Where the windows of each plane begin, in [0, 1): [n, c, 3]; drawn, if not given.</param>
    /// <param name="generator">What draws; the default one, if not given.</param>
    /// <returns>The largest numbers, and where they are: (slice · height + row) · width + column, int64.</returns>
    /// <exception cref="ShapeException">The windows do not fit the volumes.</exception>
    /// <example><code>Console.WriteLine(Tensor.Randn([1, 2, 9, 9, 9]).FractionalMaxPool3d(2, outputSize: 5).Values.Shape);    // → [1, 2, 5, 5, 5]</code></example>
    public static (Tensor Values, Tensor Indices) FractionalMaxPool3d(this Tensor x, Size3d kernelSize, Size3d outputSize, Tensor? samples = null, Generator? generator = null) =>
        Fractional(x, nameof(FractionalMaxPool3d), [kernelSize.Depth, kernelSize.Height, kernelSize.Width], [outputSize.Depth, outputSize.Height, outputSize.Width], [0, 1, 2],
            samples, generator);

    /// <param name="x">What is pooled.</param>
    /// <param name="name">Who asks.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="output">How many windows there are.</param>
    /// <param name="sampleOf">Which of a plane's random numbers a dimension uses.</param>
    /// <param name="samples">The random numbers.</param>
    /// <param name="generator">What draws them.</param>
    static (Tensor Values, Tensor Indices) Fractional(Tensor x, string name, int[] kernel, int[] output, int[] sampleOf, Tensor? samples, Generator? generator)
    {
        int dims = kernel.Length, first = SpatialDims(x, dims, name), planes = checked((int)x.Shape[..first].Numel);
        Shape expected = first == 2 ? [x.Shape[0], x.Shape[1], dims] : [1, x.Shape[0], dims];
        if (samples is not null && samples.Shape != expected) throw new ShapeException($"{name} of {x.Shape} needs samples {expected}, not {samples.Shape}.");
        for (int d = 0; d < dims; d++)
            if (output[d] < 1 || kernel[d] < 1 || output[d] + kernel[d] - 1 > x.Shape[first + d])
                throw new ShapeException($"{name}: {output[d]} windows of {kernel[d]} do not fit dimension {first + d} of {x.Shape}.");
        double[] random = (samples ?? Tensor.Uniform(expected, 0, 1, DType.Float32, generator)).ToArray<double>();
        int windows = 3 - dims + output.Sum();
        long[] begins = new long[planes * windows], ends = new long[planes * windows];
        for (int plane = 0, at = 0; plane < planes; plane++)
        {
            for (int d = 3 - dims; d > 0; d--) (begins[at], ends[at++]) = (0, 1);
            for (int d = 0; d < dims; d++)
            {
                double sample = random[plane * dims + sampleOf[d]];
                double alpha = output[d] > 1 ? (double)(x.Shape[first + d] - kernel[d]) / (output[d] - 1) : 0;
                for (int i = 0; i < output[d]; i++, at++)
                {
                    begins[at] = i == output[d] - 1 ? x.Shape[first + d] - kernel[d] : (long)((i + sample) * alpha) - (long)(sample * alpha);
                    ends[at] = begins[at] + kernel[d];
                }
            }
        }
        int[] size = [.. Enumerable.Repeat(1, 3 - dims), .. output];
        return Greatest(x, first, (size[0], size[1], size[2]), 1, Tensor.From(begins, [planes, windows], x.Device), Tensor.From(ends, [planes, windows], x.Device));
    }
}
