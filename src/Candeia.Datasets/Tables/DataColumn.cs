using System.Globalization;

namespace Candeia.Datasets;

/// <summary>A column of a <see cref="DataFrame"/>: a name, a kind, and a cell for each row, some of which may be missing.</summary>
public sealed class DataColumn
{
    readonly double[]? _numbers;
    readonly string?[]? _texts;

    /// <summary>A column of numbers, of true and false as 1 and 0, or of dates as days since 0001-01-01.</summary>
    /// <param name="name">What stands above it.</param>
    /// <param name="kind">What the numbers are.</param>
    /// <param name="cells">One for each row; NaN where it is missing.</param>
    /// <exception cref="ArgumentException">Cells of this kind are words, or a number is infinite.</exception>
    public DataColumn(string name, ColumnKind kind, double[] cells)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(cells);
        if (kind is ColumnKind.Category or ColumnKind.Text) throw new ArgumentException($"The column '{name}' has numbers, so it is no {Word(kind)}.", nameof(kind));
        if (cells.Index().FirstOrDefault(c => double.IsInfinity(c.Item), (-1, 0)) is { Index: >= 0 and var row })
            throw new ArgumentException($"The column '{name}' has an infinite number in row {row}; NaN stands for a missing one.", nameof(cells));
        (Name, Kind, _numbers, Count) = (name, kind, [.. cells], cells.Length);
    }

    /// <summary>A column of words.</summary>
    /// <param name="name">What stands above it.</param>
    /// <param name="kind">Categories or texts.</param>
    /// <param name="cells">One for each row; null where it is missing.</param>
    /// <exception cref="ArgumentException">Cells of this kind are numbers.</exception>
    public DataColumn(string name, ColumnKind kind, string?[] cells)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(cells);
        if (kind is not (ColumnKind.Category or ColumnKind.Text)) throw new ArgumentException($"The column '{name}' has words, so it is no {Word(kind)}.", nameof(kind));
        (Name, Kind, _texts, Count) = (name, kind, [.. cells], cells.Length);
    }

    /// <summary>A column of words: a category where they come again, a text where they are different in most rows.</summary>
    /// <param name="name">What stands above it.</param>
    /// <param name="cells">One for each row; null where it is missing.</param>
    public static DataColumn OfWords(string name, string?[] cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        int present = cells.Count(w => w is not null), different = cells.Where(w => w is not null).Distinct(StringComparer.Ordinal).Count();
        return new(name, 2 * different <= present || different <= 1 ? ColumnKind.Category : ColumnKind.Text, cells);
    }

    /// <summary>What stands above it.</summary>
    public string Name { get; }

    /// <summary>What its cells are.</summary>
    public ColumnKind Kind { get; }

    /// <summary>How many rows there are.</summary>
    public int Count { get; }

    /// <summary>How many cells are missing.</summary>
    public int Missing => Enumerable.Range(0, Count).Count(IsMissing);

    /// <summary>Whether the cells are words, not numbers.</summary>
    public bool IsWords => _texts is not null;

    /// <summary>Whether the cell of a row is missing.</summary>
    public bool IsMissing(int row) => _numbers is null ? _texts![row] is null : double.IsNaN(_numbers[row]);

    /// <summary>The number in a row: 1 and 0 for true and false, days since 0001-01-01 for a date, NaN where the cell is missing.</summary>
    /// <exception cref="InvalidOperationException">The cells are words.</exception>
    public double Number(int row) => (_numbers ?? throw new InvalidOperationException($"The column '{Name}' has words, not numbers; ask for its Text."))[row];

    /// <summary>The cell of a row as a text, null where it is missing: <c>5.1</c>, <c>true</c>, <c>2026-03-08</c>.</summary>
    public string? Text(int row) => _texts is not null ? _texts[row] : IsMissing(row) ? null : Kind switch
    {
        ColumnKind.Boolean => _numbers![row] == 0 ? "false" : "true",
        ColumnKind.Date => Dates.Text(_numbers![row]),
        _ => _numbers![row].ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>The cells of some rows, in that order; they may repeat.</summary>
    public DataColumn Subset(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return _numbers is not null ? new(Name, Kind, [.. rows.Select(r => _numbers[r])]) : new(Name, Kind, [.. rows.Select(r => _texts![r])]);
    }

    /// <summary>Name, kind, and how many cells are missing: <c>age (number, 3 missing)</c>.</summary>
    public override string ToString() => $"{Name} ({Word(Kind)}{(Missing is > 0 and var missing ? $", {missing} missing" : "")})";

    internal static string Word(ColumnKind kind) => kind.ToString().ToLowerInvariant();
}
