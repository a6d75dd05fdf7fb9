using System.Globalization;
using System.Text;
using Candeia.Data;

namespace Candeia.Training;

/// <summary>
/// A page about a saved model, as Markdown, with the head that Hugging Face reads
/// (<see href="https://arxiv.org/abs/1810.03993">Mitchell et al. 2019</see>). What was not said is said to be unknown.
/// </summary>
internal sealed class ModelCard(SavedTraining saved, IPreprocessing? preprocessing)
{
    const int Shown = 100;
    readonly StringBuilder _text = new();

    /// <inheritdoc/>
    public override string ToString()
    {
        _text.Clear();
        var notes = saved.Notes ?? new();
        Line($"---\nlibrary_name: candeia\nlicense: {notes.Licence?.ToLowerInvariant() ?? "unknown"}\n---\n");
        Line($"# {notes.Title ?? saved.Model}\n");
        if (notes.Description is { } description) Line($"{description}\n");
        Line($"| | |\n|---|---|");
        Line($"| network | {Cell(saved.Model)}, {saved.Parameters:N0} parameters |");
        if (preprocessing is not null) Line($"| takes | what {preprocessing.GetType().Name} makes of it, as {Fitted.Preprocessing} says |");
        if (notes.Classes.Count > 0) Line($"| tells apart | {Cell(string.Join(", ", notes.Classes.Take(Shown)))}{(notes.Classes.Count > Shown ? ", …" : "")} |");
        Line($"| licence | {Cell(notes.Licence ?? "not chosen yet; whoever passes it on says one")} |\n");
        Line($"## Data\n\n{notes.Data ?? "Its maker has not said what it has learnt from."}\n");
        Line($"## How good\n");
        Numbers(notes);
        Line($"## What it does not know\n");
        Line($"{notes.Limits ?? "It knows what its data showed and nothing else; its maker has not said where it fails."}\n");
        Line($"Made with Candeia {typeof(ModelCard).Assembly.GetName().Version!.ToString(3)}.");
        return _text.ToString();
    }

    void Numbers(ModelNotes notes)
    {
        var last = saved.History.Epochs.Count > 0 ? saved.History.Epochs[^1] : null;
        (string Name, PhaseResult? Result)[] measured =
            [("training, last epoch", last?.Train), ("validation, last epoch", last?.Valid), ("test", notes.Test)];
        if (measured.All(m => m.Result is null))
        {
            Line($"It was not measured.\n");
            return;
        }
        string[] names = [.. measured.SelectMany(m => m.Result?.Metrics.Keys ?? []).Distinct()];
        Line($"| | samples | loss |{string.Concat(names.Select(n => $" {Cell(n)} |"))}\n|---|--:|--:|{string.Concat(names.Select(_ => "--:|"))}");
        foreach (var (name, result) in measured)
            if (result is not null)
                Line($"| {name} | {result.Samples:N0} | {result.Loss:G4} |{string.Concat(names.Select(n => $" {Number(result, n)} |"))}");
        string optimizers = saved.Optimizers.Count > 0 ? $" of {string.Join(" and ", saved.Optimizers)}" : "";
        Line($"\n{saved.History.Epochs.Count} epochs, {saved.Steps:N0} steps{optimizers}.\n");
    }

    static string Number(PhaseResult result, string name) =>
        result.Metrics.TryGetValue(name, out double value) ? value.ToString("G4", CultureInfo.InvariantCulture) : "";

    static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    void Line(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
