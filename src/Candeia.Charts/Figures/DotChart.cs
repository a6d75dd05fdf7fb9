namespace Candeia.Charts;

/// <summary>Rows of dots, one for each value, with their mean: how runs compare whose results scatter, such as those of several seeds.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Rows">From top to bottom.</param>
public sealed record DotChart(string Title, IReadOnlyList<DotRow> Rows) : Figure(Title)
{
    /// <summary>What the values are.</summary>
    public Axis X { get; init; } = new();

    internal override Picture Picture()
    {
        double widest = Rows.Select(r => TextWidth.Of(r.Label, SvgCanvas.FontSize)).DefaultIfEmpty(0).Max();
        return new Plot(Scale.Fit(X, Rows.SelectMany(r => r.Values), air: 0.05), Scale.Of([.. Rows.Select(r => r.Name)], downwards: true), [new RowsMark(Rows)])
        {
            Rows = false,
            Columns = true,
            RoomRight = widest + 14,
            Tall = Math.Max(1, Rows.Count) * 28,
        };
    }

    internal override string Summary() => Rows.Count == 0 ? "Dot chart without data."
        : "Dot chart. " + string.Join(", ", Rows.Select(r => $"{r.Name}: {Numbers.Count(r.Values.Count, "value")}, mean {r.Label}")) + ".";
}
