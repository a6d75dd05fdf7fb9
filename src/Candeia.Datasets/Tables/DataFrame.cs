using System.Diagnostics.CodeAnalysis;

namespace Candeia.Datasets;

/// <summary>
/// A table in memory: columns with names, each with cells of one kind. It comes from a file (<see cref="CsvTable"/>) or from objects
/// (<see cref="Of"/>), and a <see cref="TableEncoder"/> makes tensors of it.
/// </summary>
/// <example><code>
/// var flats = DataFrame.Of([
///     new { Area = 71.5, Rooms = 3, Quarter = "harbour" },
///     new { Area = 48.0, Rooms = 2, Quarter = "harbour" },
/// ]);
/// Console.WriteLine(flats);                                               // → 2 rows: Area (number), Rooms (integer), Quarter (category)
/// Console.WriteLine(flats["Area"].Number(1));                             // → 48
/// </code></example>
public sealed class DataFrame
{
    /// <summary>Puts columns side by side.</summary>
    /// <param name="columns">At least one; all with as many rows, each with another name.</param>
    /// <param name="name">Where they come from, as messages name it: a file.</param>
    /// <exception cref="ArgumentException">There is no column, two have the same name, or other numbers of rows.</exception>
    public DataFrame(IReadOnlyList<DataColumn> columns, string name = "the table")
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (columns.Count == 0) throw new ArgumentException("A table needs at least one column.", nameof(columns));
        if (columns.FirstOrDefault(c => c.Count != columns[0].Count) is { } other)
            throw new ArgumentException($"The column '{other.Name}' has {other.Count} rows, and '{columns[0].Name}' {columns[0].Count}.", nameof(columns));
        if (columns.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Two columns have the name '{twice.Key}'; give one of them another.", nameof(columns));
        (Columns, Name) = ([.. columns], name);
    }

    /// <summary>Where the table comes from, as messages name it.</summary>
    public string Name { get; }

    /// <summary>The columns, from left to right.</summary>
    public IReadOnlyList<DataColumn> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int Count => Columns[0].Count;

    /// <summary>The column of a name.</summary>
    /// <exception cref="DatasetException">There is none.</exception>
    public DataColumn this[string name] => Find(name) ?? throw new DatasetException(
        $"'{Name}' has no column '{name}', only {string.Join(", ", Columns.Take(20).Select(c => c.Name))}{(Columns.Count > 20 ? ", …" : "")}; name one of these.");

    /// <summary>The column of a name, null where there is none.</summary>
    public DataColumn? Find(string name) => Columns.FirstOrDefault(c => c.Name == name);

    /// <summary>Some rows, in that order; they may repeat.</summary>
    public DataFrame Subset(IReadOnlyList<int> rows) => new([.. Columns.Select(c => c.Subset(rows))], Name);

    /// <summary>Two parts at random, the first with this fraction of the rows.</summary>
    /// <param name="fraction">0 to 1.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    public (DataFrame First, DataFrame Second) Split(double fraction, ulong seed)
    {
        if (fraction is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(fraction), $"A fraction lies between 0 and 1, not {fraction}.");
        int[] rows = new Generator(seed).Permutation(Count);
        int cut = (int)Math.Round(fraction * Count);
        return (Subset(rows[..cut]), Subset(rows[cut..]));
    }

    /// <summary>
    /// A table of objects: a row for each, a column for each public property. Numbers, true and false, dates, words and enumerations are taken, and all of
    /// them may be null; words are a category where they come again.
    /// </summary>
    /// <typeparam name="T">A record, a class or an anonymous type.</typeparam>
    /// <param name="rows">The objects.</param>
    /// <exception cref="ArgumentException">There is no property, or one of another type.</exception>
    public static DataFrame Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(IEnumerable<T> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        T[] all = [.. rows];
        DataColumn[] columns = [.. typeof(T).GetProperties().Where(p => p.CanRead && p.GetIndexParameters().Length == 0)
            .Select(p => ColumnValues.Of(p.Name, p.PropertyType, [.. all.Select(row => p.GetValue(row))]))];
        return columns.Length > 0 ? new(columns, $"the table of {typeof(T).Name}")
            : throw new ArgumentException($"{typeof(T).Name} has no public properties; each of them becomes a column.", nameof(rows));
    }

    /// <summary>How many rows, and the columns with their kinds.</summary>
    public override string ToString() => $"{Count} row{(Count == 1 ? "" : "s")}: {string.Join(", ", Columns)}";
}
