namespace Candeia.Charts;

/// <summary>Figures side by side, below each other where the page is narrow.</summary>
/// <param name="Figures">From left to right.</param>
public sealed record FigureRow(IReadOnlyList<Figure> Figures) : ReportBlock
{
    const double PageWidth = 1080, Gap = 20, Padding = 48, Narrow = 320;

    internal override void Write(Markup page)
    {
        if (Figures.Count == 0) return;
        int columns = Math.Min(Figures.Count, 3);
        double width = (PageWidth - (columns - 1) * Gap) / columns - Padding;
        var pictures = Figures.Select(f => f.Picture()).ToArray();
        // Neighbours are as high as the highest, so that their axes stand on one line.
        double? height = columns == 1 ? null : pictures.Select(p => p.HeightFor(width)).Max();
        page.Write($"<div class='figures of-{columns}'>");
        foreach (var (figure, picture) in Figures.Zip(pictures))
        {
            page.Write($"<figure class='card'><figcaption><h3>{figure.Title}</h3>");
            if (figure.Subtitle != "") page.Write($"<p>{figure.Subtitle}</p>");
            foreach (string note in figure.Notes) page.Write($"<p class='result'>{note}</p>");
            page.Write($"</figcaption>");
            if (figure is ImageFigure image) Picture(page, image);
            else if (width < 420) page.Write($"<div>{SvgSheet.Embedded(figure, width, height)}</div>");
            else
            {
                page.Write($"<div class='wide'>{SvgSheet.Embedded(figure, Math.Min(width, picture.Widest), height)}</div>");
                page.Write($"<div class='narrow'>{SvgSheet.Embedded(figure, Narrow)}</div>");
            }
            page.Write($"</figure>");
        }
        page.Write($"</div>");
    }

    static void Picture(Markup page, ImageFigure image)
    {
        int times = Bitmap.Times(image);
        page.Write($"<img class='{(times > 1 ? "pixels" : "photo")}{(image.IsInk ? " ink" : "")}' width='{image.PixelWidth * times}' height='{image.PixelHeight * times}' ");
        page.Write($"alt='{image.Description ?? image.Summary()}' ");
        page.Write($"src='data:image/png;base64,{Convert.ToBase64String(image.Png.Span)}'/>");
    }
}
