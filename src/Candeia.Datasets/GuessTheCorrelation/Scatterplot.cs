namespace Candeia.Datasets;

/// <summary>
/// The drawing of a scatter, pixel for pixel as in the real data set: 150×150, black on white, a frame, the points as discs of 5×5 pixels, ticks and
/// numbers outside the frame.
/// </summary>
internal static class Scatterplot
{
    public const int Size = 150;
    public const byte Black = 0, White = 255;

    const int Top = 1, Bottom = 129, Left = 20, Right = 148, TickLength = 4, NumberGap = 3;

    // The plot region, which the data range fills up to 4 % on each side of the longer axis.
    const double RegionLeft = 20.16, RegionBottom = 129.84, RegionSize = 128.4, Extension = 1.08;

    /// <summary>Grey values, row by row.</summary>
    public static byte[] Draw(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var pixels = new byte[Size * Size];
        Array.Fill(pixels, White);
        Frame(pixels);
        var (xMin, xMax) = Range(x);
        var (yMin, yMax) = Range(y);
        double longer = Math.Max(xMax - xMin, yMax - yMin), window = Extension * (longer > 0 ? longer : 1);
        double xStart = (xMin + xMax - window) / 2, yStart = (yMin + yMax - window) / 2; // the shorter axis is centred
        for (int i = 0; i < x.Length; i++) Disc(pixels, Row((y[i] - yStart) / window), Column((x[i] - xStart) / window));
        for (int i = 0; i <= 10; i += 2)
        {
            double value = i / 10.0;
            if (value >= xStart && value <= xStart + window) ColumnTick(pixels, Column((value - xStart) / window), i);
            if (value >= yStart && value <= yStart + window) RowTick(pixels, Row((value - yStart) / window), i);
        }
        return pixels;
    }

    /// <summary>A disc around a centre that is at least two pixels away from the edge: ###, #####, #####, #####, ###.</summary>
    public static void Disc(Span<byte> pixels, int row, int column)
    {
        for (int dy = -2; dy <= 2; dy++)
        {
            int half = Math.Abs(dy) == 2 ? 1 : 2;
            pixels.Slice((row + dy) * Size + column - half, 2 * half + 1).Clear();
        }
    }

    public static void Frame(Span<byte> pixels)
    {
        pixels.Slice(Top * Size + Left, Right - Left + 1).Clear();
        pixels.Slice(Bottom * Size + Left, Right - Left + 1).Clear();
        for (int row = Top; row <= Bottom; row++) pixels[row * Size + Left] = pixels[row * Size + Right] = Black;
    }

    /// <summary>In what a picture, white 1 and black 0, cannot be such a drawing; null where it can.</summary>
    public static string? Unlikeness(ReadOnlySpan<float> picture)
    {
        if (picture.Length != Size * Size) return $"has {picture.Length} pixels, not {Size}×{Size}";
        int dark = 0, gray = 0, frame = 0;
        foreach (float p in picture)
        {
            if (p < 0.5f) dark++;
            if (p is > 0.1f and < 0.9f) gray++;
        }
        for (int row = Top; row <= Bottom; row++) frame += (picture[row * Size + Left] < 0.5f ? 1 : 0) + (picture[row * Size + Right] < 0.5f ? 1 : 0);
        if (dark > picture.Length / 2) return "is dark where it should be white";
        if (frame < 2 * (Bottom - Top + 1) * 9 / 10) return $"has no black frame from ({Left}, {Top}) to ({Right}, {Bottom})";
        if (gray > picture.Length / 100) return "is gray or blurred where it should be black and white";
        return dark > picture.Length / 8 ? "has much more ink" : null;
    }

    static int Column(double share) => (int)Math.Floor(RegionLeft + RegionSize * share);

    static int Row(double share) => (int)Math.Floor(RegionBottom - RegionSize * share);

    static (double Min, double Max) Range(ReadOnlySpan<double> values)
    {
        double min = values[0], max = values[0];
        foreach (double v in values) (min, max) = (Math.Min(min, v), Math.Max(max, v));
        return (min, max);
    }

    static void ColumnTick(Span<byte> pixels, int column, int tenths)
    {
        for (int row = Bottom + 1; row <= Bottom + TickLength; row++) pixels[row * Size + column] = Black;
        int start = Math.Clamp(column - AxisNumber.Width / 2, 0, Size - AxisNumber.Width), top = Bottom + TickLength + NumberGap;
        foreach (var (row, across) in AxisNumber.Dots(tenths)) pixels[(top + row) * Size + start + across] = Black;
    }

    // The number reads from below to above, its top towards the left edge.
    static void RowTick(Span<byte> pixels, int row, int tenths)
    {
        for (int column = Left - TickLength; column < Left; column++) pixels[row * Size + column] = Black;
        int start = Math.Clamp(row + AxisNumber.Width / 2, AxisNumber.Width - 1, Size - 1);
        int left = Left - TickLength - NumberGap - AxisNumber.Height + 1;
        foreach (var (down, across) in AxisNumber.Dots(tenths)) pixels[(start - across) * Size + left + down] = Black;
    }
}
