namespace Candeia.Charts;

/// <summary>Horizontal bars from zero, each with its name before and its value behind it.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Bars">From top to bottom.</param>
public sealed record BarChart(string Title, IReadOnlyList<Bar> Bars) : Figure(Title)
{
    /// <summary>What the lengths are; its range can make several charts comparable.</summary>
    public Axis X { get; init; } = new();

    internal override Picture Picture()
    {
        string[] texts = [.. Bars.Select(b => b.Text ?? Numbers.Significant(b.Value))];
        var blocks = Bars.Index().Where(b => Scale.Drawable(b.Item.Value)).Select(b =>
            new Block(b.Index - 0.34, b.Index + 0.34, b.Item.Value, b.Item.Hue, $"{b.Item.Name}: {texts[b.Index]}") { Text = texts[b.Index] });
        var scale = Scale.Fit(X with { Log = false }, Bars.Select(b => b.Value), air: 0, Zero.Always);
        // Bars below zero keep away from the names.
        if (X.Range is null && scale.From < 0) scale = scale with { From = scale.From - 0.18 * (scale.To - scale.From) };
        return new Plot(scale, Scale.Of([.. Bars.Select(b => b.Name)], downwards: true), [new BarsMark([.. blocks]) { Across = true }])
        {
            Rows = false,
            TicksX = false,
            RoomRight = texts.Select(t => TextWidth.Of(t, SvgCanvas.FontSize)).DefaultIfEmpty(0).Max() + 14,
            Tall = Math.Max(1, Bars.Count) * 28,
            ClipX = X.Range is not null,
        };
    }

    internal override string Summary() =>
        Bars.Count == 0 ? "Bar chart without data."
        : "Bar chart. " + string.Join(", ", Bars.Select(b => $"{b.Name}: {b.Text ?? Numbers.Significant(b.Value)}")) + ".";
}
