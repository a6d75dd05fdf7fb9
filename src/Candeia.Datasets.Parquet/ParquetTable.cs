namespace Candeia.Datasets;

/// <summary>Tables from Parquet files, as Spark, Arrow and pandas write them: their columns say themselves what they are.</summary>
/// <remarks>Columns of lists, of maps and of other things that are no single cell are passed over.</remarks>
/// <example><code norun="it reads a file">
/// var flats = ParquetTable.Read("flats.parquet");
/// foreach (var part in ParquetTable.RowGroups("many.parquet", columns: ["area", "rent"])) Console.WriteLine(part);
/// </code></example>
public static class ParquetTable
{
    // A file may announce any number of rows in a few bytes.
    const long MostCells = 1 << 28;

    /// <summary>All rows of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="columns">The columns that are wanted; all, if nothing is given. Others are not read.</param>
    /// <exception cref="DatasetException">It cannot be read, is damaged, lacks a column, or has more than fits into memory.</exception>
    public static DataFrame Read(string file, IReadOnlyCollection<string>? columns = null)
    {
        using var open = new OpenParquet(file, columns);
        long rows = open.Groups.Sum(g => (double)g) is var sum && sum * open.Fields.Count <= MostCells ? (long)sum
            : throw new DatasetException($"'{file}' has more than {MostCells:N0} cells, which is more than fits; name fewer columns, or read its row groups one by one.");
        return rows > 0 ? open.Table(Enumerable.Range(0, open.Groups.Count)) : throw new DatasetException($"'{file}' has no rows; name a table with some.");
    }

    /// <summary>The row groups of a file one after the other, so that the file may have more rows than fit into memory. Each is read when it is asked for.</summary>
    /// <param name="file">The file.</param>
    /// <param name="columns">The columns that are wanted; all, if nothing is given. Others are not read.</param>
    /// <exception cref="DatasetException">It cannot be read, is damaged, or lacks a column.</exception>
    public static IEnumerable<DataFrame> RowGroups(string file, IReadOnlyCollection<string>? columns = null)
    {
        using var open = new OpenParquet(file, columns);
        for (int group = 0; group < open.Groups.Count; group++)
        {
            if (open.Groups[group] == 0) continue;
            if ((double)open.Groups[group] * open.Fields.Count > MostCells)
                throw new DatasetException($"Row group {group + 1} of '{file}' has more than {MostCells:N0} cells, which is more than fits; name fewer columns.");
            yield return open.Table([group]);
        }
    }
}
