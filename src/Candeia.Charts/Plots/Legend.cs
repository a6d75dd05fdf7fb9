namespace Candeia.Charts;

/// <summary>Names with samples in rows above the drawing.</summary>
internal static class Legend
{
    const double Sample = 18, Gap = 16, RowHeight = 20;

    public static double Height(IReadOnlyList<Key> keys, double width) => (Rows(keys, width).LastOrDefault().Row + 1) * RowHeight + 4;

    public static void Draw(SvgCanvas canvas, IReadOnlyList<Key> keys, Box box)
    {
        foreach (var (key, x, row) in Rows(keys, box.Width))
        {
            double left = box.Left + x, middle = box.Top + row * RowHeight + 8;
            string color = canvas.Colors[key.Hue], dash = key.Dashed ? "1 5" : "none";
            if (key.Dot) canvas.Out.Write($"<circle cx='{left + Sample / 2}' cy='{middle}' r='4' fill='{color}'/>");
            else if (key.Area) canvas.Out.Write($"<path d='M{left + 1} {middle - 5}h{Sample - 2}v10h{2 - Sample}z' fill='{color}' fill-opacity='0.2'/>");
            else
            {
                canvas.Out.Write($"<path d='M{left + 1} {middle}h{Sample - 2}' fill='none' stroke='{color}' stroke-width='2.5'");
                canvas.Out.Write($" stroke-linecap='round' stroke-dasharray='{dash}'/>");
            }
            canvas.Text(left + Sample + 6, middle + 4, TextWidth.Cut(key.Name, SvgCanvas.FontSize, box.Width - Sample - 6), canvas.Colors.Ink);
        }
    }

    static IEnumerable<(Key Key, double X, int Row)> Rows(IReadOnlyList<Key> keys, double width)
    {
        double x = 0;
        int row = 0;
        foreach (var key in keys)
        {
            double wide = Sample + 6 + Math.Min(TextWidth.Of(key.Name, SvgCanvas.FontSize), width - Sample - 6);
            if (x > 0 && x + wide > width) (x, row) = (0, row + 1);
            yield return (key, x, row);
            x += wide + Gap;
        }
    }
}
