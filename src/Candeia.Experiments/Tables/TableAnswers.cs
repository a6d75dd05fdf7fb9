using System.Globalization;
using Candeia.Datasets;

namespace Candeia.Experiments;

/// <summary>What a saved model says of the rows of a file.</summary>
/// <param name="Columns">What stands at the right of the table then: the answer, and of classes how likely each is.</param>
/// <param name="Notes">What the user should know of it, a sentence each.</param>
sealed record TableAnswers(IReadOnlyList<DataColumn> Columns, IReadOnlyList<string> Notes)
{
    /// <exception cref="UserException">There is no file, or it has such columns already.</exception>
    /// <exception cref="DatasetException">It is no table, or lacks columns.</exception>
    public static TableAnswers Of(TableModel model, string file)
    {
        var encoder = model.Encoder;
        var table = TableFile.Read(file, "FILE", encoder.Kinds.Where(k => k.Key != encoder.Target).ToDictionary());
        var predicted = model.Predict(table);
        DataColumn[] columns = [Answer($"predicted_{encoder.Target}", predicted), .. encoder.Classes.Select((name, c) => Probability($"probability_{name}", predicted, c))];
        if (columns.FirstOrDefault(c => table.Find(c.Name) is not null) is { } twice) throw new UserException($"'{file}' has a column '{twice.Name}' already; remove it, or give it another name.");
        return new(columns, [.. encoder.Unseen(table).Select(u => Note(table[u.Key], u.Value))]);
    }

    static DataColumn Answer(string name, TablePredictions predicted)
    {
        var texts = Enumerable.Range(0, predicted.Count).Select(predicted.Text);
        return predicted.Classes.Count > 0 ? new(name, ColumnKind.Category, [.. texts]) : new(name, ColumnKind.Number, [.. texts.Select(t => double.Parse(t, CultureInfo.InvariantCulture))]);
    }

    static DataColumn Probability(string name, TablePredictions predicted, int @class) =>
        new(name, ColumnKind.Number, [.. Enumerable.Range(0, predicted.Count).Select(r => Math.Round(predicted.Probability(r, @class), 4))]);

    static string Note(DataColumn column, int cells) => column.IsWords
        ? $"{Count.Of(cells, "cell")} of '{column.Name}' {(cells == 1 ? "says" : "say")} what no row of the training said, and count{(cells == 1 ? "s" : "")} as unknown."
        : $"{Count.Of(cells, "cell")} of '{column.Name}' {(cells == 1 ? "is" : "are")} missing, as no cell was in the training, and count{(cells == 1 ? "s" : "")} as the mean.";
}
