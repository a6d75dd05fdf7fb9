using Candeia.Datasets;

namespace Candeia.Experiments;

/// <summary>Tables that a user has named: Parquet by the end of the name, text otherwise.</summary>
static class TableFile
{
    /// <summary>All rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">What named it.</param>
    /// <param name="kinds">The kinds of some columns, where the file is text and does not say them.</param>
    /// <exception cref="UserException">There is no such file.</exception>
    /// <exception cref="DatasetException">It is no table.</exception>
    public static DataFrame Read(string path, string option, IReadOnlyDictionary<string, ColumnKind>? kinds = null)
    {
        TextFile.Check(path, option);
        return IsParquet(path) ? ParquetTable.Read(path) : CsvTable.Read(path, kinds: kinds);
    }

    /// <summary>Writes a table as text, its cells as they are, with more columns at the right.</summary>
    public static void Append(string path, IReadOnlyList<DataColumn> columns, TextWriter writer)
    {
        if (!IsParquet(path)) CsvTable.Append(path, columns, writer);
        else CsvTable.Write(writer, new([.. ParquetTable.Read(path).Columns, .. columns], path));
    }

    static bool IsParquet(string path) => Path.GetExtension(path).Equals(".parquet", StringComparison.OrdinalIgnoreCase);
}
