namespace Candeia.NN;

/// <summary>The way from one number to another.</summary>
public enum Annealing
{
    /// <summary>Along half a cosine: slowly at both ends.</summary>
    Cosine,
    /// <summary>Evenly.</summary>
    Linear,
}

internal static class Annealings
{
    /// <summary>The number after a part of the way.</summary>
    public static double Between(this Annealing annealing, double start, double end, double part) =>
        annealing == Annealing.Linear ? start + (end - start) * part : end + (start - end) / 2 * (1 + PortableMath.CosPi(part));
}
