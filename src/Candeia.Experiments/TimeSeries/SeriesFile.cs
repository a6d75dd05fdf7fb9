using Candeia.Datasets;

namespace Candeia.Experiments;

/// <summary>A column of numbers from a table in a text file (<see cref="CsvTable"/>): a line for each step of time, oldest first.</summary>
static class SeriesFile
{
    /// <summary>The numbers of a column, and its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="column">The name of the column; the last one, if none is named.</param>
    /// <exception cref="UserException">The file is missing, has no such column, or a step of it is missing.</exception>
    /// <exception cref="DatasetException">It is no table, or a cell of the column is no number.</exception>
    public static (double[] Values, string Column) Read(string path, string? column)
    {
        TextFile.Check(path, "--data");
        var table = CsvTable.Read(path);
        string name = column ?? table.Columns[^1].Name;
        if (table.Find(name) is not { } found)
            throw new UserException($"'{path}' has no column '{name}', only {string.Join(", ", table.Columns.Take(12).Select(c => c.Name))}; name one of these with --column.");
        if (found.Kind is not (ColumnKind.Number or ColumnKind.Integer)) found = CsvTable.Read(path, kinds: new Dictionary<string, ColumnKind> { [name] = ColumnKind.Number })[name];
        for (int i = 0; i < found.Count; i++)
            if (found.IsMissing(i)) throw new UserException($"'{path}' has no number at step {i + 1} of the column '{name}'; fill the gap, or name another column with --column.");
        return ([.. Enumerable.Range(0, found.Count).Select(found.Number)], name);
    }
}
