using System.Globalization;
using System.Text;

namespace Candeia.Datasets;

/// <summary>The table of a split: a header, then one item a row.</summary>
internal sealed record CorrelationTable(string[] Ids, float[] Labels)
{
    const long MostBytes = 64 << 20;

    /// <summary>The first items.</summary>
    public CorrelationTable First(int count) => new(Ids[..count], Labels[..count]);

    /// <summary>Reads a table; its labels only where they are known.</summary>
    /// <exception cref="DatasetException">It is not such a table.</exception>
    public static CorrelationTable Read(string file, bool labelled)
    {
        if (OrdinaryFile.IsEmpty(file)) throw new DatasetException($"'{file}' is empty; its first row must be '{CorrelationLayout.Header}'.");
        using var stream = OrdinaryFile.Open(file);
        if (stream.Length > MostBytes)
            throw new DatasetException($"'{file}' has more than {MostBytes} bytes, so it is not the table it should be; get the data again.");
        using var reader = new StreamReader(stream, new UTF8Encoding(false));
        List<string> ids = [];
        List<float> labels = [];
        var seen = new HashSet<string>();
        int row = 0, blank = 0;
        while (reader.ReadLine() is { } line)
        {
            row++;
            if (row == 1)
            {
                if (Unquoted(line) != CorrelationLayout.Header)
                    throw new DatasetException(file, row, $"the header is '{Shown(line)}'; it must be '{CorrelationLayout.Header}'.");
                continue;
            }
            if (line.Length == 0) blank = row;
            if (blank == row) continue;
            if (blank > 0) throw new DatasetException(file, blank, "it is empty; remove it.");
            string[] fields = Unquoted(line).Split(',');
            if (fields.Length != 2)
                throw new DatasetException(file, row, $"'{Shown(line)}' has {fields.Length} fields; write an id and a correlation.");
            if (!CorrelationLayout.IsId(fields[0]))
                throw new DatasetException(file, row, $"'{Shown(fields[0])}' is no id; use letters, digits, '-' and '_'.");
            if (!seen.Add(fields[0])) throw new DatasetException(file, row, $"the id '{fields[0]}' was there before; remove one of the two rows.");
            ids.Add(fields[0]);
            labels.Add(labelled ? Label(file, row, fields[1]) : float.NaN);
        }
        return new CorrelationTable([.. ids], [.. labels]);
    }

    static float Label(string file, int row, string text) =>
        !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double label) || double.IsNaN(label)
            ? throw new DatasetException(file, row, $"the correlation '{Shown(text)}' is not a number; correct it or remove the row.")
            : label is >= -1 and <= 1 ? (float)label
            : throw new DatasetException(file, row, $"the correlation {Shown(text)} is outside [-1, 1]; correct it or remove the row.");

    // Some programs put texts into quotes; ids need none.
    static string Unquoted(string line) => line.Replace("\"", "", StringComparison.Ordinal);

    static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
