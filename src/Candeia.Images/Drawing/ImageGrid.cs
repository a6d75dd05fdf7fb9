namespace Candeia.Images;

/// <summary>The layout of <see cref="Image.Grid(IReadOnlyList{Image}, int, int, IReadOnlyList{string}?, int)"/>.</summary>
internal sealed class ImageGrid(IReadOnlyList<Image> images, int columns, int padding, IReadOnlyList<string>? captions, int zoom)
{
    const byte White = 255, FrameInk = 214, TextInk = 48;
    const float TextSize = 1;
    const int AboveText = 6, BelowText = 4;

    readonly int _width = images.Max(image => image.Width) * zoom + 2;         // with its frame
    readonly int _height = images.Max(image => image.Height) * zoom + 2;
    readonly int _textHeight = captions is null ? 0 : AboveText + Pen.CapHeight + BelowText;

    public Image Draw()
    {
        int rows = (images.Count + columns - 1) / columns;
        bool gray = images.All(image => image.Channels < 3);
        var sheet = new Image(
            checked(padding + columns * (_width + padding)),
            checked(padding + rows * (_height + _textHeight + padding)),
            gray ? PixelFormat.Gray : PixelFormat.Rgb);
        sheet.Pixels.Fill(White);
        for (int i = 0; i < images.Count; i++)
        {
            int left = padding + i % columns * (_width + padding), top = padding + i / columns * (_height + _textHeight + padding);
            Place(images[i], sheet, left, top);
            if (captions is not null) Write(captions[i], sheet, left, top);
        }
        return sheet;
    }

    void Place(Image image, Image sheet, int left, int top)
    {
        int width = image.Width * zoom, height = image.Height * zoom;
        left += (_width - width) / 2;
        top += (_height - height) / 2;
        new Pen(sheet, FrameInk).Frame(left - 1, top - 1, width + 2, height + 2);
        var source = image.OnWhite(sheet.Format);
        int pixel = sheet.Info.PixelBytes;
        for (int y = 0; y < height; y++)
        {
            var from = source.Row(y / zoom);
            var to = sheet.Row(top + y)[(left * pixel)..];
            for (int x = 0; x < width; x++) from.Slice(x / zoom * pixel, pixel).CopyTo(to[(x * pixel)..]);
        }
    }

    void Write(string caption, Image sheet, int left, int top)
    {
        string text = Pen.Fit(caption, TextSize, _width);
        float x = left + (_width - Pen.Measure(text, TextSize)) / 2;
        new Pen(sheet, TextInk).Write(text, x, top + _height + AboveText + Pen.CapHeight, TextSize);
    }
}
