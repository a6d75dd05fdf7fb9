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
/// <param name="Brightness">Factors from 1 − b to 1 + b.</param>
/// <param name="Contrast">Factors from 1 − c to 1 + c.</param>
/// <param name="Saturation">Factors from 1 − s to 1 + s.</param>
/// <param name="Hue">Turns from −h to h, 0.5 at most.</param>
public sealed record ColorJitter(double Brightness = 0, double Contrast = 0, double Saturation = 0, double Hue = 0) : Transform
{
    /// <inheritdoc/>
    protected internal override Annotated Change(Annotated scene, Generator generator)
    {
        double Factor(double range) => generator.Between(Math.Max(0, 1 - range), 1 + range);
        int[] order = generator.Permutation(4);
        Transform?[] steps =
        [
            Brightness > 0 ? new AdjustBrightness(Factor(Brightness)) : null, Contrast > 0 ? new AdjustContrast(Factor(Contrast)) : null,
            Saturation > 0 ? new AdjustSaturation(Factor(Saturation)) : null, Hue > 0 ? new AdjustHue(generator.Between(-Hue, Hue)) : null,
        ];
        return order.Aggregate(scene, (s, i) => steps[i]?.Change(s, generator) ?? s);
    }
}
