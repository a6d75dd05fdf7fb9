namespace Candeia.Images;

/// <summary>The picture turned by an angle.</summary>
/// <param name="Degrees">Counter-clockwise.</param>
/// <param name="Linear">Whether values between pixels are means of the neighbours, instead of the nearest.</param>
/// <param name="Expand">Whether the result is as large as the turned picture, instead of as before.</param>
/// <param name="Fill">What stands outside: 0 is black, 1 is white, for all channels or for each.</param>
/// <param name="Center">What stays where it is; the middle, if nothing is given.</param>
public sealed record Rotate(double Degrees, bool Linear = false, bool Expand = false, Fill Fill = default, (double X, double Y)? Center = null) : GeometricTransform
{
    private protected override Geometry Draw(int height, int width, Generator generator)
    {
        var map = Homography.Affine(-Degrees, 1, 0, 0, Center ?? (width / 2.0, height / 2.0), default);
        if (!Expand) return new Warp(height, width, map, Linear, Fill);
        (double X, double Y)[] corners = [map.Of(0, 0), map.Of(width, 0), map.Of(width, height), map.Of(0, height)];
        double middleX = width / 2.0, middleY = height / 2.0;
        var (left, right) = Whole(corners.Min(c => c.X), corners.Max(c => c.X));
        var (top, bottom) = Whole(corners.Min(c => c.Y), corners.Max(c => c.Y));
        int h = bottom - top, w = right - left;
        return new Warp(h, w, Homography.Shift(w / 2.0 - middleX, h / 2.0 - middleY) * map, Linear, Fill);
    }

    // What lies over a whole number by rounding alone needs no further pixel.
    static (int, int) Whole(double low, double high) => ((int)Math.Floor(Math.Round(low, 4)), (int)Math.Ceiling(Math.Round(high, 4)));
}

/// <summary>The picture turned, moved, made larger and sheared.</summary>
/// <param name="Degrees">How far it is turned, clockwise.</param>
/// <param name="TranslateX">Pixels to the right.</param>
/// <param name="TranslateY">Pixels down.</param>
/// <param name="Scale">How much larger.</param>
/// <param name="ShearX">How far vertical lines are turned, in degrees.</param>
/// <param name="ShearY">How far horizontal lines are turned, in degrees.</param>
/// <param name="Linear">Whether values between pixels are means of the neighbours, instead of the nearest.</param>
/// <param name="Fill">What stands outside: 0 is black, 1 is white, for all channels or for each.</param>
/// <param name="Center">What stays where it is; the middle, if nothing is given.</param>
public sealed record Affine(
    double Degrees = 0, double TranslateX = 0, double TranslateY = 0, double Scale = 1, double ShearX = 0, double ShearY = 0, bool Linear = false, Fill Fill = default,
    (double X, double Y)? Center = null) : GeometricTransform
{
    private protected override Geometry Draw(int height, int width, Generator generator) => new Warp(height, width,
        Homography.Affine(Degrees, Scale, ShearX, ShearY, Center ?? (width / 2.0, height / 2.0), (TranslateX, TranslateY)), Linear, Fill);
}

/// <summary>The picture as it looks from aside: its corners go to other places.</summary>
/// <param name="From">Four places, the upper left first, then clockwise.</param>
/// <param name="To">Where they go.</param>
/// <param name="Linear">Whether values between pixels are means of the neighbours, instead of the nearest.</param>
/// <param name="Fill">What stands outside: 0 is black, 1 is white, for all channels or for each.</param>
public sealed record Perspective(IReadOnlyList<(double X, double Y)> From, IReadOnlyList<(double X, double Y)> To, bool Linear = true, Fill Fill = default) : GeometricTransform
{
    private protected override Geometry Draw(int height, int width, Generator generator) =>
        new Warp(height, width, Homography.Between([.. From], [.. To]), Linear, Fill);
}

/// <summary>The picture turned by a random angle.</summary>
/// <param name="Degrees">At most so far in either direction, or from one angle to another, counter-clockwise.</param>
/// <param name="Linear">Whether values between pixels are means of the neighbours, instead of the nearest.</param>
/// <param name="Expand">Whether the result is as large as the turned picture, instead of as before.</param>
/// <param name="Fill">What stands outside: 0 is black, 1 is white, for all channels or for each.</param>
/// <param name="Center">What stays where it is; the middle, if nothing is given.</param>
public sealed record RandomRotation(Spread Degrees, bool Linear = false, bool Expand = false, Fill Fill = default, (double X, double Y)? Center = null) : Transform
{
    /// <inheritdoc/>
    protected internal override Annotated Change(Annotated scene, Generator generator) =>
        new Rotate(generator.Turn(Degrees), Linear, Expand, Fill, Center).Change(scene, generator);
}

/// <summary>The picture turned, moved, made larger and sheared at random.</summary>
/// <param name="Degrees">Turned at most so far in either direction, or from one angle to another, clockwise.</param>
/// <param name="Translate">Moved at most by these parts of height and width.</param>
/// <param name="Scale">The smallest and the largest factor.</param>
/// <param name="ShearX">Vertical lines are turned at most so many degrees in either direction, or from one angle to another.</param>
/// <param name="ShearY">Horizontal lines likewise.</param>
/// <param name="Linear">Whether values between pixels are means of the neighbours, instead of the nearest.</param>
/// <param name="Fill">What stands outside: 0 is black, 1 is white, for all channels or for each.</param>
/// <param name="Center">What stays where it is; the middle, if nothing is given.</param>
public sealed record RandomAffine(
    Spread Degrees, (double Height, double Width) Translate = default, (double Low, double High)? Scale = null, Spread ShearX = default, Spread ShearY = default, bool Linear = false,
    Fill Fill = default, (double X, double Y)? Center = null) : Transform
{
    /// <inheritdoc/>
    protected internal override Annotated Change(Annotated scene, Generator generator)
    {
        double angle = generator.Turn(Degrees);
        double right = Math.Round(generator.Between(-1, 1) * Translate.Width * scene.Width), down = Math.Round(generator.Between(-1, 1) * Translate.Height * scene.Height);
        double scale = Scale is { } range ? generator.Between(range.Low, range.High) : 1;
        return new Affine(angle, right, down, scale, generator.Turn(ShearX), generator.Turn(ShearY), Linear, Fill, Center).Change(scene, generator);
    }
}

/// <summary>The picture as it looks from a random side, with a probability.</summary>
/// <param name="Distortion">How far a corner goes to the middle at most: 0 to 1.</param>
/// <param name="P">How likely it is done.</param>
/// <param name="Linear">Whether values between pixels are means of the neighbours, instead of the nearest.</param>
/// <param name="Fill">What stands outside: 0 is black, 1 is white, for all channels or for each.</param>
public sealed record RandomPerspective(double Distortion = 0.5, double P = 0.5, bool Linear = true, Fill Fill = default) : GeometricTransform
{
    private protected override Geometry? Draw(int height, int width, Generator generator)
    {
        if (generator.NextDouble() >= P) return null;
        int across = (int)(Distortion * (width / 2)) + 1, down = (int)(Distortion * (height / 2)) + 1, right = width - 1, bottom = height - 1;
        double X() => generator.NextInt(across);
        double Y() => generator.NextInt(down);
        (double X, double Y)[] to = [(X(), Y()), (right - X(), Y()), (right - X(), bottom - Y()), (X(), bottom - Y())];
        return new Warp(height, width, Homography.Between([(0, 0), (right, 0), (right, bottom), (0, bottom)], to), Linear, Fill);
    }
}

/// <summary>The picture as if seen through moving water: each pixel comes from elsewhere, neighbours from nearly the same direction.</summary>
/// <param name="Alpha">How far to the side, in pixels, before smoothing.</param>
/// <param name="Sigma">How smooth, in pixels: the way to the side.</param>
/// <param name="Linear">Whether values between pixels are means of the neighbours, instead of the nearest.</param>
/// <param name="Fill">What stands outside: 0 is black, 1 is white, for all channels or for each.</param>
/// <param name="AlphaDown">How far up and down; as far as to the side, if nothing is given.</param>
/// <param name="SigmaDown">How smooth from top to bottom; as smooth as to the side, if nothing is given.</param>
public sealed record ElasticTransform(double Alpha = 50, double Sigma = 5, bool Linear = true, Fill Fill = default, double? AlphaDown = null, double? SigmaDown = null) : GeometricTransform
{
    private protected override Geometry Draw(int height, int width, Generator generator) =>
        new Bend(height, width, Field(height, width, Alpha, Sigma, generator), Field(height, width, AlphaDown ?? Alpha, SigmaDown ?? Sigma, generator), Linear, Fill);

    // torchvision counts in halves of the size: its α is a displacement of α / 2.
    float[] Field(int height, int width, double alpha, double along, Generator generator)
    {
        var noise = Tensor.Uniform([1, 1, height, width], -1, 1, generator: generator);
        if (along > 0) noise = GaussianBlur.Blur(noise, ((int)(8 * along + 1)) | 1, Sigma, SigmaDown ?? Sigma);
        return (noise * (alpha / 2)).ToArray<float>();
    }
}
