namespace Candeia.Datasets;

/// <summary>What the texts in a column of a file are.</summary>
/// <param name="Name">What stands above the column.</param>
/// <param name="Texts">A text for each row, null where a cell is missing.</param>
/// <param name="DecimalComma">Whether <c>3,14</c> is a number too: where commas stand between no fields.</param>
internal sealed record Cells(string Name, string?[] Texts, bool DecimalComma)
{
    delegate bool Reader(string text, out double number);
    const double LargestWhole = 1L << 53;

    static readonly HashSet<string> s_missing = new(StringComparer.OrdinalIgnoreCase) { "", "?", "NA", "N/A", "#N/A", "<NA>", "NaN", "null", "None" };

    /// <summary>What a field says, null where it says that there is nothing.</summary>
    public static string? Of(string field) => field.Trim() is var text && s_missing.Contains(text) ? null : text;

    /// <summary>The column, of the narrowest kind that all cells are of.</summary>
    public DataColumn Found()
    {
        if (Texts.All(t => t is null)) return new(Name, ColumnKind.Category, Texts);
        foreach (var kind in new[] { ColumnKind.Boolean, ColumnKind.Integer, ColumnKind.Number, ColumnKind.Date })
            if (Numbers(kind, out _) is { } numbers) return new(Name, kind, numbers);
        return DataColumn.OfWords(Name, Texts);
    }

    /// <summary>The column as one of a kind.</summary>
    /// <param name="kind">The kind; a number will do where whole ones were.</param>
    /// <param name="fault">What is thrown for a row whose cell is not of this kind.</param>
    public DataColumn As(ColumnKind kind, Func<int, string, Exception> fault)
    {
        if (kind is ColumnKind.Category or ColumnKind.Text) return new(Name, kind, Texts);
        if (kind == ColumnKind.Integer) kind = ColumnKind.Number;
        return Numbers(kind, out int bad) is { } numbers ? new(Name, kind, numbers) : throw fault(bad, $"'{Shown(Texts[bad]!)}' in the column '{Name}' is no {Noun(kind)}");
    }

    double[]? Numbers(ColumnKind kind, out int bad)
    {
        Reader read = kind switch { ColumnKind.Boolean => Boolean, ColumnKind.Integer => Whole, ColumnKind.Number => Number, _ => Dates.TryParse };
        var numbers = new double[Texts.Length];
        for (bad = 0; bad < numbers.Length; bad++)
        {
            numbers[bad] = double.NaN;
            if (Texts[bad] is { } text && !read(text, out numbers[bad])) return null;
        }
        return numbers;
    }

    static bool Boolean(string text, out double number)
    {
        bool is1 = text.Equals("true", StringComparison.OrdinalIgnoreCase), is0 = text.Equals("false", StringComparison.OrdinalIgnoreCase);
        number = is1 ? 1 : 0;
        return is1 || is0;
    }

    bool Whole(string text, out double number) =>
        Number(text, out number) && number == Math.Floor(number) && Math.Abs(number) <= LargestWhole && !text.AsSpan().ContainsAny(".,eE");

    bool Number(string text, out double number) => Datasets.Number.TryParse(DecimalComma && !text.Contains('.', StringComparison.Ordinal) ? text.Replace(',', '.') : text, out number);

    static string Noun(ColumnKind kind) => kind switch { ColumnKind.Boolean => "true or false", ColumnKind.Date => "date", _ => "number" };

    internal static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
