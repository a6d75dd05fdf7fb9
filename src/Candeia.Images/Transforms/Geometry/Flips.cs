namespace Candeia.Images;

/// <summary>Left and right exchanged, with a probability.</summary>
/// <param name="P">How likely it is.</param>
public sealed record RandomHorizontalFlip(double P = 0.5) : GeometricTransform
{
    private protected override Geometry? Draw(int height, int width, Generator generator) => generator.NextDouble() < P ? new Mirror(height, width, Horizontal: true) : null;
}

/// <summary>Above and below exchanged, with a probability.</summary>
/// <param name="P">How likely it is.</param>
public sealed record RandomVerticalFlip(double P = 0.5) : GeometricTransform
{
    private protected override Geometry? Draw(int height, int width, Generator generator) => generator.NextDouble() < P ? new Mirror(height, width, Horizontal: false) : null;
}
