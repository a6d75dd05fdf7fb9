using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// (x − mean) / √(variance + ε) over groups of channels of each sample of [n, c, …], times a weight plus a bias. Inputs: x and, if there are, weight
/// [c] and bias [c]. The result is channels-last in memory; each sample is a batch of its pixels to the kernels of batch normalization.
/// </summary>
/// <param name="Groups">How many groups are normalized separately.</param>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record GroupNormOp(int Groups, double Epsilon) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>Mean and 1 / √(variance + ε) of each channel's group, for each sample.</summary>
    protected internal override TensorSpec[] Saves(ReadOnlySpan<Tensor> x) => [new([x[0].Shape[0], 2, x[0].Shape[1]], x[0].DType)];

    /// <summary>In two passes over memory where nobody differentiates it again; else by operations that have derivatives themselves.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        if (MayUseKernels(grad)) return grad.DType == DType.Float32 ? Gradients<float>(node, grad) : Gradients<double>(node, grad);
        var x = node.Inputs[0];
        int[] others = [0, .. Enumerable.Range(2, x.Rank - 2)];
        Shape channel = [.. x.Shape.Select((size, d) => d == 1 ? size : 1)];
        Tensor Grouped(Tensor t) => t.Reshape(x.Shape[0], Groups, -1);
        var centred = Grouped(x) - Grouped(x).Mean([2], keepDim: true);
        var scale = (centred.Square().Mean([2], keepDim: true) + Epsilon).Rsqrt();
        var y = centred * scale;
        var g = Grouped(node.Inputs.Length > 1 ? grad * node.Inputs[1].Reshape(channel) : grad);
        var dx = (scale * (g - g.Mean([2], keepDim: true) - y * (g * y).Mean([2], keepDim: true))).Reshape(x.Shape);
        return node.Inputs.Length > 1 ? [dx, (grad * y.Reshape(x.Shape)).Sum(others), grad.Sum(others)] : [dx];
    }

    /// <summary>Applies the op; weight and bias come together or not at all.</summary>
    public Tensor Apply(Tensor x, Tensor? weight = null, Tensor? bias = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        var layout = x.Rank > 2 ? Layout.ChannelsLast(x.Shape) : Layout.Of(x.Shape);
        return weight is null || bias is null ? Run(layout, x.DType, x) : Run(layout, x.DType, x, weight, bias);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        if (y.Numel == 0) return;
        if (y.DType == DType.Float32) Compute<float>(x, y, outputs.Length > 1 ? outputs[1] : null);
        else Compute<double>(x, y, outputs.Length > 1 ? outputs[1] : null);
    }

    unsafe void Compute<T>(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor? saved) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = BatchNormOp.Rows(inputs[0]);
        Tensor? weight = inputs.Length > 1 ? inputs[1].Contiguous() : null, bias = inputs.Length > 1 ? inputs[2].Contiguous() : null;
        Workers.Run(x.Shape[0], new ForwardWork<T>(Sizes.Of(x, Groups), Epsilon, x.Pointer<T>(), At<T>(weight), At<T>(bias), y.Pointer<T>(), At<T>(saved)));
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
    }

    unsafe Tensor?[] Gradients<T>(Node node, Tensor grad) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor x = BatchNormOp.Rows(node.Inputs[0]), g = BatchNormOp.Rows(grad);
        int channels = x.Shape[1], batch = x.Shape[0];
        var weight = node.Inputs.Length > 1 ? node.Inputs[1].Contiguous() : null;
        var dx = node.Needs(0) ? x.Device.Empty(x.Layout.Dense(), x.DType) : null;
        var sums = Tensor.Zeros([2, batch, channels], x.DType);                 // Σ gradient·ŷ and Σ gradient
        if (grad.Numel > 0)
            Workers.Run(batch, new BackwardWork<T>(Sizes.Of(x, Groups), x.Pointer<T>(), g.Pointer<T>(), At<T>(weight), node.Saved[0].Pointer<T>(), At<T>(dx), sums.Pointer<T>(), batch));
        else dx?.Fill(0);
        GC.KeepAlive(x);
        GC.KeepAlive(g);
        GC.KeepAlive(weight);
        return weight is null ? [dx] : [dx, node.Needs(1) ? sums.Select(0, 0).Sum(0) : null, node.Needs(2) ? sums.Select(0, 1).Sum(0) : null];
    }

    static unsafe T* At<T>(Tensor? x) where T : unmanaged => x is null ? null : x.Pointer<T>();

    /// <summary>Pixels and channels of a sample, and the channels of a group.</summary>
    readonly record struct Sizes(nint Pixels, int Channels, int Group)
    {
        public static Sizes Of(Tensor x, int groups) => new((nint)x.Numel / x.Shape[0] / x.Shape[1], x.Shape[1], x.Shape[1] / groups);
    }

    /// <summary>An item is a sample.</summary>
    readonly unsafe struct ForwardWork<T>(Sizes sizes, double epsilon, T* x, T* weight, T* bias, T* y, T* saved) : IWork where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int item)
        {
            int channels = sizes.Channels;
            nint at = item * sizes.Pixels * channels;
            using var scratch = Scratch.Rent(4 * channels * sizeof(T));
            T* mean = (T*)scratch.Pointer, factor = mean + channels, scale = factor + channels, shift = scale + channels;
            ChannelNorm.Moments(x + at, mean, factor, sizes.Pixels, channels);
            for (int from = 0; from < channels; from += sizes.Group)
            {
                double centre = 0, variance = 0;
                for (int c = from; c < from + sizes.Group; c++) centre += double.CreateTruncating(mean[c]) / sizes.Group;
                for (int c = from; c < from + sizes.Group; c++)
                    variance += (double.CreateTruncating(factor[c]) + Math.Pow(double.CreateTruncating(mean[c]) - centre, 2)) / sizes.Group;
                double by = 1 / Math.Sqrt(variance + epsilon);
                for (int c = from; c < from + sizes.Group; c++)
                {
                    (mean[c], factor[c]) = (T.CreateTruncating(centre), T.CreateTruncating(by));
                    scale[c] = T.CreateTruncating(by * (weight == null ? 1 : double.CreateTruncating(weight[c])));
                    shift[c] = bias == null ? T.Zero : bias[c];
                }
            }
            ChannelNorm.Normalize(x + at, mean, scale, shift, y + at, sizes.Pixels, channels);
            if (saved != null) new Span<T>(mean, 2 * channels).CopyTo(new(saved + item * 2 * channels, 2 * channels));
        }
    }

    /// <summary>An item is a sample.</summary>
    readonly unsafe struct BackwardWork<T>(Sizes sizes, T* x, T* gradient, T* weight, T* moments, T* dx, T* sums, int batch) : IWork where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int item)
        {
            int channels = sizes.Channels;
            nint at = item * sizes.Pixels * channels;
            double numbers = (double)sizes.Pixels * sizes.Group;
            using var scratch = Scratch.Rent(3 * channels * sizeof(T));
            T* a = (T*)scratch.Pointer, b = a + channels, c = b + channels, mean = moments + item * 2 * channels, factor = mean + channels;
            T* product = sums + item * channels, sum = product + (nint)batch * channels;
            ChannelNorm.Sums(gradient + at, x + at, mean, sum, product, sizes.Pixels, channels);
            for (int from = 0; from < channels; from += sizes.Group)
            {
                double all = 0, products = 0, by = double.CreateTruncating(factor[from]);
                for (int i = from; i < from + sizes.Group; i++)
                {
                    double w = weight == null ? 1 : double.CreateTruncating(weight[i]);
                    all += w * double.CreateTruncating(sum[i]);
                    products += w * double.CreateTruncating(product[i]);
                    a[i] = T.CreateTruncating(w * by);
                    product[i] *= factor[i];
                }
                for (int i = from; i < from + sizes.Group; i++)
                    (b[i], c[i]) = (T.CreateTruncating(-by * by * by * products / numbers), T.CreateTruncating(-by * all / numbers));
            }
            if (dx != null) ChannelNorm.Gradient(gradient + at, x + at, mean, a, b, c, dx + at, sizes.Pixels, channels);
        }
    }
}

public static partial class TensorOps
{
    /// <summary>
    /// Groups of channels of each sample of [n, c, …] with mean 0 and variance 1, then each channel scaled and shifted
    /// (<see href="https://arxiv.org/abs/1803.08494">Wu and He 2018</see>). As many groups as channels make instance normalization.
    /// </summary>
    /// <param name="x">[n, c, …] of two to five dimensions.</param>
    /// <param name="groups">How many groups are normalized separately.</param>
    /// <param name="weight">The scale of each channel [c].</param>
    /// <param name="bias">The shift of each channel [c].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <exception cref="ShapeException">The channels cannot be divided into the groups, or weight and bias are not one number per channel.</exception>
    public static Tensor GroupNorm(this Tensor x, int groups, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        if (x.Rank is < 2 or > 5) throw new ShapeException($"GroupNorm takes [n, c, …] of two to five dimensions, not {x.Shape}.");
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"GroupNorm takes floating-point numbers, not {x.DType}.");
        if (x.Shape[1] % groups != 0) throw new ShapeException($"The {x.Shape[1]} channels of {x.Shape} cannot be divided into {groups} groups.");
        if (weight is null != bias is null) throw new ArgumentException("Weight and bias come together or not at all.");
        foreach (var each in (ReadOnlySpan<Tensor?>)[weight, bias])
            if (each is not null && (each.Shape != [x.Shape[1]] || each.DType != x.DType))
                throw new ShapeException($"GroupNorm of {x.DType} {x.Shape} needs {x.DType} [{x.Shape[1]}], a number per channel, not {each.DType} {each.Shape}.");
        return new GroupNormOp(groups, epsilon).Apply(x, weight, bias);
    }
}
