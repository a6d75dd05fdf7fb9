namespace Candeia.Images;

/// <summary>A kind of change that policies choose from.</summary>
internal enum Augmentation { Identity, ShearX, ShearY, TranslateX, TranslateY, Rotate, Brightness, Color, Contrast, Sharpness, Posterize, Solarize, AutoContrast, Equalize, Invert }

/// <summary>How strong the changes of a policy can be: at 0 they do nothing, at 1 this.</summary>
/// <param name="Shear">Pixels to the side for each pixel.</param>
/// <param name="Translate">Pixels, or a part of the side.</param>
/// <param name="OfSide">Whether it is a part of the side.</param>
/// <param name="Rotate">Degrees.</param>
/// <param name="Colour">How far a factor is from 1.</param>
/// <param name="Bits">How many bits posterizing keeps at 0.</param>
/// <param name="FewerBits">How many fewer it keeps at 1.</param>
internal sealed record Strengths(double Shear, double Translate, bool OfSide, double Rotate, double Colour, int Bits, int FewerBits)
{
    /// <summary>The two papers of Cubuk et al.: AutoAugment 2018, RandAugment 2019.</summary>
    public static Strengths Cubuk { get; } = new(0.3, 150.0 / 331, OfSide: true, 30, 0.9, 8, 4);

    /// <summary>Müller and Hutter 2021.</summary>
    public static Strengths Wide { get; } = new(0.99, 32, OfSide: false, 135, 0.99, 8, 6);

    /// <summary>Hendrycks et al. 2020.</summary>
    public static Strengths AugMix { get; } = new(0.3, 1.0 / 3, OfSide: true, 30, 0.9, 4, 4);

    /// <summary>Those that most policies choose from.</summary>
    public static IReadOnlyList<Augmentation> Usual { get; } = [.. Enum.GetValues<Augmentation>().Where(a => a != Augmentation.Invert)];

    /// <summary>Whether a change has two directions.</summary>
    public static bool IsSigned(Augmentation kind) => kind is >= Augmentation.ShearX and <= Augmentation.Sharpness;

    /// <summary>A change of a strength from −1 to 1.</summary>
    public Transform Of(Augmentation kind, double strength, int height, int width, bool linear, Fill fill)
    {
        double Degrees(double slope) => Math.Atan(slope) * 180 / Math.PI;
        double Pixels(int side) => Math.Truncate(strength * Translate * (OfSide ? side : 1));
        return kind switch
        {
            Augmentation.ShearX => new Affine(ShearX: Degrees(strength * Shear), Linear: linear, Fill: fill, Center: (0, 0)),
            Augmentation.ShearY => new Affine(ShearY: Degrees(strength * Shear), Linear: linear, Fill: fill, Center: (0, 0)),
            Augmentation.TranslateX => new Affine(TranslateX: Pixels(width), Linear: linear, Fill: fill),
            Augmentation.TranslateY => new Affine(TranslateY: Pixels(height), Linear: linear, Fill: fill),
            Augmentation.Rotate => new Rotate(strength * Rotate, linear, Fill: fill),
            Augmentation.Brightness => new AdjustBrightness(1 + strength * Colour),
            Augmentation.Color => new AdjustSaturation(1 + strength * Colour),
            Augmentation.Contrast => new AdjustContrast(1 + strength * Colour),
            Augmentation.Sharpness => new AdjustSharpness(1 + strength * Colour),
            Augmentation.Posterize => new Posterize(Bits - (int)Math.Round(strength * FewerBits)),
            Augmentation.Solarize => new Solarize(1 - strength),
            Augmentation.AutoContrast => new AutoContrast(),
            Augmentation.Equalize => new Equalize(),
            Augmentation.Invert => new Invert(),
            _ => new Composed([]),
        };
    }

    /// <summary>A change of one of a row of strengths from 0 to 1, in a random direction where it has two.</summary>
    public Transform Of(Augmentation kind, int bin, int bins, Annotated scene, bool linear, Fill fill, Generator generator)
    {
        double strength = bins < 2 ? 0 : (double)bin / (bins - 1);
        if (IsSigned(kind) && generator.NextInt(2) == 1) strength = -strength;
        return Of(kind, strength, scene.Height, scene.Width, linear, fill);
    }
}
