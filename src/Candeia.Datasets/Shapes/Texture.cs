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

    /// <summary>Red, green and blue of all pixels of a square picture. A wave at (x, y) is the sine of a sum of angles, of which sines and cosines are computed once a column and once a row.</summary>
    public double[] Painted(int size)
    {
        double[] values = new double[3 * size * size];
        for (int i = 0; i < values.Length; i++) values[i] = Colour[i % 3];
        foreach (var wave in Waves)
            for (int c = 0; c < 3; c++)
            {
                var across = Array.ConvertAll(Middles(size), x => Math.SinCos(wave.X * x + wave.Phase + c));
                var down = Array.ConvertAll(Middles(size), y => Math.SinCos(wave.Y * y));
                for (int y = 0, i = c; y < size; y++)
                    for (int x = 0; x < size; x++, i += 3) values[i] += wave.Strength * (across[x].Sin * down[y].Cos + across[x].Cos * down[y].Sin);
            }
        return values;
    }

    static double[] Middles(int size) => [.. Enumerable.Range(0, size).Select(i => i + 0.5)];

    /// <summary>The same waves in a colour that is far enough from another texture's to be seen on it.</summary>
    public Texture Unlike(Texture other)
    {
        double apart = Math.Sqrt(Colour.Zip(other.Colour, (a, b) => (a - b) * (a - b)).Sum());
        return apart > 0.45 ? this : this with { Colour = Array.ConvertAll(other.Colour, c => c > 0.5 ? c - 0.4 : c + 0.4) };
    }
}
