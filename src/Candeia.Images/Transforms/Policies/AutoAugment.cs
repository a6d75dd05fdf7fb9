using System.Globalization;

namespace Candeia.Images;

/// <summary>Which data a policy was found on.</summary>
public enum AutoAugmentPolicy
{
    /// <summary>Found on ImageNet.</summary>
    ImageNet,

    /// <summary>Found on CIFAR-10.</summary>
    Cifar10,

    /// <summary>Found on house numbers (SVHN).</summary>
    Svhn,
}

/// <summary>One of 25 pairs of changes that a search has found, each change with a probability and a strength of its own (Cubuk et al. 2018).</summary>
/// <param name="Policy">Which data the pairs were found on.</param>
/// <param name="Linear">Whether values between pixels are means of the neighbours, instead of the nearest.</param>
/// <param name="Fill">What stands outside: 0 is black, 1 is white, for all channels or for each.</param>
public sealed record AutoAugment(AutoAugmentPolicy Policy = AutoAugmentPolicy.ImageNet, bool Linear = false, Fill Fill = default) : Transform
{
    const int Bins = 10;

    /// <summary>The pairs, as in the tables of the paper: change, probability, strength.</summary>
    static readonly (Augmentation Kind, double P, int Bin)[][][] s_pairs = [.. new[]
    {
        """
        Posterize 0.4 8, Rotate 0.6 9; Solarize 0.6 5, AutoContrast 0.6; Equalize 0.8, Equalize 0.6; Posterize 0.6 7, Posterize 0.6
        6; Equalize 0.4, Solarize 0.2 4; Equalize 0.4, Rotate 0.8 8; Solarize 0.6 3, Equalize 0.6; Posterize 0.8 5, Equalize 1.0;
        Rotate 0.2 3, Solarize 0.6 8; Equalize 0.6, Posterize 0.4 6; Rotate 0.8 8, Color 0.4 0; Rotate 0.4 9, Equalize 0.6; Equalize
        0.0, Equalize 0.8; Invert 0.6, Equalize 1.0; Color 0.6 4, Contrast 1.0 8; Rotate 0.8 8, Color 1.0 2; Color 0.8 8, Solarize
        0.8 7; Sharpness 0.4 7, Invert 0.6; ShearX 0.6 5, Equalize 1.0; Color 0.4 0, Equalize 0.6; Equalize 0.4, Solarize 0.2 4;
        Solarize 0.6 5, AutoContrast 0.6; Invert 0.6, Equalize 1.0; Color 0.6 4, Contrast 1.0 8; Equalize 0.8, Equalize 0.6
        """,
        """
        Invert 0.1, Contrast 0.2 6; Rotate 0.7 2, TranslateX 0.3 9; Sharpness 0.8 1, Sharpness 0.9 3; ShearY 0.5 8, TranslateY 0.7 9;
        AutoContrast 0.5, Equalize 0.9; ShearY 0.2 7, Posterize 0.3 7; Color 0.4 3, Brightness 0.6 7; Sharpness 0.3 9, Brightness 0.7
        9; Equalize 0.6, Equalize 0.5; Contrast 0.6 7, Sharpness 0.6 5; Color 0.7 7, TranslateX 0.5 8; Equalize 0.3, AutoContrast
        0.4; TranslateY 0.4 3, Sharpness 0.2 6; Brightness 0.9 6, Color 0.2 8; Solarize 0.5 2, Invert 0.0; Equalize 0.2, AutoContrast
        0.6; Equalize 0.2, Equalize 0.6; Color 0.9 9, Equalize 0.6; AutoContrast 0.8, Solarize 0.2 8; Brightness 0.1 3, Color 0.7 0;
        Solarize 0.4 5, AutoContrast 0.9; TranslateY 0.9 9, TranslateY 0.7 9; AutoContrast 0.9, Solarize 0.8 3; Equalize 0.8, Invert
        0.1; TranslateY 0.7 9, AutoContrast 0.9
        """,
        """
        ShearX 0.9 4, Invert 0.2; ShearY 0.9 8, Invert 0.7; Equalize 0.6, Solarize 0.6 6; Invert 0.9, Equalize 0.6; Equalize 0.6,
        Rotate 0.9 3; ShearX 0.9 4, AutoContrast 0.8; ShearY 0.9 8, Invert 0.4; ShearY 0.9 5, Solarize 0.2 6; Invert 0.9,
        AutoContrast 0.8; Equalize 0.6, Rotate 0.9 3; ShearX 0.9 4, Solarize 0.3 3; ShearY 0.8 8, Invert 0.7; Equalize 0.9,
        TranslateY 0.6 6; Invert 0.9, Equalize 0.6; Contrast 0.3 3, Rotate 0.8 4; Invert 0.8, TranslateY 0.0 2; ShearY 0.7 6,
        Solarize 0.4 8; Invert 0.6, Rotate 0.8 4; ShearY 0.3 7, TranslateX 0.9 3; ShearX 0.1 6, Invert 0.6; Solarize 0.7 2,
        TranslateY 0.6 7; ShearY 0.8 4, Invert 0.8; ShearX 0.7 9, TranslateY 0.8 3; ShearY 0.8 5, AutoContrast 0.7; ShearX 0.7 2,
        Invert 0.1
        """,
    }.Select(Read)];

    /// <summary>The pairs of a policy.</summary>
    internal static IReadOnlyList<(Augmentation Kind, double P, int Bin)[]> PairsOf(AutoAugmentPolicy policy) => s_pairs[(int)policy];

    /// <inheritdoc/>
    protected internal override Annotated Change(Annotated scene, Generator generator)
    {
        var pairs = s_pairs[(int)Policy];
        foreach (var (kind, p, bin) in pairs[generator.NextInt(pairs.Length)])
            if (generator.NextDouble() < p) scene = Strengths.Cubuk.Of(kind, bin, Bins, scene, Linear, Fill, generator).Change(scene, generator);
        return scene;
    }

    static (Augmentation, double, int)[][] Read(string table) => [.. table.ReplaceLineEndings(" ").Split(';').Select(pair => pair.Split(',').Select(ReadOne).ToArray())];

    static (Augmentation, double, int) ReadOne(string change) => change.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        [var kind, var p] => (Enum.Parse<Augmentation>(kind), double.Parse(p, CultureInfo.InvariantCulture), 0),
        [var kind, var p, var bin] => (Enum.Parse<Augmentation>(kind), double.Parse(p, CultureInfo.InvariantCulture), int.Parse(bin, CultureInfo.InvariantCulture)),
        _ => throw new FormatException(change),
    };
}
