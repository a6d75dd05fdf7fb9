namespace Candeia.Images;

/// <summary>All colours moved round the colour circle.</summary>
/// <param name="Turn">−0.5 to 0.5: a part of the whole circle.</param>
public sealed record AdjustHue(double Turn) : ColourTransform
{
    private protected override Tensor Colour(Tensor image, Generator generator)
    {
        if (!(Math.Abs(Turn) <= 0.5)) throw new ArgumentException($"Hue is moved by −0.5 to 0.5 of the circle, not by {Turn}.");
        image.RefuseOtherThan(GrayOrColour, nameof(AdjustHue));
        if (image.Shape[^3] == 1) return image;
        float[] values = image.ToArray<float>();
        bool bytes = image.DType == DType.UInt8;
        float scale = bytes ? 1 / 255f : 1, back = bytes ? 255 + 1 - 1e-3f : 1;
        int plane = image.Shape[^1] * image.Shape[^2];
        for (int picture = 0; picture < values.Length; picture += 3 * plane)
        {
            for (int i = picture; i < picture + plane; i++)
            {
                ref float r = ref values[i], g = ref values[i + plane], b = ref values[i + 2 * plane];
                (r, g, b) = Turned(r * scale, g * scale, b * scale);
                if (bytes) (r, g, b) = (MathF.Floor(r * back), MathF.Floor(g * back), MathF.Floor(b * back));
            }
        }
        return Pixels.Like(values, image);
    }

    (float, float, float) Turned(float r, float g, float b)
    {
        float most = Math.Max(r, Math.Max(g, b)), least = Math.Min(r, Math.Min(g, b)), span = most - least;
        if (span == 0) return (r, g, b);
        float hue = most == r ? (g - b) / span : most == g ? 2 + (b - r) / span : 4 + (r - g) / span;
        float turned = (hue / 6 + 1 + (float)Turn) % 1 * 6, saturation = span / most;
        int sector = (int)MathF.Floor(turned);
        float f = turned - sector, p = most * (1 - saturation), q = most * (1 - saturation * f), t = most * (1 - saturation * (1 - f));
        return (sector % 6) switch
        {
            0 => (most, t, p),
            1 => (q, most, p),
            2 => (p, most, t),
            3 => (p, q, most),
            4 => (t, p, most),
            _ => (most, p, q),
        };
    }
}

/// <summary>Brightness, contrast, saturation and hue changed at random, in random order.</summary>
/// <param name="Brightness">Factors from 1 − b to 1 + b, or from one factor to another: <c>(0.5, 1.2)</c>.</param>
/// <param name="Contrast">Factors likewise.</param>
/// <param name="Saturation">Factors likewise.</param>
/// <param name="Hue">Turns from −h to h, 0.5 at most, or from one turn to another.</param>
public sealed record ColorJitter(Spread Brightness = default, Spread Contrast = default, Spread Saturation = default, Spread Hue = default) : Transform
{
    /// <inheritdoc/>
    protected internal override Annotated Change(Annotated scene, Generator generator)
    {
        int[] order = generator.Permutation(4);
        Transform? Drawn((double Low, double High)? range, Func<double, Transform> make) => range is var (low, high) ? make(generator.Between(low, high)) : null;
        (double, double)? Factors(Spread spread, string what) => spread.About(1, 0, double.PositiveInfinity, what);
        Transform?[] steps =
        [
            Drawn(Factors(Brightness, nameof(Brightness)), f => new AdjustBrightness(f)), Drawn(Factors(Contrast, nameof(Contrast)), f => new AdjustContrast(f)),
            Drawn(Factors(Saturation, nameof(Saturation)), f => new AdjustSaturation(f)), Drawn(Hue.About(0, -0.5, 0.5, nameof(Hue)), turn => new AdjustHue(turn)),
        ];
        return order.Aggregate(scene, (s, i) => steps[i]?.Change(s, generator) ?? s);
    }
}
