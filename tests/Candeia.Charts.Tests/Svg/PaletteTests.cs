using System.Globalization;

namespace Candeia.Charts.Tests;

public class PaletteTests
{
    public static TheoryData<string> Grounds => ["light", "dark"];

    static Palette Named(string name) => name == "light" ? Palette.Light : Palette.Dark;

    [Theory, MemberData(nameof(Grounds))]
    public void Text_is_readable(string ground)
    {
        var palette = Named(ground);
        Assert.InRange(Contrast(palette.Ink, palette.Paper), 10, 21);
        Assert.InRange(Contrast(palette.Quiet, palette.Paper), 4.5, 21);
        Assert.All(palette.Hues.Take(5), hue => Assert.InRange(Contrast(hue, palette.Paper), 3.5, 21));
        Assert.Equal(palette.Hues.Count, palette.Words.Count);
        Assert.All(palette.Words, word => Assert.InRange(Contrast(word, palette.Paper), 4.5, 21));
    }

    // Machado, Oliveira, Fernandes (2009): full protanopia and deuteranopia, on linear RGB.
    static readonly double[][] Normal = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
    static readonly double[][] Protan = [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]];
    static readonly double[][] Deutan = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]];

    [Theory, MemberData(nameof(Grounds))]
    public void The_five_hues_differ_for_everybody(string ground)
    {
        var hues = Named(ground).Hues.Take(5).ToArray();
        foreach (var eye in new[] { Normal, Protan, Deutan })
            for (int i = 0; i < hues.Length; i++)
                for (int j = 0; j < i; j++)
                {
                    double distance = Distance(Lab(hues[i], eye), Lab(hues[j], eye));
                    Assert.True(distance > 0.08, $"{hues[i]} and {hues[j]} are {distance:F3} apart");
                }
    }

    static double[] Linear(string hex) => [.. Enumerable.Range(0, 3).Select(i => int.Parse(hex.AsSpan(1 + 2 * i, 2), NumberStyles.HexNumber) / 255.0)
        .Select(v => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4))];

    static double Contrast(string a, string b)
    {
        double[] both = [.. new[] { a, b }.Select(Linear).Select(c => 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]).Order()];
        return (both[1] + 0.05) / (both[0] + 0.05);
    }

    // Ottosson (2020): OKLab.
    static double[] Lab(string hex, double[][] eye)
    {
        double[] c = Times(eye, Linear(hex));
        double[] lms = [.. Times([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], c).Select(v => Math.Cbrt(Math.Max(0, v)))];
        return Times([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099], [0.0259040371, 0.7827717662, -0.8086757660]], lms);
    }

    static double[] Times(double[][] matrix, double[] vector) => [.. matrix.Select(row => row.Zip(vector, (a, b) => a * b).Sum())];

    static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
}
