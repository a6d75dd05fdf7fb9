using System.Globalization;
using Candeia.Datasets;
using Candeia.Serving;

namespace Candeia.Experiments;

/// <summary>
/// A model of train-table: the encoded numbers of rows in, or a form with a field for each column; a number or the probability of each class out.
/// </summary>
static class ServedTable
{
    const int MostChoices = 100, Shown = 5;

    /// <exception cref="UserException">The folder holds no whole model.</exception>
    public static IServedModel Open(string folder)
    {
        var model = TableModel.Load(folder);
        var encoder = model.Encoder;
        bool classes = encoder.Task == TableTask.Classification;
        var output = classes ? ModelValue.Of("probabilities", [encoder.Classes.Count]) : ModelValue.Of(encoder.Target, [1]);
        return new ServedLayer(model.Net, ModelValue.Of("row", [encoder.Features.Count]), output)
        {
            Then = y => classes ? y.Softmax(1) : y * encoder.TargetDeviation + encoder.TargetMean,
            Question = new FormQuestion(
                $"A row of the table: the model says what '{encoder.Target}' is. An empty field is a missing cell.",
                [.. encoder.Columns.Select(column => new FormField(column, encoder.Example[column], Choices(encoder, column)))],
                row => Read(encoder, row), y => Tell(encoder, y[0])),
        };
    }

    static IReadOnlyList<string>? Choices(TableEncoder encoder, string column) => encoder.Kinds[column] == ColumnKind.Boolean ? ["true", "false"]
        : encoder.ValuesOf(column) is { Count: > 0 and <= MostChoices } words ? words : null;

    static Asked Read(TableEncoder encoder, IReadOnlyDictionary<string, string> fields)
    {
        DataFrame row;
        try
        {
            row = CsvTable.Row(encoder.Columns.ToDictionary(c => c, c => fields.GetValueOrDefault(c, "")), encoder.Kinds);
        }
        catch (DatasetException fault)
        {
            throw new FormatException(fault.Message, fault);
        }
        string[] unseen = [.. encoder.Unseen(row).Keys];
        string named = string.Join(", ", unseen.Take(Shown).Select(u => $"'{u}'")) + (unseen.Length > Shown ? ", …" : "");
        return new([encoder.Encode(row)], unseen.Length == 0 ? null : $"No row of the training said this of {named}: the answer counts on the rest.");
    }

    static Reply Tell(TableEncoder encoder, Tensor y)
    {
        double[] numbers = y.ToArray<double>();
        if (encoder.Classes.Count == 0) return new(string.Create(CultureInfo.InvariantCulture, $"{encoder.Target} = {numbers[0]:G5}"), []);
        var likeliest = encoder.Classes.Zip(numbers, (name, p) => new ReplyPart(name, p)).OrderByDescending(p => p.Value).Take(Shown).ToArray();
        return new(likeliest[0].Name, likeliest);
    }
}
