namespace Candeia.Datasets;

/// <summary>Tables from text files (CSV): a line of names, then a line for each row. All of it is in memory afterwards.</summary>
/// <remarks>
/// Fields with separators, quotes or line ends in them stand in double quotes (RFC 4180). Cells with nothing in them, or with <c>NA</c>, <c>N/A</c>, <c>NaN</c>,
/// <c>null</c>, <c>None</c> or <c>?</c>, are missing. Dates are written as <c>2026-03-08</c>, <c>2026-03-08 14:30</c> or <c>8.3.2026</c>.
/// </remarks>
/// <example><code>
/// File.WriteAllText("flats.csv", "area;rooms;quarter\n71,5;3;harbour\n48;2;harbour\n55,3;;\"old town\"\n60;2;old town\n");
/// var flats = CsvTable.Read("flats.csv");
/// Console.WriteLine(flats);                                               // → 4 rows: area (number), rooms (integer, 1 missing), quarter (category)
/// </code></example>
public static class CsvTable
{
    const int MostCells = 1 << 30;

    /// <summary>Reads a table and finds out what its columns are.</summary>
    /// <param name="file">The file, in UTF-8, or in UTF-16 with a byte order mark.</param>
    /// <param name="separator">What stands between fields: comma, semicolon, tab or |, whichever the first line has most of, if nothing is given.</param>
    /// <param name="header">Whether the first line has the names; without them columns are <c>column 1</c>, <c>column 2</c> and so on.</param>
    /// <param name="kinds">The kinds of some columns, by name, where they are known; of the others they are found.</param>
    /// <exception cref="DatasetException">It cannot be read, is no table, or a cell is not of the kind that was given.</exception>
    public static DataFrame Read(string file, char? separator = null, bool header = true, IReadOnlyDictionary<string, ColumnKind>? kinds = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        char between = separator ?? CsvFile.Separator(file);
        (int Row, string[] Fields)[] rows = [.. CsvFile.Rows(file, between)];
        if (rows.Length == 0) throw new DatasetException($"'{file}' has no rows; name a table with some.");
        string[] names = header ? Named(file, rows[0].Fields) : [.. Enumerable.Range(1, rows[0].Fields.Length).Select(Numbered)];
        if (header) rows = rows[1..];
        if (rows.Length == 0) throw new DatasetException($"'{file}' has no rows below its header; name a table with some.");
        if ((long)rows.Length * names.Length > MostCells) throw new DatasetException($"'{file}' has more than {MostCells:N0} cells, which is more than fits; take a part of it.");
        foreach (var (row, fields) in rows) Check(file, row, fields, names.Length, between);
        return new([.. names.Select((name, column) => Column(file, rows, name, column, between, kinds))], file);
    }

    /// <summary>A table of a single row, from what somebody wrote into the fields of a form; read as the cells of a file are.</summary>
    /// <param name="cells">The text of each column, by its name; an empty one is a missing cell.</param>
    /// <param name="kinds">The kinds of the columns, by name, where they are known; of the others they are found.</param>
    /// <exception cref="DatasetException">A cell is not of the kind that was given.</exception>
    /// <example><code>
    /// var row = CsvTable.Row(new Dictionary&lt;string, string&gt; { ["area"] = "71,5", ["quarter"] = "harbour", ["built"] = "" });
    /// Console.WriteLine(row["area"].Number(0));                           // → 71.5
    /// </code></example>
    public static DataFrame Row(IReadOnlyDictionary<string, string> cells, IReadOnlyDictionary<string, ColumnKind>? kinds = null)
    {
        ArgumentNullException.ThrowIfNull(cells);
        return new([.. cells.Select(c => Cell(c.Key, c.Value))], "the row");

        DataColumn Cell(string name, string text)
        {
            var cell = new Cells(name, [Cells.Of(text)], DecimalComma: true);
            return kinds is null || !kinds.TryGetValue(name, out var kind) ? cell.Found()
                : cell.As(kind, (_, fault) => new DatasetException($"{fault}; correct it, or leave it empty."));
        }
    }

    /// <summary>Writes a table: a line of names, a line for each row, and nothing where a cell is missing.</summary>
    /// <param name="file">The file; it is there as a whole or not at all.</param>
    /// <param name="table">What is written.</param>
    /// <param name="separator">What stands between fields.</param>
    public static void Write(string file, DataFrame table, char separator = ',')
    {
        using var text = new StringWriter();
        Write(text, table, separator);
        WholeFile.Write(file, text.ToString());
    }

    /// <summary>Writes a table: a line of names, a line for each row, and nothing where a cell is missing.</summary>
    /// <param name="writer">What gets the table.</param>
    /// <param name="table">What is written.</param>
    /// <param name="separator">What stands between fields.</param>
    public static void Write(TextWriter writer, DataFrame table, char separator = ',')
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(table);
        writer.Write(Line(table.Columns.Select(c => c.Name), separator));
        for (int row = 0; row < table.Count; row++) writer.Write(Line(table.Columns.Select(c => c.Text(row) ?? ""), separator));
    }

    /// <summary>Writes a table that is in a file again, its cells as they are, with more columns at the right.</summary>
    /// <param name="file">The table, with a line of names.</param>
    /// <param name="columns">What stands at the right of it, with as many rows.</param>
    /// <param name="writer">What gets the table.</param>
    /// <exception cref="DatasetException">The file cannot be read, is no table, or has another number of rows.</exception>
    public static void Append(string file, IReadOnlyList<DataColumn> columns, TextWriter writer)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(writer);
        char between = CsvFile.Separator(file);
        int rows = -1;
        foreach (var (_, fields) in CsvFile.Rows(file, between))
        {
            writer.Write(Line([.. fields, .. columns.Select(c => rows < 0 ? c.Name : rows < c.Count ? c.Text(rows) ?? "" : throw Other(file, c))], between));
            rows++;
        }
        if (columns.FirstOrDefault(c => c.Count != rows) is { } longer) throw Other(file, longer);
    }

    /// <summary>A text as a field of a table: in quotes, where it needs them.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="separator">What stands between fields.</param>
    public static string Field(string text, char separator = ',')
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains(separator, StringComparison.Ordinal) || text.AsSpan().ContainsAny("\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    // A line with nothing on it would be passed over: of a single column, a missing cell is named.
    static string Line(IEnumerable<string> fields, char separator) =>
        string.Join(separator, fields.Select(f => Field(f, separator))) is { Length: > 0 } line ? line + "\n" : "NA\n";

    static DatasetException Other(string file, DataColumn column) =>
        new($"'{file}' has another number of rows than the column '{column.Name}', which has {column.Count:N0}; was it changed meanwhile?");

    static DataColumn Column(string file, (int Row, string[] Fields)[] rows, string name, int column, char between, IReadOnlyDictionary<string, ColumnKind>? kinds)
    {
        var cells = new Cells(name, [.. rows.Select(r => Cells.Of(r.Fields[column]))], DecimalComma: between != ',');
        return kinds is not null && kinds.TryGetValue(name, out var kind)
            ? cells.As(kind, (i, fault) => new DatasetException(file, rows[i].Row, $"{fault}; correct it, or leave the cell empty.")) : cells.Found();
    }

    static string[] Named(string file, string[] fields)
    {
        string[] names = [.. fields.Select((f, i) => f.Trim() is { Length: > 0 } name ? name : Numbered(i + 1))];
        if (names.Any(Damaged)) throw NoUtf8(file, 1);
        return names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw new DatasetException(file, 1, $"two columns have the name '{Cells.Shown(twice.Key)}'; give one of them another.") : names;
    }

    static void Check(string file, int row, string[] fields, int columns, char between)
    {
        if (fields.Length != columns)
            throw new DatasetException(file, row, $"it has {fields.Length} field{(fields.Length == 1 ? "" : "s")}, and the first row {columns}; a field with {Word(between)} in it stands in quotes.");
        if (fields.Any(Damaged)) throw NoUtf8(file, row);
    }

    static bool Damaged(string field) => field.Contains('\uFFFD', StringComparison.Ordinal);

    static DatasetException NoUtf8(string file, int row) => new(file, row, "it is no text in UTF-8; save the table as UTF-8.");

    static string Numbered(int column) => $"column {column}";

    static string Word(char separator) => separator == '\t' ? "a tab" : $"a '{separator}'";
}
