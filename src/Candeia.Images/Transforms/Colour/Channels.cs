namespace Candeia.Images;

/// <summary>The channels in random order.</summary>
public sealed record RandomChannelPermutation : ColourTransform
{
    private protected override Tensor Colour(Tensor image, Generator generator) =>
        image.IndexSelect(image.Rank - 3, Tensor.From(Array.ConvertAll(generator.Permutation(image.Shape[^3]), i => (long)i)));
}

/// <summary>
/// Brightness, contrast, saturation, hue and the order of channels, each changed with a probability: what SSD is trained with. Contrast is changed either before
/// saturation and hue or after them.
/// </summary>
/// <param name="P">How likely each is.</param>
public sealed record RandomPhotometricDistort(double P = 0.5) : Transform
{
    /// <summary>The smallest and the largest factor of brightness.</summary>
    public (double Low, double High) Brightness { get; init; } = (0.875, 1.125);

    /// <summary>The smallest and the largest factor of contrast.</summary>
    public (double Low, double High) Contrast { get; init; } = (0.5, 1.5);

    /// <summary>The smallest and the largest factor of saturation.</summary>
    public (double Low, double High) Saturation { get; init; } = (0.5, 1.5);

    /// <summary>How far hue is turned, −0.5 to 0.5.</summary>
    public (double Low, double High) Hue { get; init; } = (-0.05, 0.05);

    /// <inheritdoc/>
    protected internal override Annotated Change(Annotated scene, Generator generator)
    {
        bool contrastFirst = generator.NextDouble() < 0.5;
        double Between((double Low, double High) range) => generator.Between(range.Low, range.High);
        void Perhaps(Func<Transform> make)
        {
            if (generator.NextDouble() < P) scene = make().Change(scene, generator);
        }
        Perhaps(() => new AdjustBrightness(Between(Brightness)));
        if (contrastFirst) Perhaps(() => new AdjustContrast(Between(Contrast)));
        Perhaps(() => new AdjustSaturation(Between(Saturation)));
        Perhaps(() => new AdjustHue(Between(Hue)));
        if (!contrastFirst) Perhaps(() => new AdjustContrast(Between(Contrast)));
        Perhaps(() => new RandomChannelPermutation());
        return scene;
    }
}

/// <summary>All values of a picture as one vector, less its mean, times a matrix, such as one that makes them independent (whitening).</summary>
/// <param name="Matrix">[values, values].</param>
/// <param name="Mean">[values].</param>
public sealed record LinearTransformation(Tensor Matrix, Tensor Mean) : ColourTransform
{
    private protected override Tensor Colour(Tensor image, Generator generator)
    {
        int count = image.Shape[^3] * image.Shape[^2] * image.Shape[^1];
        if (Matrix.Shape != [count, count] || Mean.Shape != [count]) throw new ShapeException($"A picture {image.Shape} takes a matrix [{count}, {count}] and a mean [{count}], not {Matrix.Shape} and {Mean.Shape}.");
        if (image.DType == DType.UInt8) throw new ArgumentException("LinearTransformation takes floating-point numbers; put ToDtype before it.");
        return (image.Reshape(-1, count) - Mean).MatMul(Matrix).Reshape(image.Shape);
    }
}
