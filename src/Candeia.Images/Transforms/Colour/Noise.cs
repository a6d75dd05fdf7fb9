namespace Candeia.Images;

/// <summary>The picture blurred by a bell curve of a random width.</summary>
/// <param name="KernelSize">Pixels that are averaged over in each direction, odd: one number, or rows and columns.</param>
/// <param name="MinSigma">The smallest standard deviation, in pixels.</param>
/// <param name="MaxSigma">The largest standard deviation.</param>
public sealed record GaussianBlur(Size2d KernelSize, double MinSigma = 0.1, double MaxSigma = 2) : ColourTransform
{
    private protected override Tensor Colour(Tensor image, Generator generator)
    {
        double sigma = MinSigma == MaxSigma ? MinSigma : generator.Between(MinSigma, MaxSigma);
        return Blur(image.Batch(), KernelSize, sigma, sigma).Like(image);
    }

    /// <summary>First along rows, then along columns; the picture is mirrored at its border.</summary>
    internal static Tensor Blur(Tensor batch, Size2d kernel, double across, double down)
    {
        int channels = batch.Shape[1], columns = kernel.Width / 2, rows = kernel.Height / 2;
        Tensor right = Bell(kernel.Width, across).Reshape(1, 1, 1, -1).Expand([channels, 1, 1, kernel.Width]), below = Bell(kernel.Height, down).Reshape(1, 1, -1, 1).Expand([channels, 1, kernel.Height, 1]);
        return batch.Pad([columns, columns, rows, rows], PaddingMode.Reflect).Conv2d(right.To(batch.DType), groups: channels).Conv2d(below.To(batch.DType), groups: channels);
    }

    static Tensor Bell(int size, double sigma)
    {
        if (size < 1 || size % 2 == 0) throw new ArgumentOutOfRangeException(nameof(size), $"A kernel has an odd number of pixels, not {size}.");
        if (!(sigma > 0)) throw new ArgumentOutOfRangeException(nameof(sigma), $"A standard deviation is positive, not {sigma}.");
        double[] bell = [.. Enumerable.Range(-(size / 2), size).Select(i => Math.Exp(-0.5 * (i / sigma) * (i / sigma)))];
        return Tensor.From(Array.ConvertAll(bell, b => (float)(b / bell.Sum())));
    }
}

/// <summary>Random numbers added to each value.</summary>
/// <param name="Mean">Their mean: 1 is white.</param>
/// <param name="Sigma">Their standard deviation.</param>
/// <param name="Clip">Whether the result is cut to black and white.</param>
public sealed record GaussianNoise(double Mean = 0, double Sigma = 0.1, bool Clip = true) : ColourTransform
{
    private protected override Tensor Colour(Tensor image, Generator generator)
    {
        double white = image.DType.White();
        var x = image.Batch();
        var y = x + Tensor.Normal(x.Shape, Mean * white, Sigma * white, x.DType, generator);
        return (Clip ? y.Clamp(0, white) : y).Like(image);
    }
}

/// <summary>A random rectangle of the picture covered, with a probability (Zhong et al. 2017).</summary>
/// <param name="P">How likely it is done.</param>
/// <param name="MinScale">The smallest part of the picture's area.</param>
/// <param name="MaxScale">The largest part of the picture's area.</param>
/// <param name="MinRatio">The smallest height over width.</param>
/// <param name="MaxRatio">The largest height over width.</param>
/// <param name="Value">What it is covered with, for all channels or for each: 0 is black, 1 is white, and other numbers do where the picture was normalized.</param>
/// <param name="Noise">Whether it is covered with random numbers about 0 instead, as is usual for normalized pictures.</param>
public sealed record RandomErasing(
    double P = 0.5, double MinScale = 0.02, double MaxScale = 0.33, double MinRatio = 0.3, double MaxRatio = 3.3, Fill Value = default, bool Noise = false) : ColourTransform
{
    private protected override Tensor Colour(Tensor image, Generator generator)
    {
        if (generator.NextDouble() >= P) return image;
        int height = image.Shape[^2], width = image.Shape[^1];
        for (int attempt = 0; attempt < 10; attempt++)
        {
            double area = (double)height * width * generator.Between(MinScale, MaxScale), ratio = generator.BetweenLogs(MinRatio, MaxRatio);
            int h = (int)Math.Round(Math.Sqrt(area * ratio)), w = (int)Math.Round(Math.Sqrt(area / ratio));
            if (h >= height || w >= width || h < 1 || w < 1) continue;
            int top = generator.NextInt(height - h + 1), left = generator.NextInt(width - w + 1);
            var y = image.Clone();
            Shape shape = [.. image.Shape.Take(image.Rank - 2), h, w];
            var patch = Noise ? Tensor.Normal(shape, 0, 1, DType.Float32, generator).To(image.DType) : Tensor.From(Value.In(image)).To(image.DType).Reshape(-1, 1, 1).Expand(shape);
            y.Narrow(image.Rank - 2, top, h).Narrow(image.Rank - 1, left, w).CopyFrom(patch);
            return y;
        }
        return image;
    }
}
