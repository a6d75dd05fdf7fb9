using System.Globalization;
using System.Text;

namespace Candeia.Training;

/// <summary>What cross-validation has brought.</summary>
/// <param name="Valid">Loss and metrics of each model on the part that it had not learnt from.</param>
/// <param name="Histories">How each was trained.</param>
public sealed record KFoldResult(IReadOnlyList<PhaseResult> Valid, IReadOnlyList<History> Histories)
{
    /// <summary>The mean of the loss or of a metric over the parts, by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such metric.</exception>
    public double Mean(string metric = "loss") => Valid.Average(v => v[metric]);

    /// <summary>The standard deviation over the parts (with one less than their number below the line).</summary>
    /// <exception cref="KeyNotFoundException">There is no such metric.</exception>
    public double Deviation(string metric = "loss") => Mean(metric) is var mean ? Math.Sqrt(Valid.Sum(v => Math.Pow(v[metric] - mean, 2)) / (Valid.Count - 1)) : 0;

    /// <summary>A line for each part, and the means.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (fold, result) in Valid.Index()) text.Append(CultureInfo.InvariantCulture, $"part {fold + 1}: {result}\n");
        string[] names = ["loss", .. Valid.SelectMany(v => v.Metrics.Keys).Distinct()];
        foreach (string name in names) text.Append(CultureInfo.InvariantCulture, $"{(name == "loss" ? "mean:" : "")} {name} {Mean(name):G4} ± {Deviation(name):G2}");
        return text.Append('\n').ToString();
    }
}
