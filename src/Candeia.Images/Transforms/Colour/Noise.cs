namespace Candeia.Images;

/// <summary>The picture blurred by a bell curve of a random width.</summary>
/// <param name="KernelSize">Pixels that are averaged over in each direction, odd.</param>
/// <param name="MinSigma">The smallest standard deviation, in pixels.</param>
/// <param name="MaxSigma">The largest standard deviation.</param>
public sealed record GaussianBlur(int KernelSize, double MinSigma = 0.1, double MaxSigma = 2) : ColourTransform
{
    private protected override Tensor Colour(Tensor image, Generator generator) =>
        Blur(image.Batch(), KernelSize, MinSigma == MaxSigma ? MinSigma : generator.Between(MinSigma, MaxSigma)).Like(image);

    /// <summary>First along rows, then along columns; the picture is mirrored at its border.</summary>
    internal static Tensor Blur(Tensor batch, int kernelSize, double sigma)
    {
        if (kernelSize < 1 || kernelSize % 2 == 0) throw new ArgumentOutOfRangeException(nameof(kernelSize), $"A kernel has an odd number of pixels, not {kernelSize}.");
        if (!(sigma > 0)) throw new ArgumentOutOfRangeException(nameof(sigma), $"A standard deviation is positive, not {sigma}.");
        int half = kernelSize / 2, channels = batch.Shape[1];
        double[] bell = [.. Enumerable.Range(-half, kernelSize).Select(i => Math.Exp(-0.5 * (i / sigma) * (i / sigma)))];
        var kernel = Tensor.From(Array.ConvertAll(bell, b => (float)(b / bell.Sum())), [1, 1, 1, kernelSize]).Expand([channels, 1, 1, kernelSize]).To(batch.DType);
        return batch.Pad([half, half, half, half], PaddingMode.Reflect).Conv2d(kernel, groups: channels).Conv2d(kernel.Transpose(2, 3), groups: channels);
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
/// <param name="Value">What it is covered with, in the picture's own numbers; null for random ones.</param>
public sealed record RandomErasing(
    double P = 0.5, double MinScale = 0.02, double MaxScale = 0.33, double MinRatio = 0.3, double MaxRatio = 3.3, double? Value = 0) : ColourTransform
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
            var patch = Value is { } v ? Tensor.Full(shape, v, image.DType) : Tensor.Normal(shape, 0, 1, DType.Float32, generator).To(image.DType);
            y.Narrow(image.Rank - 2, top, h).Narrow(image.Rank - 1, left, w).CopyFrom(patch);
            return y;
        }
        return image;
    }
}
