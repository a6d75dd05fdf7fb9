using System.Globalization;

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
        List<string> ids = [];
        List<float> labels = [];
        var seen = new HashSet<string>();
        int expected = 1;
        foreach (var (row, fields) in CsvFile.Rows(file, mostBytes: MostBytes))
        {
            if (row > expected) throw new DatasetException(file, expected, "it is empty; remove it.");
            expected++;
            string line = string.Join(',', fields);
            if (row == 1)
            {
                if (line != CorrelationLayout.Header) throw new DatasetException(file, row, $"the header is '{Cells.Shown(line)}'; it must be '{CorrelationLayout.Header}'.");
                continue;
            }
            if (fields.Length != 2) throw new DatasetException(file, row, $"'{Cells.Shown(line)}' has {fields.Length} fields; write an id and a correlation.");
            if (!CorrelationLayout.IsId(fields[0])) throw new DatasetException(file, row, $"'{Cells.Shown(fields[0])}' is no id; use letters, digits, '-' and '_'.");
            if (!seen.Add(fields[0])) throw new DatasetException(file, row, $"the id '{fields[0]}' was there before; remove one of the two rows.");
            ids.Add(fields[0]);
            labels.Add(labelled ? Label(file, row, fields[1]) : float.NaN);
        }
        if (expected == 1) throw new DatasetException(file, 1, $"the header is ''; it must be '{CorrelationLayout.Header}'.");
        return new CorrelationTable([.. ids], [.. labels]);
    }

    static float Label(string file, int row, string text) =>
        !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double label) || double.IsNaN(label)
            ? throw new DatasetException(file, row, $"the correlation '{Cells.Shown(text)}' is not a number; correct it or remove the row.")
            : label is >= -1 and <= 1 ? (float)label
            : throw new DatasetException(file, row, $"the correlation {Cells.Shown(text)} is outside [-1, 1]; correct it or remove the row.");
}
