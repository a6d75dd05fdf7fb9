namespace Candeia.Charts;

/// <summary>From one place to another on one axis, from zero to a value on the other; with a text under the pointer.</summary>
internal sealed record Block(double From, double To, double Value, Hue Hue, string Hint)
{
    /// <summary>What is written at its end.</summary>
    public string Text { get; init; } = "";
}

/// <summary>Rectangles that stand on zero.</summary>
internal sealed record BarsMark(IReadOnlyList<Block> Blocks) : Mark
{
    /// <summary>Whether they lie along the horizontal axis.</summary>
    public bool Across { get; init; }

    public override void Draw(SvgCanvas canvas, Frame frame)
    {
        foreach (var block in Blocks)
        {
            var box = Across
                ? Sorted(frame.AtX(0), frame.AtY(block.From), frame.AtX(block.Value), frame.AtY(block.To))
                : Sorted(frame.AtX(block.From) + 0.75, frame.AtY(block.Value), frame.AtX(block.To) - 0.75, frame.AtY(0));
            canvas.Out.Write($"<path d=\"M{box.Left} {box.Top}H{box.Right}V{box.Bottom}H{box.Left}z\" fill=\"{canvas.Colors[block.Hue]}\"><title>{block.Hint}</title></path>");
            if (block.Text == "") continue;
            double middle = (box.Top + box.Bottom) / 2 + 4;
            if (block.Value < 0) canvas.Text(box.Left - 6, middle, block.Text, canvas.Colors.Ink, "end");
            else canvas.Text(box.Right + 6, middle, block.Text, canvas.Colors.Ink);
        }
        if (Across) canvas.Line(frame.AtX(0), frame.Area.Top, frame.AtX(0), frame.Area.Bottom, canvas.Colors.Axis);
    }

    static Box Sorted(double x1, double y1, double x2, double y2) => new(Math.Min(x1, x2), Math.Min(y1, y2), Math.Max(x1, x2), Math.Max(y1, y2));
}
