using Candeia.Data;

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
            if (open.Groups[group] > 0) yield return Group(open, group, file);
    }

    /// <summary>
    /// The row groups of some files as a stream, to train on more rows than fit into memory or on a disk: <see cref="IterableDataset{T}.SelectMany"/> makes
    /// rows of them, <see cref="IterableDataset{T}.Shuffle"/> mixes these.
    /// </summary>
    /// <param name="files">The files. Of each the footer is read when an epoch begins, and a row group when it is asked for.</param>
    /// <param name="columns">The columns that are wanted; all, if nothing is given. Others are not read.</param>
    /// <param name="shuffle">Whether the row groups come in another order each epoch.</param>
    /// <param name="lanes">
    /// How many row groups are read side by side: each lane has every so-manieth, and a batch takes as many rows from each. Of processes that train together by
    /// <c>DataParallel</c> each reads the row groups of some lanes, and the batches are the same for any number of processes that divides the lanes.
    /// </param>
    /// <exception cref="DatasetException">While they are gone through: a file cannot be read, is damaged, or lacks a column.</exception>
    /// <example><code norun="it reads files">
    /// var encoder = TableEncoder.Fit(ParquetTable.RowGroups("flats-0.parquet").First(), "rent");
    /// var rows = ParquetTable.Stream(Directory.GetFiles("flats"), shuffle: true, lanes: 4)
    ///     .SelectMany(part => encoder.Dataset(part).Select(row => (X: row.X.Clone(), Y: row.Y.Clone()))).Shuffle(buffer: 10_000);
    /// var loader = rows.Loader(256, seed: 1);
    /// </code></example>
    public static IterableDataset<DataFrame> Stream(IEnumerable<string> files, IReadOnlyCollection<string>? columns = null, bool shuffle = false, int lanes = 1)
    {
        ArgumentNullException.ThrowIfNull(files);
        string[] all = [.. files];
        return new((epoch, lane) =>
        {
            (string File, int Group)[] groups = [.. all.SelectMany(file => Filled(file, columns)).Where((_, i) => i % lanes == lane)];
            return (shuffle ? epoch.Permutation(groups.Length).Select(i => groups[i]) : groups).Select(g => Read(g.File, g.Group, columns));
        }, lanes);
    }

    /// <summary>The row groups of a file that have rows.</summary>
    static (string File, int Group)[] Filled(string file, IReadOnlyCollection<string>? columns)
    {
        using var open = new OpenParquet(file, columns);
        return [.. Enumerable.Range(0, open.Groups.Count).Where(group => open.Groups[group] > 0).Select(group => (file, group))];
    }

    static DataFrame Read(string file, int group, IReadOnlyCollection<string>? columns)
    {
        using var open = new OpenParquet(file, columns);
        return group < open.Groups.Count ? Group(open, group, file) : throw new DatasetException($"'{file}' has changed while it was read; begin again.");
    }

    static DataFrame Group(OpenParquet open, int group, string file) => (double)open.Groups[group] * open.Fields.Count <= MostCells ? open.Table([group])
        : throw new DatasetException($"Row group {group + 1} of '{file}' has more than {MostCells:N0} cells, which is more than fits; name fewer columns.");
}
