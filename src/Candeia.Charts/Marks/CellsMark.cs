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
                double left = frame.AtX(j - 0.5), top = frame.AtY(i - 0.5), right = frame.AtX(j + 0.5), bottom = frame.AtY(i + 0.5);
                string color = canvas.Colors[value < 0 ? Hue.Blue : Hue.Orange], hint = $"{Name(frame.Y, i)}, {Name(frame.X, j)}: {Numbers.Significant(value)}";
                double gap = right - left > 6 ? 0.5 : 0;
                canvas.Out.Write($"<path d=\"M{left + gap} {top + gap}H{right - gap}V{bottom - gap}H{left + gap}z\" fill=\"{color}\" fill-opacity=\"{0.06 + 0.94 * strength}\"><title>{hint}</title></path>");
                if (numbers) canvas.Text((left + right) / 2, (top + bottom) / 2 + 4, Numbers.Significant(value), strength > 0.75 ? canvas.Colors.Paper : canvas.Colors.Ink, "middle");
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
                string style = Terminal.Of(value < 0 ? Hue.Blue : Hue.Orange), number = Numbers.Significant(value);
                if (wide > widest) area.Put(left + (wide - Terminal.WidthOf(number) + 1) / 2, i, number, strength > 0.5 ? style + Terminal.Bold : strength > 0.05 ? style : Terminal.Quiet);
                else area.Put(left, i, new string("·░▒▓█"[(int)Math.Round(4 * strength)], wide), style);
            }
        }
    }

    static string Name(Scale scale, int index) => scale.Names is { } names ? names[index] : Numbers.Fixed(index, 0);

    static double Largest(IEnumerable<double> values) => values.Where(Scale.Drawable).Select(Math.Abs).DefaultIfEmpty(0).Max();

    bool Readable(Frame frame)
    {
        double width = Math.Abs(frame.AtX(1) - frame.AtX(0)), height = Math.Abs(frame.AtY(1) - frame.AtY(0));
        return height >= 16 && Values.SelectMany(r => r).Where(Scale.Drawable).All(v => TextWidth.Of(Numbers.Significant(v), SvgCanvas.FontSize) + 4 <= width);
    }
}
