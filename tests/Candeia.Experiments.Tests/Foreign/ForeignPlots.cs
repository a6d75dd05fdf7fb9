using Candeia.Images;

namespace Candeia.Experiments.Tests;

/// <summary>Scatterplots as other programs draw them: eight styles of other sizes, colours, markers, grids and frames.</summary>
static class ForeignPlots
{
    /// <summary>A way to draw.</summary>
    /// <param name="Width">Columns.</param>
    /// <param name="Height">Rows.</param>
    /// <param name="Outside">The colour around the plot.</param>
    /// <param name="Ground">The colour of the plot.</param>
    /// <param name="Colours">Those of points, in turn.</param>
    /// <param name="Radius">Half the size of a point.</param>
    /// <param name="Marker">Whether a place, from −1 to 1, is within the marker.</param>
    /// <param name="Grid">The colour of lines behind the points, if there are any.</param>
    /// <param name="Frame">The colour of the lines around.</param>
    /// <param name="Axes">Whether there are lines at the left and below alone.</param>
    /// <param name="Title">What is written below.</param>
    sealed record Style(
        int Width, int Height, int Outside, int Ground, int[] Colours, double Radius, Func<double, double, bool> Marker, int? Grid = null, int? Frame = null, bool Axes = false,
        bool Dashed = false, string? Title = null);

    static readonly Func<double, double, bool> s_disc = (x, y) => x * x + y * y <= 1, s_square = (x, y) => true, s_diamond = (x, y) => Math.Abs(x) + Math.Abs(y) <= 1,
        s_ring = (x, y) => x * x + y * y is <= 1 and >= 0.45, s_plus = (x, y) => Math.Min(Math.Abs(x), Math.Abs(y)) <= 0.28, s_triangle = (x, y) => Math.Abs(x) <= (y + 1) / 2;

    static readonly Style[] s_styles =
    [
        new(640, 480, 0xFFFFFF, 0xFFFFFF, [0x1F77B4], 4, s_disc, Frame: 0x000000, Title: "A scatterplot of x and y"),
        new(500, 500, 0xFFFFFF, 0xEBEBEB, [0x000000], 3.5, s_disc, Grid: 0xFFFFFF),
        new(800, 600, 0x111111, 0x111111, [0xF5D020], 5, s_disc, Grid: 0x333333, Frame: 0x888888),
        new(100, 100, 0xFFFFFF, 0xFFFFFF, [0x222222], 2, s_square),
        new(1000, 1000, 0xFFFFFF, 0xFFFFFF, [0x0044CC], 9, s_plus, Grid: 0xCCCCCC, Frame: 0x444444),
        new(300, 400, 0xFFFFFF, 0xFFFFFF, [0xCC2222], 5, s_ring, Grid: 0xBBBBBB, Dashed: true),
        new(450, 300, 0xFDF6E3, 0xFDF6E3, [0x2AA14A], 5, s_triangle, Frame: 0x333333, Axes: true, Title: "height and weight"),
        new(700, 700, 0xFFFFFF, 0xF4F4FA, [0x7B2D8E, 0xE07A1F], 6, s_diamond, Grid: 0xFFFFFF, Frame: 0x9999AA, Title: "Two kinds"),
    ];

    public static int Styles => s_styles.Length;

    /// <summary>Draws points in a style.</summary>
    public static Image Draw(int style, double[] x, double[] y)
    {
        var s = s_styles[style];
        var image = new Image(s.Width, s.Height, PixelFormat.Rgb);
        int left = s.Width / 8, right = s.Width - s.Width / 20, top = s.Height / 20, bottom = s.Height - s.Height / 8;
        Fill(image, 0, 0, s.Width, s.Height, s.Outside);
        Fill(image, left, top, right, bottom, s.Ground);
        int thick = Math.Max(1, s.Width / 500);
        if (s.Grid is { } grid)
            for (int i = 1; i < 6; i++)
            {
                int column = left + i * (right - left) / 6, row = top + i * (bottom - top) / 6;
                for (int at = left; at < right; at += 10) Fill(image, at, row, Math.Min(right, at + (s.Dashed ? 6 : 10)), row + thick, grid);
                for (int at = top; at < bottom; at += 10) Fill(image, column, at, column + thick, Math.Min(bottom, at + (s.Dashed ? 6 : 10)), grid);
            }
        if (s.Frame is { } frame)
        {
            Fill(image, left, top, left + thick, bottom, frame);
            Fill(image, left, bottom, right + thick, bottom + thick, frame);
            if (!s.Axes) Fill(image, right, top, right + thick, bottom, frame);
            if (!s.Axes) Fill(image, left, top, right, top + thick, frame);
            for (int i = 0; i <= 6; i++)                                   // ticks
            {
                Fill(image, left + i * (right - left) / 6, bottom, left + i * (right - left) / 6 + thick, bottom + 4, frame);
                Fill(image, left - 4, top + i * (bottom - top) / 6, left, top + i * (bottom - top) / 6 + thick, frame);
            }
        }
        double margin = s.Radius + 3, xMin = x.Min(), xMax = x.Max(), yMin = y.Min(), yMax = y.Max();
        for (int i = 0; i < x.Length; i++)
            Point(image, left + margin + (right - left - 2 * margin) * (x[i] - xMin) / (xMax - xMin), bottom - margin - (bottom - top - 2 * margin) * (y[i] - yMin) / (yMax - yMin), s, s.Colours[i % s.Colours.Length]);
        return s.Title is null ? image : Image.Grid([image], columns: 1, captions: [s.Title]);
    }

    // Smooth edges: nine places of a pixel are looked at.
    static void Point(Image image, double column, double row, Style style, int colour)
    {
        for (int y = (int)(row - style.Radius) - 1; y <= row + style.Radius + 1; y++)
            for (int x = (int)(column - style.Radius) - 1; x <= column + style.Radius + 1; x++)
            {
                if (x < 0 || y < 0 || x >= image.Width || y >= image.Height) continue;
                int within = 0;
                for (int k = 0; k < 9; k++)
                {
                    double dx = (x + (k % 3 - 1) / 3.0 - column) / style.Radius, dy = (y + (k / 3 - 1) / 3.0 - row) / style.Radius;
                    if (Math.Abs(dx) <= 1 && Math.Abs(dy) <= 1 && style.Marker(dx, dy)) within++;
                }
                var pixel = image.Row(y).Slice(3 * x, 3);
                for (int c = 0; c < 3; c++) pixel[c] = (byte)((pixel[c] * (9 - within) + (colour >> (16 - 8 * c) & 255) * within) / 9);
            }
    }

    static void Fill(Image image, int left, int top, int right, int bottom, int colour)
    {
        for (int y = top; y < Math.Min(bottom, image.Height); y++)
            for (int x = left; x < Math.Min(right, image.Width); x++)
                for (int c = 0; c < 3; c++) image.Row(y)[3 * x + c] = (byte)(colour >> (16 - 8 * c));
    }
}
