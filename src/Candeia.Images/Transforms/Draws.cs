namespace Candeia.Images;

/// <summary>Random parameters of transforms.</summary>
internal static class Draws
{
    /// <summary>Uniform between two numbers.</summary>
    public static double Between(this Generator generator, double low, double high) => low + (high - low) * generator.NextDouble();

    /// <summary>Uniform between two numbers, in their logarithm.</summary>
    public static double BetweenLogs(this Generator generator, double low, double high) => Math.Exp(generator.Between(Math.Log(low), Math.Log(high)));
}
