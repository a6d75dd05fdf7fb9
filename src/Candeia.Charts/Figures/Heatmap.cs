namespace Candeia.Charts;

/// <summary>A table of numbers as a table of colours: one colour by strength, or two when there are negative numbers.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Rows">Names of the rows, from top to bottom.</param>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Values">A row of values for each row; those that are not finite stay empty.</param>
public sealed record Heatmap(string Title, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<double>> Values)
    : Figure(Title)
{
    /// <summary>The values, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Values { get; } = Checked(Rows, Columns, Values);

    /// <summary>What the columns are.</summary>
    public string X { get; init; } = "";

    /// <summary>What the rows are.</summary>
    public string Y { get; init; } = "";

    /// <summary>Whether colours compare within each row only, as suits classes of different size.</summary>
    public bool ByRow { get; init; }

    /// <summary>A classifier's confusions: a row for each true class, a column for each predicted one, coloured by the share of the row.</summary>
    public static Heatmap Confusion(string title, IReadOnlyList<string> classes, IReadOnlyList<IReadOnlyList<double>> counts) =>
        new(title, classes, classes, counts) { X = "predicted", Y = "true", ByRow = true };

    internal override Picture Picture() => new Plot(
        Scale.Of(Columns) with { Caption = X },
        Scale.Of(Rows, downwards: true) with { Caption = Y },
        [new CellsMark(Values) { ByRow = ByRow }]) { Rows = false, Square = true };

    internal override string Summary() => $"Heatmap of {Numbers.Count(Rows.Count, "row")} and {Numbers.Count(Columns.Count, "column")}"
        + (Y == "" ? "" : $", rows {Y}") + (X == "" ? "" : $", columns {X}") + ".";

    static IReadOnlyList<IReadOnlyList<double>> Checked(
        IReadOnlyList<string> rows, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<double>> values)
    {
        if (values.Count != rows.Count)
            throw new ArgumentException($"The heatmap names {rows.Count} rows and has {values.Count}: name each row.", nameof(values));
        foreach (var (i, row) in values.Index())
        {
            if (row.Count != columns.Count)
                throw new ArgumentException($"Row {i} of the heatmap has {row.Count} values for {columns.Count} columns.", nameof(values));
        }
        return values;
    }
}
