namespace Candeia.Charts;

/// <summary>A picture made of pixels, inside the drawing.</summary>
internal sealed class Bitmap(ImageFigure figure) : Picture
{
    public override double HeightFor(double width) => Math.Min(width, Natural) * figure.PixelHeight / figure.PixelWidth;

    public override double Widest => Natural;

    /// <summary>A small picture is shown in whole multiples of its pixels, so that they stay square and sharp.</summary>
    public static int Times(ImageFigure figure) => Math.Max(1, 320 / figure.PixelWidth);

    double Natural => (double)figure.PixelWidth * Times(figure);

    public override int RowsFor(int rows) => 1;

    public override void Draw(TextGrid grid, int top) =>
        grid.Put(0, top, Terminal.Cut($"[{figure.PixelWidth} × {figure.PixelHeight} pixels]", grid.Columns), Terminal.Quiet);

    public override void Draw(SvgCanvas canvas, Box box)
    {
        double scale = Math.Min(Math.Min(box.Width, Natural) / figure.PixelWidth, box.Height / figure.PixelHeight);
        double width = scale * figure.PixelWidth, height = scale * figure.PixelHeight;
        string style = scale > 1 ? "image-rendering:pixelated" : "image-rendering:auto";
        canvas.Out.Write($"<image x='{box.Left}' y='{box.Top}' width='{width}' height='{height}' style='{style}' ");
        canvas.Out.Write($"href='data:image/png;base64,{Convert.ToBase64String(figure.Png.Span)}'/>");
    }
}
