using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Candeia.Charts;

namespace Candeia.Experiments;

/// <summary>
/// Puts answers, figures and tables into a Markdown page, between the marks that it has for them: <c>&lt;!-- answer: linear --&gt;</c> and
/// <c>&lt;!-- end --&gt;</c>. No number of the page is typed by hand.
/// </summary>
static partial class WhatIfPage
{
    /// <summary>Fills the page anew; parts of experiments that were not made stay as they are.</summary>
    public static void Fill(string file, IReadOnlyList<Finished> finished, string? digits)
    {
        string text = Check(file, [.. finished.Select(f => f.Experiment)]);
        foreach (var part in finished)
        {
            string figure = Path.Combine(Images(file), $"{part.Experiment.Name}.svg");
            WhatIfReport.Curves(part).Save(figure);
            string block = Block(part, $"images/{Path.GetFileName(Images(file))}/{Path.GetFileName(figure)}", digits);
            text = Mark().Replace(text, m => m.Groups[1].Value == part.Experiment.Name ? $"<!-- answer: {part.Experiment.Name} -->\n{block}<!-- end -->" : m.Value);
        }
        WholeFile.Write(file, text);
    }

    /// <summary>The folder of the page's figures.</summary>
    public static string Images(string file) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "images", Path.GetFileNameWithoutExtension(file));

    /// <summary>The text of the page.</summary>
    /// <exception cref="UserException">The page is not there, or has no marks for any of the experiments.</exception>
    public static string Check(string file, IReadOnlyList<Experiment> experiments)
    {
        if (!File.Exists(file)) throw new UserException($"There is no page '{file}'; name a Markdown file with marks such as <!-- answer: linear --> and <!-- end -->.");
        string text = File.ReadAllText(file).ReplaceLineEndings("\n");
        return Mark().Matches(text).Any(m => experiments.Any(e => e.Name == m.Groups[1].Value)) ? text
            : throw new UserException($"'{file}' has no marks <!-- answer: {experiments[0].Name} --> and <!-- end -->; add them where the answer belongs.");
    }

    static string Block(Finished part, string figure, string? digits)
    {
        var results = part.Found.All;
        bool classes = results[0].Outcome.Accuracy is not null;
        var text = new StringBuilder();
        foreach (string sentence in Sentence().Split(part.Conclusion)) text.Append(CultureInfo.InvariantCulture, $"> - {sentence}\n");
        text.Append('\n');
        if (classes && results[0].Outcome.Trial.Problem == Problem.Digits && digits is not null) text.Append(CultureInfo.InvariantCulture, $"{digits}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"![{WhatIfReport.Curves(part).Title}]({figure})\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| variant | train loss | validation loss | test loss | {(classes ? "accuracy" : "MAE")} | parameters | seconds |\n|---|--:|--:|--:|--:|--:|--:|\n");
        foreach (var (variant, o) in results)
        {
            string measure = classes ? Words.Text($"{100 * o.Accuracy:0.0} %") : Words.Text($"{o.Mae:0.0000}");
            text.Append(CultureInfo.InvariantCulture,
                $"| {variant.Label} | {Words.Mse(o.TrainLoss)} | {(o.ValidLoss is { } v ? Words.Mse(v) : "–")} | {Words.Mse(o.TestLoss)} | {measure} | {o.Parameters:N0} | {o.Seconds:0} |\n");
        }
        return text.Append('\n').ToString();
    }

    // The space between two sentences.
    [GeneratedRegex(@"(?<=\.) (?=\p{Lu})")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"<!-- answer: ([a-z-]+) -->.*?<!-- end -->", RegexOptions.Singleline)]
    private static partial Regex Mark();
}
