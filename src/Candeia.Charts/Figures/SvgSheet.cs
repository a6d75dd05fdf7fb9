namespace Candeia.Charts;

/// <summary>The sheet around a drawing: size, font, title and notes.</summary>
internal static class SvgSheet
{
    public const string Font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
    const double Edge = 20;

    /// <summary>A document of its own, with the title written on it.</summary>
    public static string StandAlone(Figure figure)
    {
        var canvas = new SvgCanvas(Palette.Light);
        double width = Math.Max(120, figure.Width), y = Header(figure, canvas, width - 2 * Edge);
        var picture = figure.Picture();
        double height = Math.Max(y + 80, figure.Height ?? y + picture.HeightFor(width - 2 * Edge) + Edge - 4);
        picture.Draw(canvas, new Box(Edge, y, width - Edge, height - Edge + 4));

        var sheet = new Markup();
        sheet.Write($"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' viewBox='0 0 {width} {height}' role='img' ");
        sheet.Write($"font-family='{Font}' font-size='{SvgCanvas.FontSize}' style='font-variant-numeric:tabular-nums'>");
        sheet.Write($"<title>{figure.Title}</title><desc>{figure.Description ?? figure.Summary()}</desc>");
        sheet.Write($"<rect width='{width}' height='{height}' fill='{Palette.Light.Paper}'/>{canvas.Out}</svg>\n");
        return sheet.ToString();
    }

    /// <summary>A part of a page, which has the title beside it and sets font and colours.</summary>
    public static Markup Embedded(Figure figure, double width, double? height = null)
    {
        var canvas = new SvgCanvas(Palette.OfPage);
        var picture = figure.Picture();
        double high = height ?? picture.HeightFor(width);
        picture.Draw(canvas, new Box(0, 0, width, high));
        var svg = new Markup();
        svg.Write($"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{high}' viewBox='0 0 {width} {high}' role='img' ");
        svg.Write($"aria-label='{figure.Description ?? figure.Summary()}' font-size='{SvgCanvas.FontSize}' ");
        svg.Write($"style='max-width:{1.2 * width}px'>{canvas.Out}</svg>");
        return svg;
    }

    static double Header(Figure figure, SvgCanvas canvas, double width)
    {
        double y = Edge - 4;
        Lines(figure.Title, 17, 22, bold: true, canvas.Colors.Ink);
        Lines(figure.Subtitle, 13, 18, bold: false, canvas.Colors.Quiet);
        foreach (string note in figure.Notes) Lines(note, 13, 18, bold: true, canvas.Colors.Word(Hue.Orange));
        return y + 12;

        void Lines(string text, double size, double high, bool bold, string color)
        {
            foreach (string line in TextWidth.Wrap(text, size, width, bold)) canvas.Text(Edge, y += high, line, color, size: size, bold: bold);
        }
    }
}
