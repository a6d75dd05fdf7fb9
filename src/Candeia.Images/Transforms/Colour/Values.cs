namespace Candeia.Images;

/// <summary>Every value times a factor: 0 is black, 1 the picture as it is, 2 twice as bright.</summary>
/// <param name="Factor">Not negative.</param>
public sealed record AdjustBrightness(double Factor) : ValueTransform
{
    private protected override double Value(double value, double white) => Math.Clamp((float)value * (float)Factor, 0, white);
}

/// <summary>Gain · value ^ gamma: a gamma above 1 makes shadows darker, one below 1 lighter.</summary>
/// <param name="Gamma">Not negative.</param>
/// <param name="Gain">What is multiplied with.</param>
public sealed record AdjustGamma(double Gamma, double Gain = 1) : ValueTransform
{
    private protected override double Value(double value, double white) =>
        Math.Clamp(Gain * Math.Pow(value / white, Gamma), 0, 1) is var v && white == 255 ? v * (255 + 1 - 1e-3) : v;
}

/// <summary>The negative of the picture.</summary>
public sealed record Invert : ValueTransform
{
    private protected override double Value(double value, double white) => white - value;
}

/// <summary>What is brighter than a threshold becomes its negative.</summary>
/// <param name="Threshold">0 is black, 1 is white.</param>
public sealed record Solarize(double Threshold = 128.0 / 255) : ValueTransform
{
    private protected override double Value(double value, double white) => value / white >= Threshold ? white - value : value;
}

/// <summary>Fewer shades: the upper bits of each byte.</summary>
/// <param name="Bits">How many are kept, 0 to 8.</param>
public sealed record Posterize(int Bits) : ValueTransform
{
    private protected override double Value(double value, double white) => (((int)(value * 255 / white + 1e-6)) & (-(1 << (8 - Bits)))) * white / 255;
}
