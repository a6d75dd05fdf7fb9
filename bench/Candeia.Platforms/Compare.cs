using System.Globalization;
using System.Text.RegularExpressions;

namespace Candeia.Platforms;

/// <summary>Two files that ought to say the same: tensors bit by bit, texts word by word; or their numbers to a tolerance, relative to 1 or to the number.</summary>
static partial class Compare
{
    public static bool Run(string one, string other, double within) => one.EndsWith(".safetensors", StringComparison.Ordinal)
        ? Tensors(Safetensors.Load(one), Safetensors.Load(other), within) : Texts(File.ReadAllText(one), File.ReadAllText(other), within);

    static bool Tensors(IReadOnlyDictionary<string, Tensor> one, IReadOnlyDictionary<string, Tensor> other, double within)
    {
        if (!one.Keys.Order(StringComparer.Ordinal).SequenceEqual(other.Keys.Order(StringComparer.Ordinal)))
        {
            Console.WriteLine("other tensors: " + string.Join(", ", one.Keys.Except(other.Keys).Concat(other.Keys.Except(one.Keys)).Take(5)));
            return false;
        }
        var differences = one.Where(t => !Bytes(t.Value).AsSpan().SequenceEqual(Bytes(other[t.Key])))
            .Select(t => (t.Key, By: Difference(t.Value, other[t.Key]))).OrderByDescending(d => d.By).ToArray();
        var wrong = differences.Where(d => !(d.By <= within) || within == 0).ToArray();
        foreach (var (name, by) in wrong.Take(40)) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: {by:G2}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{one.Count} tensors, {one.Count - differences.Length} with the same bits, the others within {differences.FirstOrDefault().By:G2}"));
        return wrong.Length == 0;
    }

    static byte[] Bytes(Tensor x)
    {
        using var bytes = new MemoryStream();
        x.ReadBytes(bytes.Write);
        return [(byte)x.DType, .. x.Shape.SelectMany(n => BitConverter.GetBytes(n)), .. bytes.ToArray()];
    }

    static double Difference(Tensor one, Tensor other)
    {
        if (one.DType != other.DType || !one.Shape.Equals(other.Shape)) return double.PositiveInfinity;
        var (a, b) = one.DType.IsComplex() ? (Parts(one), Parts(other)) : (one.ToArray<double>(), other.ToArray<double>());
        return a.Zip(b, Difference).Max();
    }

    static double[] Parts(Tensor z) => [.. z.Real().ToArray<double>(), .. z.Imag().ToArray<double>()];

    static double Difference(double a, double b) =>
        a.Equals(b) ? 0 : double.IsFinite(a) && double.IsFinite(b) ? Math.Abs(a - b) / Math.Max(1, Math.Abs(a)) : double.PositiveInfinity;

    static bool Texts(string one, string other, double within)
    {
        (one, other) = (one.ReplaceLineEndings("\n"), other.ReplaceLineEndings("\n"));
        double[] a = Numbers(one), b = Numbers(other);
        bool same = Number().Replace(one, "#") == Number().Replace(other, "#");
        double by = same ? a.Zip(b, Difference).DefaultIfEmpty().Max() : double.PositiveInfinity;
        Console.WriteLine(by == 0 ? "the same text" : same ? string.Create(CultureInfo.InvariantCulture, $"the same text, numbers within {by:G2}") : "other words");
        return by <= within;
    }

    static double[] Numbers(string text) => [.. Number().Matches(text).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"(?<![\w.])-?\d+(\.\d+)?([eE][-+]?\d+)?")]
    private static partial Regex Number();
}
