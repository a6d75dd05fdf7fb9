namespace Candeia.Images;

/// <summary>The picture in another size; when it shrinks, all pixels count that a new one covers, as in Pillow.</summary>
public sealed record Resize : GeometricTransform
{
    /// <summary>The shorter side in a new size, the other one in proportion.</summary>
    /// <param name="shorter">Pixels of the shorter side.</param>
    /// <param name="longest">What the longer side may have at most; the shorter one is then smaller than asked for.</param>
    /// <param name="interpolation">How values between pixels are found.</param>
    /// <param name="antialias">Whether all pixels count that a new one covers.</param>
    public Resize(int shorter, int? longest = null, Interpolation interpolation = Interpolation.Linear, bool antialias = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shorter);
        if (longest <= shorter) throw new ArgumentException($"The longer side cannot have {longest} pixels at most where the shorter one has {shorter}.");
        (Shorter, Longest, Interpolation, Antialias) = (shorter, longest, interpolation, antialias);
    }

    /// <summary>Both sides in a new size.</summary>
    /// <param name="size">Height and width: <c>(224, 224)</c>.</param>
    /// <param name="interpolation">How values between pixels are found.</param>
    /// <param name="antialias">Whether all pixels count that a new one covers.</param>
    public Resize(Size2d size, Interpolation interpolation = Interpolation.Linear, bool antialias = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Math.Min(size.Height, size.Width), nameof(size));
        (Size, Interpolation, Antialias) = (size, interpolation, antialias);
    }

    Resize(Interpolation interpolation, bool antialias, int longest) => (Longest, Interpolation, Antialias) = (longest, interpolation, antialias);

    /// <summary>The longer side in a new size, the other one in proportion.</summary>
    /// <param name="longest">Pixels of the longer side.</param>
    /// <param name="interpolation">How values between pixels are found.</param>
    /// <param name="antialias">Whether all pixels count that a new one covers.</param>
    /// <example><code>Console.WriteLine(Resize.LongestTo(12).Apply(Tensor.Zeros([3, 20, 30])).Shape);       // → [3, 8, 12]</code></example>
    public static Resize LongestTo(int longest, Interpolation interpolation = Interpolation.Linear, bool antialias = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(longest);
        return new(interpolation, antialias, longest);
    }

    /// <summary>Pixels of the shorter side, where the other follows.</summary>
    public int? Shorter { get; }

    /// <summary>What the longer side may have at most.</summary>
    public int? Longest { get; }

    /// <summary>Height and width, where both are given.</summary>
    public Size2d? Size { get; }

    /// <summary>How values between pixels are found.</summary>
    public Interpolation Interpolation { get; }

    /// <summary>Whether all pixels count that a new one covers.</summary>
    public bool Antialias { get; }

    private protected override Geometry Draw(int height, int width, Generator generator) => Of(height, width);

    Resized Of(int height, int width)
    {
        var size = Size ?? Proportional(height, width);
        return new Resized(height, width, size.Height, size.Width, Interpolation, Antialias);
    }

    /// <summary>Of what is cut to its middle nothing else is computed.</summary>
    internal override Geometry? Joined(Transform next, int height, int width)
    {
        if (next is not CenterCrop crop) return null;
        var whole = Of(height, width);
        return crop.Size.Height <= whole.Height && crop.Size.Width <= whole.Width ? new Resized.Part(whole, CenterCrop.Of(whole.Height, whole.Width, crop.Size)) : null;
    }

    Size2d Proportional(int height, int width)
    {
        if (Shorter is not { } @short)
        {
            // The other way round: the longer side is what is asked for.
            int other = Math.Max(1, (int)((long)Longest!.Value * Math.Min(height, width) / Math.Max(height, width)));
            return width <= height ? (Longest.Value, other) : (other, Longest.Value);
        }
        long proportional = (long)@short * Math.Max(height, width) / Math.Min(height, width);
        if (proportional > Array.MaxLength && Longest is null)
            throw new ShapeException($"A picture of {height}×{width} would get {proportional} pixels on its longer side where the shorter one has {@short}; say how long it may be with 'longest'.");
        int @long = (int)Math.Min(proportional, Array.MaxLength);
        if (@long > Longest) (@short, @long) = (Math.Max(1, (int)((long)Longest.Value * @short / @long)), Longest.Value);
        return width <= height ? (@long, @short) : (@short, @long);
    }
}

/// <summary>The picture in a random size, and then a window of a fixed one: what large-scale detection is trained with.</summary>
/// <param name="Target">The size that factors are of.</param>
/// <param name="MinScale">The smallest factor.</param>
/// <param name="MaxScale">The largest factor.</param>
/// <param name="Interpolation">How values between pixels are found.</param>
/// <param name="Antialias">Whether all pixels count that a new one covers.</param>
public sealed record ScaleJitter(Size2d Target, double MinScale = 0.1, double MaxScale = 2, Interpolation Interpolation = Interpolation.Linear, bool Antialias = true) : GeometricTransform
{
    private protected override Geometry Draw(int height, int width, Generator generator)
    {
        double ratio = generator.Between(MinScale, MaxScale) * Math.Min((double)Target.Height / height, (double)Target.Width / width);
        return new Resized(height, width, Math.Max(1, (int)(height * ratio)), Math.Max(1, (int)(width * ratio)), Interpolation, Antialias);
    }
}
