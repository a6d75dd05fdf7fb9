using System.Globalization;
using System.Text;
using Candeia.Datasets;

namespace Candeia.Experiments;

/// <summary>
/// What people should know of a saved model before they use it, as Markdown, with the head that Hugging Face reads
/// (<see href="https://arxiv.org/abs/1810.03993">Mitchell et al. 2019</see>).
/// </summary>
sealed class ModelCard(TrainTableMetrics metrics, DataFrame table)
{
    readonly StringBuilder _text = new();

    public override string ToString()
    {
        _text.Clear();
        var settings = metrics.Settings;
        bool classes = settings.Task == TableTask.Classification;
        Line($"---\nlibrary_name: candeia\npipeline_tag: tabular-{(classes ? "classification" : "regression")}\nlicense: unknown\n---\n");
        Line($"# What is {settings.Target}?\n");
        string kind = metrics.Kept == TrainTableJob.Linear ? "linear model" : "network of two hidden layers";
        Line($"A {kind} that predicts the column `{settings.Target}` of a row from the other columns. Licence: not chosen yet; whoever passes it on says one.\n");
        Line($"## Data\n");
        string source = settings.Data is { } file ? $"`{Path.GetFileName(file)}`" : "Flats that are drawn, not measured";
        Line($"{source}: {table.Count:N0} rows, {metrics.LeftOutRows:N0} of them without a value of `{settings.Target}`.");
        Line($"By lot, {metrics.Trained:N0} rows were to learn from, {metrics.Watched:N0} to say when it is best, {metrics.Tested:N0} for the test{(classes ? ", of each class about the same parts" : "")}.\n");
        Line($"| column | kind | missing | |\n|---|---|--:|---|");
        foreach (var column in table.Columns)
            Line($"| {Cell(column.Name)} | {column.Kind.ToString().ToLowerInvariant()} | {column.Missing:N0} | {metrics.Role(column.Name)} |");
        Line($"\n## How good\n");
        Line($"On the {metrics.Tested:N0} rows of the test:\n");
        Line(classes ? (FormattableString)$"| model | accuracy | F1 | AUROC |\n|---|--:|--:|--:|" : $"| model | mean absolute error | root of the mean square | R² |\n|---|--:|--:|--:|");
        foreach (var s in metrics.Scores)
            Line(classes ? (FormattableString)$"| {Cell(s.Model)} | {s.Accuracy:0.000} | {s.F1:0.000} | {s.Auroc:0.000} |" : $"| {Cell(s.Model)} | {s.Mae:G4} | {s.Rmse:G4} | {s.R2:0.000} |");
        Line($"\nSaved is the {metrics.Kept} model. It counts most on: {string.Join(", ", metrics.Importance.Take(5).Select(i => Cell(i.Column)))}.\n");
        Line($"## How to use it\n");
        Line($"`candeia predict-table --model DIR FILE.csv` appends its answers to a table with the same columns.");
        Line($"`{TableModel.Encoding}` says how a row becomes numbers, `{TableModel.Weights}` has the weights.\n");
        Line($"## What it does not know\n");
        Line($"It has seen these rows and no others: rows of another place or another time may be unlike them.");
        Line($"A category that it has not seen counts as unknown, a missing number as the mean.");
        Line($"That a column counts does not say that it is a cause. It was not examined whether it treats people unlike.\n");
        Line($"Made with Candeia {metrics.Versions.Candeia}, seed {settings.Seed}.");
        return _text.ToString();
    }

    static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    void Line(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
