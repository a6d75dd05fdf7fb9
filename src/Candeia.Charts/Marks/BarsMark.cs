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
            canvas.Box(box, canvas.Colors[block.Hue], block.Hint);
            if (block.Text == "") continue;
            double middle = (box.Top + box.Bottom) / 2 + 4;
            canvas.Text(box.Right + 6, middle, block.Text, canvas.Colors.Ink);       // of a bar below zero on the other side of it, where names are not in the way
        }
        if (Across) canvas.Line(frame.AtX(0), frame.Area.Top, frame.AtX(0), frame.Area.Bottom, canvas.Colors.Axis);
    }

    public override int RoomInText => Across ? 1 + Blocks.Select(b => Terminal.WidthOf(b.Text)).DefaultIfEmpty(0).Max() : 0;

    public override void Draw(TextArea area, Frame frame)
    {
        if (Across) foreach (var block in Blocks) AcrossInText(area, frame, block);
        else for (int column = 0; column < area.Columns; column++) UprightInText(area, frame, column);
    }

    static void AcrossInText(TextArea area, Frame frame, Block block)
    {
        int row = (int)Math.Round(frame.AtY((block.From + block.To) / 2)) / 4;
        double zero = Math.Round(frame.X.At(0) * area.Columns), end = Math.Clamp(frame.X.At(block.Value), 0, 1) * area.Columns;
        int eighths = (int)Math.Round(Math.Abs(end - zero) * 8), full = eighths / 8, from = (int)zero;
        string style = Terminal.Of(block.Hue), bar = new('█', full);
        if (block.Value < 0)
        {
            area.Put(from - full, row, bar, style);
            area.Put(from + 1, row, block.Text, null);
            return;
        }
        if (eighths % 8 > 0 || eighths == 0) bar += "▏▏▎▍▌▋▊▉"[eighths % 8];
        area.Put(from, row, bar, style);
        area.Put(from + bar.Length + 1, row, block.Text, null);
    }

    // The bar that stands in the middle of the column.
    void UprightInText(TextArea area, Frame frame, int column)
    {
        double at = frame.X.From + (column + 0.5) / area.Columns * (frame.X.To - frame.X.From);
        if (Blocks.FirstOrDefault(b => b.From <= at && at < b.To) is not { } block || block.Value <= 0) return;
        int eighths = Math.Max(1, (int)Math.Round(Math.Clamp(frame.Y.At(block.Value), 0, 1) * area.Rows * 8));
        for (int row = 0; row * 8 < eighths; row++)
            area.Put(column, area.Rows - 1 - row, "▁▂▃▄▅▆▇█"[Math.Min(7, eighths - row * 8 - 1)].ToString(), Terminal.Of(block.Hue));
    }

    static Box Sorted(double x1, double y1, double x2, double y2) => new(Math.Min(x1, x2), Math.Min(y1, y2), Math.Max(x1, x2), Math.Max(y1, y2));
}
