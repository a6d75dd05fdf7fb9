using System.Globalization;

namespace Candeia.Cli;

/// <summary>The results of an experiment, and words for them.</summary>
/// <param name="Results">Each variant with its outcome; the first is what the others are compared with.</param>
/// <param name="Luck">How much the test error of one and the same training varies with the seed: the standard deviation of its logarithm.</param>
sealed record Findings(IReadOnlyList<(Variant Variant, Outcome Outcome)> Results, double Luck)
{
    /// <summary>What the others are compared with.</summary>
    public (Variant Variant, Outcome Outcome) First => Results[0];

    /// <summary>All but the first.</summary>
    public IEnumerable<(Variant Variant, Outcome Outcome)> Others => Results.Skip(1);

    /// <summary>The one with the smallest test error.</summary>
    public (Variant Variant, Outcome Outcome) Best => Results.Where(r => !r.Outcome.Diverged).DefaultIfEmpty(Results[0]).MinBy(r => r.Outcome.Error);

    /// <summary>The result of a variant.</summary>
    public (Variant Variant, Outcome Outcome) this[string label] => Results.First(r => r.Variant.Label == label);

    /// <summary>How a result differs from the first.</summary>
    public Comparison Compare(Outcome outcome) => Comparison.Of(First.Outcome, outcome, Luck);

    /// <summary>A sentence on a result beside the first: what it is, and whether that is better, worse, or luck.</summary>
    public string Sentence((Variant Variant, Outcome Outcome) result)
    {
        string label = Capital(result.Variant.Label);
        if (result.Outcome.Diverged) return $"{label}: the training has lost its way.";
        if (First.Outcome.Diverged) return $"{label}: {Measured(result.Outcome)}, where the training of {First.Variant.Label} has lost its way.";
        var c = Compare(result.Outcome);
        string measured = $"{Measured(result.Outcome)} against {Value(First.Outcome)} of {First.Variant.Label}";
        return c.IsLuck ? $"{label}: no difference that is more than luck ({measured})." : $"{label}: {(c.Ratio < 1 ? "better" : "worse")}, {measured}, {Factor(c.Ratio, result.Outcome)}.";
    }

    /// <summary>Sentences on all others, and on luck, where there was any.</summary>
    public string Sentences() => string.Join(' ', Others.Select(Sentence)) + (Others.Any(r => !r.Outcome.Diverged && Compare(r.Outcome).IsLuck) ? $" {Spread}" : "");

    /// <summary>A sentence on how far apart results of different seeds are.</summary>
    public string Spread => double.IsInfinity(Luck) ? "From some seeds that training loses its way." : Text($"From seed to seed a result varies by about {100 * (Math.Exp(Math.Max(Luck, Comparison.LeastLuck)) - 1):0} %.");

    /// <summary>The measure by which outcomes are compared, with its name.</summary>
    public static string Measured(Outcome outcome) => outcome.Trial.Problem == Problem.Correlation
        ? $"test MSE {Mse(outcome.Error)}"
        : Text($"{100 * (1 - outcome.Error):0.0} % right");

    static string Value(Outcome outcome) => outcome.Trial.Problem == Problem.Correlation ? Mse(outcome.Error) : Text($"{100 * (1 - outcome.Error):0.0} %");

    static string Factor(double ratio, Outcome outcome)
    {
        string errors = outcome.Trial.Problem == Problem.Correlation ? "" : " errors";
        return ratio < 0.5 ? Text($"{1 / ratio:0.0} times {(errors == "" ? "smaller" : "fewer")}{errors}")
            : ratio < 1 ? $"{Percent(1 - ratio)} {(errors == "" ? "less" : "fewer")}{errors}"
            : ratio < 2 ? $"{Percent(ratio - 1)} more{errors}"
            : Text($"{ratio:0.0} times as {(errors == "" ? "much" : "many")}{errors}");
    }

    /// <summary>A mean squared error to three digits.</summary>
    public static string Mse(double value) => value.ToString(value < 1e-3 ? "0.00e0" : value < 1e-2 ? "0.00000" : value < 10 ? "0.0000" : value < 1e4 ? "0.0" : "0.00e0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => Text($"{100 * share:0} %");

    public static string Text(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>As the beginning of a sentence.</summary>
    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
