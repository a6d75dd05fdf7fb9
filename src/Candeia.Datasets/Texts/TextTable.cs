using Candeia.Data;

namespace Candeia.Datasets;

/// <summary>Texts in a table with a header, CSV: one column has the texts, another one their classes. All texts are in memory.</summary>
/// <example><code norun="it reads a file">
/// var mails = new TextTable("mails.csv", text: "subject", label: "folder");
/// </code></example>
public sealed class TextTable : Dataset<TextSample>
{
    readonly TextSample[] _items;

    /// <summary>Reads the table.</summary>
    /// <param name="file">The table, in UTF-8.</param>
    /// <param name="text">The name of the column of texts.</param>
    /// <param name="label">The name of the column of classes.</param>
    /// <param name="separator">What stands between two fields.</param>
    /// <param name="classes">Which classes there are, in the order of their numbers; those of the table by the alphabet, if nothing is given.</param>
    /// <exception cref="DatasetException">It cannot be read, lacks a column or rows, or has other classes.</exception>
    public TextTable(string file, string text = "text", string label = "label", char separator = ',', IReadOnlyList<string>? classes = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(label);
        (int Row, string[] Fields)[] rows = [.. CsvFile.Rows(file, separator)];
        if (rows.Length < 2) throw new DatasetException($"'{file}' has no rows below its header; name a table with a column '{text}' and a column '{label}'.");
        string[] header = rows[0].Fields;
        int texts = Column(file, header, text), labels = Column(file, header, label);
        foreach (var (row, fields) in rows)
            if (fields.Length != header.Length) throw new DatasetException(file, row, $"it has {fields.Length} fields, and the header {header.Length}; a field with a '{separator}' in it stands in quotes.");
        Classes = classes ?? [.. rows.Skip(1).Select(r => r.Fields[labels]).Distinct().Order(StringComparer.Ordinal)];
        var numbers = Classes.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
        _items = [.. rows.Skip(1).Select(r => new TextSample(r.Fields[texts], numbers.TryGetValue(r.Fields[labels], out int number) ? number
            : throw new DatasetException(file, r.Row, $"'{r.Fields[labels]}' is none of the classes {string.Join(", ", Classes)}."), $"{r.Row}"))];
    }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <inheritdoc/>
    public override int Count => _items.Length;

    /// <inheritdoc/>
    public override TextSample this[int index] => _items[index];

    static int Column(string file, string[] header, string name) => Array.IndexOf(header, name) is >= 0 and var at ? at
        : throw new DatasetException(file, 1, $"there is no column '{name}' among {string.Join(", ", header.Take(20))}; name the column that is meant.");
}
