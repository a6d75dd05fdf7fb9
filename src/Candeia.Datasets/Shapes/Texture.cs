namespace Candeia.Datasets;

/// <summary>A colour with waves in it.</summary>
/// <param name="Colour">Red, green and blue, 0 to 1.</param>
/// <param name="Waves">Waves across, waves down, where they begin, and how strong they are.</param>
internal sealed record Texture(double[] Colour, (double X, double Y, double Phase, double Strength)[] Waves)
{
    public static Texture Draw(int size, Generator random)
    {
        double Between(double low, double high) => low + (high - low) * random.NextDouble();
        return new(
            [.. Enumerable.Range(0, 3).Select(_ => Between(0.15, 0.85))],
            [.. Enumerable.Range(0, 3).Select(_ => (Between(-40, 40) / size, Between(-40, 40) / size, Between(0, 2 * Math.PI), Between(0, 0.12)))]);
    }

    public double Value(int channel, double x, double y)
    {
        double value = Colour[channel];
        foreach (var wave in Waves) value += wave.Strength * Math.Sin(wave.X * x + wave.Y * y + wave.Phase + channel);
        return value;
    }

    /// <summary>The same waves in a colour that is far enough from another texture's to be seen on it.</summary>
    public Texture Unlike(Texture other)
    {
        double apart = Math.Sqrt(Colour.Zip(other.Colour, (a, b) => (a - b) * (a - b)).Sum());
        return apart > 0.45 ? this : this with { Colour = Array.ConvertAll(other.Colour, c => c > 0.5 ? c - 0.4 : c + 0.4) };
    }
}
