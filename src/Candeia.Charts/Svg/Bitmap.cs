namespace Candeia.Charts;

/// <summary>A picture made of pixels, inside the drawing.</summary>
internal sealed class Bitmap(ImageFigure figure) : Picture
{
    public override double HeightFor(double width) => Math.Min(width, Natural) * figure.PixelHeight / figure.PixelWidth;

    // A small picture is shown in whole multiples of its pixels, so that they stay square and sharp.
    double Natural => figure.PixelWidth * Math.Max(1, 320 / figure.PixelWidth);

    public override void Draw(SvgCanvas canvas, Box box)
    {
        double scale = Math.Min(Math.Min(box.Width, Natural) / figure.PixelWidth, box.Height / figure.PixelHeight);
        double width = scale * figure.PixelWidth, height = scale * figure.PixelHeight;
        string style = scale > 1 ? "image-rendering:pixelated" : "image-rendering:auto";
        canvas.Out.Write($"<image x=\"{box.Left}\" y=\"{box.Top}\" width=\"{width}\" height=\"{height}\" style=\"{style}\" href=\"data:image/png;base64,{Convert.ToBase64String(figure.Png.Span)}\"/>");
    }
}
