using System.Numerics;

namespace Candeia.Kernels;

/// <summary>
/// Group normalization of samples that are matrices [pixels, channels] without gaps: each is a batch of its pixels to the kernels of batch
/// normalization, whose moments are then joined over the channels of a group.
/// </summary>
internal static unsafe class GroupNorm
{
    /// <summary>
    /// y = (x − mean) / √(variance + ε) · weight + bias, with numbers for each channel, or neither; <paramref name="means"/> and
    /// <paramref name="factors"/> [batch, channels] get the mean of each channel's group and its 1 / √(variance + ε) where they are not null.
    /// </summary>
    public static void Forward<T>(Sizes sizes, double epsilon, T* x, T* weight, T* bias, T* y, T* means, T* factors)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Workers.Run(sizes.Batch, new ForwardWork<T>(sizes, epsilon, x, weight, bias, y, means, factors));

    /// <summary>The gradients, each only where its pointer is not null.</summary>
    public static void Backward<T>(Sizes sizes, T* x, T* gradient, T* weight, T* means, T* factors, T* dx, T* dweight, T* dbias)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        nint numbers = (nint)sizes.Batch * sizes.Channels;
        using var scratch = Scratch.Rent(2 * numbers * sizeof(T));
        T* sums = (T*)scratch.Pointer;                                       // [2, batch, channels]: Σ gradient·ŷ and Σ gradient
        Workers.Run(sizes.Batch, new BackwardWork<T>(sizes, x, gradient, weight, means, factors, dx, sums));
        if (dweight != null) Reduce.Sum(sums, dweight, 1, sizes.Batch, sizes.Channels);
        if (dbias != null) Reduce.Sum(sums + numbers, dbias, 1, sizes.Batch, sizes.Channels);
    }

    /// <summary>Pixels and channels of a sample, and the channels of a group.</summary>
    internal readonly record struct Sizes(int Batch, nint Pixels, int Channels, int Group);

    /// <summary>An item is a sample.</summary>
    readonly struct ForwardWork<T>(Sizes sizes, double epsilon, T* x, T* weight, T* bias, T* y, T* means, T* factors) : IWork
        where T : unmanaged, IFloatingPointIeee754<T>
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
            if (means != null) new Span<T>(mean, channels).CopyTo(new(means + item * channels, channels));
            if (factors != null) new Span<T>(factor, channels).CopyTo(new(factors + item * channels, channels));
        }
    }

    /// <summary>An item is a sample.</summary>
    readonly struct BackwardWork<T>(Sizes sizes, T* x, T* gradient, T* weight, T* means, T* factors, T* dx, T* sums) : IWork
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int item)
        {
            int channels = sizes.Channels;
            nint at = item * sizes.Pixels * channels;
            double numbers = (double)sizes.Pixels * sizes.Group;
            using var scratch = Scratch.Rent(3 * channels * sizeof(T));
            T* a = (T*)scratch.Pointer, b = a + channels, c = b + channels, mean = means + item * channels, factor = factors + item * channels;
            T* product = sums + item * channels, sum = product + (nint)sizes.Batch * channels;
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
