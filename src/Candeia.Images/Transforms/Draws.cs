namespace Candeia.Images;

/// <summary>Random parameters of transforms.</summary>
internal static class Draws
{
    /// <summary>Uniform between two numbers.</summary>
    public static double Between(this Generator generator, double low, double high) => low + (high - low) * generator.NextDouble();

    /// <summary>An angle in degrees; 0, and nothing drawn, where none is asked for.</summary>
    public static double Turn(this Generator generator, Spread degrees) =>
        degrees.About(0, double.NegativeInfinity, double.PositiveInfinity, "An angle") is var (low, high) ? generator.Between(low, high) : 0;

    /// <summary>Uniform between two numbers, in their logarithm.</summary>
    public static double BetweenLogs(this Generator generator, double low, double high) => Math.Exp(generator.Between(Math.Log(low), Math.Log(high)));
}
