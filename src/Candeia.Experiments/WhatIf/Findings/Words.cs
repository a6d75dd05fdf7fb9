using System.Globalization;

namespace Candeia.Experiments;

/// <summary>Sentences on what was found.</summary>
static class Words
{
    /// <summary>A sentence on a result beside the first: what it is, and whether that is better, worse, or luck.</summary>
    public static string Sentence(this Findings found, Result result)
    {
        string label = Capital(result.Variant.Label);
        var first = found.First;
        if (result.Outcome.Diverged) return $"{label}: the training has lost its way.";
        if (first.Outcome.Diverged) return $"{label}: {Measured(result.Outcome)}, where the training of {first.Variant.Label} has lost its way.";
        var c = found.Compare(result.Outcome);
        string measured = $"{Measured(result.Outcome)} against {Value(first.Outcome)} of {first.Variant.Label}";
        return c.IsLuck ? $"{label}: no difference that is more than luck ({measured})."
            : $"{label}: {(c.Ratio < 1 ? "better" : "worse")}, {measured}, {Factor(c.Ratio, result.Outcome)}.";
    }

    /// <summary>Sentences on all others, and on luck, where there was any.</summary>
    public static string Sentences(this Findings found) => string.Join(' ', found.Others.Select(found.Sentence))
        + (found.Others.Any(r => !r.Outcome.Diverged && found.Compare(r.Outcome).IsLuck) ? $" {found.Spread()}" : "");

    /// <summary>A sentence on how far apart results of different seeds are.</summary>
    public static string Spread(this Findings found) => double.IsInfinity(found.Luck) ? "From some seeds that training loses its way."
        : Text($"From seed to seed a result varies by about {100 * (Math.Exp(Math.Max(found.Luck, Comparison.LeastLuck)) - 1):0} %.");

    /// <summary>A sentence on how much networks know their own pictures by heart, and on where the validation loss was lowest.</summary>
    public static string Gaps(IEnumerable<Result> results) => "The validation loss, divided by the loss on what was learnt from: "
        + string.Join(", ", results.Where(r => !r.Outcome.Diverged).Select(r => Text($"{r.Outcome.Gap:0.0} for {r.Variant.Label}{Turn(r.Outcome)}"))) + ".";

    /// <summary>The measure by which outcomes are compared, with its name.</summary>
    public static string Measured(Outcome outcome) =>
        outcome.Trial.Problem == Problem.Correlation ? $"test MSE {Mse(outcome.Error)}" : Text($"{100 * (1 - outcome.Error):0.0} % right");

    /// <summary>A mean squared error to three digits, always as a decimal number: they stand beside each other.</summary>
    public static string Mse(double value) => !double.IsFinite(value) ? "lost its way" : value == 0 ? "0"
        : value.ToString($"F{Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 12)}", CultureInfo.InvariantCulture);

    /// <summary>How many pictures a second were learnt from.</summary>
    public static string Speed(Outcome outcome) => outcome.ImagesPerSecond.ToString(outcome.ImagesPerSecond < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>Numbers as C# writes them in any country.</summary>
    public static string Text(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>As the beginning of a sentence.</summary>
    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    static string Value(Outcome outcome) =>
        outcome.Trial.Problem == Problem.Correlation ? Mse(outcome.Error) : Text($"{100 * (1 - outcome.Error):0.0} %");

    static string Factor(double ratio, Outcome outcome)
    {
        string errors = outcome.Trial.Problem == Problem.Correlation ? "" : " errors";
        return ratio < 0.5 ? Text($"{1 / ratio:0.0} times {(errors == "" ? "smaller" : "fewer")}{errors}")
            : ratio < 1 ? $"{Percent(1 - ratio)} {(errors == "" ? "less" : "fewer")}{errors}"
            : ratio < 2 ? $"{Percent(ratio - 1)} more{errors}"
            : Text($"{ratio:0.0} times as {(errors == "" ? "much" : "many")}{errors}");
    }

    static string Percent(double share) => Text($"{100 * share:0} %");

    static string Turn(Outcome outcome)
    {
        var best = outcome.Epochs.Where(e => e.ValidLoss is not null).MinBy(e => e.ValidLoss);
        return best is null || best.Epoch == outcome.Epochs.Count ? "" : $" (lowest after epoch {best.Epoch} of {outcome.Epochs.Count})";
    }
}
