namespace Candeia.Charts;

/// <summary>A cell for each number, row 0 at 0: as strong in colour as the number is large, and the number itself where it has room.</summary>
internal sealed record CellsMark(IReadOnlyList<IReadOnlyList<double>> Values) : Mark
{
    public bool ByRow { get; init; }

    public override void Draw(SvgCanvas canvas, Frame frame)
    {
        double largest = Largest(Values.SelectMany(r => r));
        bool numbers = Readable(frame);
        foreach (var (i, row) in Values.Index())
        {
            double most = ByRow ? Largest(row) : largest;
            foreach (var (j, value) in row.Index())
            {
                if (!Scale.Drawable(value)) continue;
                double strength = most == 0 ? 0 : Math.Abs(value) / most;
                string color = canvas.Colors[value < 0 ? Hue.Blue : Hue.Orange], number = Numbers.Significant(value);
                canvas.Box(Cell(frame, i, j), color, $"{Name(frame.Y, i)}, {Name(frame.X, j)}: {number}", 0.06 + (numbers ? 0.5 : 0.94) * strength);
                if (numbers) canvas.Text(frame.AtX(j), frame.AtY(i) + 4, number, canvas.Colors.Ink, "middle");     // read on half of any colour, by day and by night
            }
        }
    }

    public override void Draw(TextArea area, Frame frame)
    {
        double largest = Largest(Values.SelectMany(r => r));
        int widest = Values.SelectMany(r => r).Where(Scale.Drawable).Select(v => Terminal.WidthOf(Numbers.Significant(v))).DefaultIfEmpty(0).Max();
        foreach (var (i, row) in Values.Index())
        {
            double most = ByRow ? Largest(row) : largest;
            foreach (var (j, value) in row.Index())
            {
                if (!Scale.Drawable(value)) continue;
                int left = j * area.Columns / row.Count, wide = (j + 1) * area.Columns / row.Count - left;
                double strength = most == 0 ? 0 : Math.Abs(value) / most;
                string color = Terminal.Of(value < 0 ? Hue.Blue : Hue.Orange), number = Numbers.Significant(value);
                string style = strength > 0.5 ? color + Terminal.Bold : strength > 0.05 ? color : Terminal.Quiet;
                if (wide > widest) area.Put(left + (wide - Terminal.WidthOf(number) + 1) / 2, i, number, style);
                else area.Put(left, i, new string("·░▒▓█"[(int)Math.Round(4 * strength)], wide), color);
            }
        }
    }

    // With a fine gap to its neighbours, where it is not fine itself.
    static Box Cell(Frame frame, int row, int column)
    {
        double left = frame.AtX(column - 0.5), right = frame.AtX(column + 0.5), gap = right - left > 6 ? 0.5 : 0;
        return new(left + gap, frame.AtY(row - 0.5) + gap, right - gap, frame.AtY(row + 0.5) - gap);
    }

    static string Name(Scale scale, int index) => scale.Names is { } names ? names[index] : Numbers.Fixed(index, 0);

    static double Largest(IEnumerable<double> values) => values.Where(Scale.Drawable).Select(Math.Abs).DefaultIfEmpty(0).Max();

    bool Readable(Frame frame)
    {
        double width = Math.Abs(frame.AtX(1) - frame.AtX(0)), height = Math.Abs(frame.AtY(1) - frame.AtY(0));
        return height >= 16 && Values.SelectMany(r => r).Where(Scale.Drawable)
            .All(v => TextWidth.Of(Numbers.Significant(v), SvgCanvas.FontSize) + 4 <= width);
    }
}
