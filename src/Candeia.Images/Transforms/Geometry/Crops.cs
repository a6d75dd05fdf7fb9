namespace Candeia.Images;

/// <summary>The middle of the picture; where it is smaller, black stands around it.</summary>
/// <param name="Size">Height and width of the result.</param>
public sealed record CenterCrop(Size2d Size) : GeometricTransform
{
    private protected override Geometry Draw(int height, int width, Generator generator) => Of(height, width, Size);

    internal static Window Of(int height, int width, Size2d size) => new(Offset(height, size.Height), Offset(width, size.Width), size.Height, size.Width);

    // As torchvision: rounded to even where it crops, down where it pads.
    static int Offset(int size, int wanted) => wanted <= size ? (int)Math.Round((size - wanted) / 2.0) : -((wanted - size) / 2);
}

/// <summary>The part of the picture from a row and column on.</summary>
/// <param name="Top">The first row.</param>
/// <param name="Left">The first column.</param>
/// <param name="Height">Rows of the result.</param>
/// <param name="Width">Columns of the result.</param>
public sealed record Crop(int Top, int Left, int Height, int Width) : GeometricTransform
{
    private protected override Geometry Draw(int height, int width, Generator generator) => new Window(Top, Left, Height, Width);
}

/// <summary>More around the picture.</summary>
/// <param name="Left">Columns on the left.</param>
/// <param name="Top">Rows above.</param>
/// <param name="Right">Columns on the right.</param>
/// <param name="Bottom">Rows below.</param>
/// <param name="Fill">What stands there, where pixels of the picture do not: 0 is black, 1 is white, for all channels or for each.</param>
/// <param name="Mode">What stands there.</param>
public sealed record Pad(int Left, int Top, int Right, int Bottom, Fill Fill = default, BorderMode Mode = BorderMode.Constant) : GeometricTransform
{
    /// <summary>As much on all sides, or left and right as much and above and below.</summary>
    /// <param name="sides">Pixels: one number, or two, first those to the left and to the right.</param>
    /// <param name="Fill">What stands there, where pixels of the picture do not: 0 is black, 1 is white, for all channels or for each.</param>
    /// <param name="Mode">What stands there.</param>
    public Pad(Sides sides, Fill Fill = default, BorderMode Mode = BorderMode.Constant) : this(sides.Left, sides.Top, sides.Right, sides.Bottom, Fill, Mode) { }

    private protected override Geometry Draw(int height, int width, Generator generator) =>
        new Window(-Top, -Left, height + Top + Bottom, width + Left + Right, Mode, Fill);
}

/// <summary>A window somewhere in the picture; with padding, as is usual for CIFAR, it may reach over the border.</summary>
/// <param name="Size">Height and width of the result.</param>
/// <param name="Padding">How far over each border: one number for all, two for left and right and for top and bottom, or four.</param>
/// <param name="PadIfNeeded">Whether a smaller picture is padded until the window fits.</param>
/// <param name="Fill">What stands outside, where pixels of the picture do not: 0 is black, 1 is white, for all channels or for each.</param>
/// <param name="Mode">What stands outside.</param>
public sealed record RandomCrop(Size2d Size, Sides Padding = default, bool PadIfNeeded = false, Fill Fill = default, BorderMode Mode = BorderMode.Constant) : GeometricTransform
{
    private protected override Geometry Draw(int height, int width, Generator generator)
    {
        int tall = height + Padding.Top + Padding.Bottom, wide = width + Padding.Left + Padding.Right;
        int down = PadIfNeeded ? Math.Max(0, Size.Height - tall) : 0, across = PadIfNeeded ? Math.Max(0, Size.Width - wide) : 0;
        int rows = tall + 2 * down - Size.Height, columns = wide + 2 * across - Size.Width;
        if (rows < 0 || columns < 0)
            throw new ShapeException($"A window of {Size} does not fit a picture of {height}×{width}; make it larger with Resize, or let padIfNeeded be true.");
        return new Window(generator.NextInt(rows + 1) - Padding.Top - down, generator.NextInt(columns + 1) - Padding.Left - across, Size.Height, Size.Width, Mode, Fill);
    }
}

/// <summary>A window of random size and shape, brought to a size: what ImageNet is trained with.</summary>
/// <param name="Size">Height and width of the result.</param>
/// <param name="MinScale">The smallest part of the picture's area.</param>
/// <param name="MaxScale">The largest part of the picture's area.</param>
/// <param name="MinRatio">The smallest width over height.</param>
/// <param name="MaxRatio">The largest width over height.</param>
/// <param name="Interpolation">How values between pixels are found.</param>
/// <param name="Antialias">Whether all pixels count that a new one covers.</param>
public sealed record RandomResizedCrop(
    Size2d Size, double MinScale = 0.08, double MaxScale = 1, double MinRatio = 3.0 / 4, double MaxRatio = 4.0 / 3,
    Interpolation Interpolation = Interpolation.Linear, bool Antialias = true) : Transform
{
    /// <inheritdoc/>
    protected internal override Annotated Change(Annotated scene, Generator generator)
    {
        var window = Draw(scene.Height, scene.Width, generator);
        return new Resized(window.Height, window.Width, Size.Height, Size.Width, Interpolation, Antialias).Apply(window.Apply(scene));
    }

    internal override (Window Window, Transform Then)? Begin(int height, int width, Generator generator) => (Draw(height, width, generator), new Resize(Size, Interpolation, Antialias));

    /// <summary>Ten attempts to find a window that fits; then the largest in the middle whose shape is allowed.</summary>
    internal Window Draw(int height, int width, Generator generator)
    {
        for (int attempt = 0; attempt < 10; attempt++)
        {
            double area = (double)height * width * generator.Between(MinScale, MaxScale), ratio = generator.BetweenLogs(MinRatio, MaxRatio);
            int w = (int)Math.Round(Math.Sqrt(area * ratio)), h = (int)Math.Round(Math.Sqrt(area / ratio));
            if (w > 0 && h > 0 && w <= width && h <= height) return new Window(generator.NextInt(height - h + 1), generator.NextInt(width - w + 1), h, w);
        }
        double shape = (double)width / height;
        return CenterCrop.Of(height, width, shape < MinRatio ? ((int)Math.Round(width / MinRatio), width) : shape > MaxRatio ? (height, (int)Math.Round(height * MaxRatio)) : (height, width));
    }
}

/// <summary>The picture somewhere on a larger canvas: things become smaller.</summary>
/// <param name="MaxRatio">How much larger the canvas is at most.</param>
/// <param name="P">How likely it is done.</param>
/// <param name="Fill">The canvas: 0 is black, 1 is white, for all channels or for each.</param>
/// <param name="MinRatio">How much larger it is at least.</param>
public sealed record RandomZoomOut(double MaxRatio = 4, double P = 0.5, Fill Fill = default, double MinRatio = 1) : GeometricTransform
{
    private protected override Geometry? Draw(int height, int width, Generator generator)
    {
        if (generator.NextDouble() >= P) return null;
        if (!(MinRatio >= 1 && MinRatio <= MaxRatio)) throw new ArgumentException($"A canvas is 1 time as large as the picture or more, the smaller number first, and not {MinRatio} to {MaxRatio} times.");
        double ratio = generator.Between(MinRatio, MaxRatio);
        int h = (int)(height * ratio), w = (int)(width * ratio);
        return new Window(-(int)((h - height) * generator.NextDouble()), -(int)((w - width) * generator.NextDouble()), h, w, Fill: Fill);
    }
}

/// <summary>Several crops of a picture, as they are averaged over in tests.</summary>
public static class Crops
{
    /// <summary>The four corners and the middle, one after the other: [5, channels, height, width].</summary>
    /// <param name="image">[channels, h, w].</param>
    /// <param name="size">Height and width of the crops.</param>
    /// <exception cref="ShapeException">The picture is smaller.</exception>
    /// <example><code>Console.WriteLine(Crops.Five(Tensor.Zeros([3, 20, 30]), 16).Shape);      // → [5, 3, 16, 16]</code></example>
    public static Tensor Five(Tensor image, Size2d size)
    {
        ArgumentNullException.ThrowIfNull(image);
        int bottom = image.Shape[^2] - size.Height, right = image.Shape[^1] - size.Width;
        if (bottom < 0 || right < 0) throw new ShapeException($"Crops of {size} cannot be taken of a picture {image.Shape}.");
        Crop At(int top, int left) => new(top, left, size.Height, size.Width);
        Transform[] crops = [At(0, 0), At(0, right), At(bottom, 0), At(bottom, right), new CenterCrop(size)];
        return Tensor.Stack([.. crops.Select(c => c.Apply(image))]);
    }

    /// <summary>Crops that cover the whole picture, row by row: what is too small to be found in a large picture is found in one of them.</summary>
    /// <param name="image">[channels, h, w].</param>
    /// <param name="size">Height and width of the crops.</param>
    /// <param name="overlap">How much of a crop the next one shows again, 0 to below 1; the last of a row or column more, so that it ends with the picture.</param>
    /// <returns>The crops, [n, channels, height, width], and where each begins: top and left.</returns>
    /// <exception cref="ShapeException">The picture is smaller.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The overlap is not from 0 to below 1.</exception>
    /// <example><code>
    /// var (tiles, places) = Crops.Tiles(Tensor.Zeros([3, 100, 150]), 64, overlap: 0.25);
    /// Console.WriteLine($"{tiles.Shape}, the last at {places[^1]}");       // → [6, 3, 64, 64], the last at (36, 86)
    /// </code></example>
    public static (Tensor Tiles, IReadOnlyList<(int Top, int Left)> Places) Tiles(Tensor image, Size2d size, double overlap = 0.2)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (overlap is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(overlap), $"Crops overlap by a part of them, from 0 to below 1, not by {overlap}.");
        if (image.Shape[^2] < size.Height || image.Shape[^1] < size.Width) throw new ShapeException($"Crops of {size} cannot be taken of a picture {image.Shape}.");
        (int Top, int Left)[] places = [.. Begins(image.Shape[^2], size.Height, overlap).SelectMany(top => Begins(image.Shape[^1], size.Width, overlap).Select(left => (top, left)))];
        return (Tensor.Stack([.. places.Select(p => new Crop(p.Top, p.Left, size.Height, size.Width).Apply(image))]), places);
    }

    static IEnumerable<int> Begins(int length, int size, double overlap)
    {
        int step = Math.Max(1, (int)Math.Round(size * (1 - overlap))), at = 0;
        for (; at + size < length; at += step) yield return at;
        yield return length - size;
    }

    /// <summary>These five, and the same of the mirrored picture: [10, channels, height, width].</summary>
    /// <param name="image">[channels, h, w].</param>
    /// <param name="size">Height and width of the crops.</param>
    /// <param name="vertical">Whether it is mirrored from top to bottom, instead of from left to right.</param>
    /// <exception cref="ShapeException">The picture is smaller.</exception>
    /// <example><code>Console.WriteLine(Crops.Ten(Tensor.Zeros([3, 20, 30]), 16).Shape);       // → [10, 3, 16, 16]</code></example>
    public static Tensor Ten(Tensor image, Size2d size, bool vertical = false)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Tensor.Cat([Five(image, size), Five(image.Flip(image.Rank - (vertical ? 2 : 1)), size)]);
    }
}
