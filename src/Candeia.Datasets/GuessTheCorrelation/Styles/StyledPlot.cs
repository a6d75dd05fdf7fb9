using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>The drawing of points in a style.</summary>
sealed class StyledPlot
{
    readonly ScatterplotStyle _style;
    readonly Image _image;
    readonly int _left, _right, _top, _bottom, _thick;

    public StyledPlot(ScatterplotStyle style)
    {
        (_style, _image) = (style, new(style.Width, style.Height, PixelFormat.Rgb));
        (_left, _right, _top, _bottom) = (style.Width / 8, style.Width - style.Width / 20, style.Height / 20, style.Height - style.Height / 8);
        _thick = Math.Max(1, style.Width / 500);
    }

    /// <summary>Draws points whose places go from 0 to 1.</summary>
    public Image Draw(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Fill(0, 0, _style.Width, _style.Height, _style.Outside);
        Fill(_left, _top, _right, _bottom, _style.Ground);
        if (_style.Grid is { } grid) Grid(grid);
        if (_style.Frame is { } frame) Frame(frame);
        double margin = _style.Radius + 3;
        for (int i = 0; i < x.Length; i++)
            Point(_left + margin + (_right - _left - 2 * margin) * x[i], _bottom - margin - (_bottom - _top - 2 * margin) * y[i], _style.Colours[i % _style.Colours.Count]);
        return _image;
    }

    void Grid(int colour)
    {
        int dash = _style.IsDashed ? 6 : 10;
        for (int i = 1; i < 6; i++)
        {
            int column = Column(i), row = Row(i);
            for (int at = _left; at < _right; at += 10) Fill(at, row, Math.Min(_right, at + dash), row + _thick, colour);
            for (int at = _top; at < _bottom; at += 10) Fill(column, at, column + _thick, Math.Min(_bottom, at + dash), colour);
        }
    }

    void Frame(int colour)
    {
        Fill(_left, _top, _left + _thick, _bottom, colour);
        Fill(_left, _bottom, _right + _thick, _bottom + _thick, colour);
        if (!_style.HasAxesOnly) Fill(_right, _top, _right + _thick, _bottom, colour);
        if (!_style.HasAxesOnly) Fill(_left, _top, _right, _top + _thick, colour);
        for (int i = 0; i <= 6; i++)                                       // ticks
        {
            Fill(Column(i), _bottom, Column(i) + _thick, _bottom + 4, colour);
            Fill(_left - 4, Row(i), _left, Row(i) + _thick, colour);
        }
    }

    int Column(int sixth) => _left + sixth * (_right - _left) / 6;

    int Row(int sixth) => _top + sixth * (_bottom - _top) / 6;

    // Smooth edges: nine places of a pixel are looked at.
    void Point(double column, double row, int colour)
    {
        double radius = _style.Radius;
        for (int y = Math.Max(0, (int)(row - radius) - 1); y <= Math.Min(row + radius + 1, _image.Height - 1); y++)
            for (int x = Math.Max(0, (int)(column - radius) - 1); x <= Math.Min(column + radius + 1, _image.Width - 1); x++)
            {
                int within = 0;
                for (int k = 0; k < 9; k++)
                    if (_style.Marker.Holds((x + (k % 3 - 1) / 3.0 - column) / radius, (y + (k / 3 - 1) / 3.0 - row) / radius)) within++;
                var pixel = _image.Row(y).Slice(3 * x, 3);
                for (int c = 0; c < 3; c++) pixel[c] = (byte)((pixel[c] * (9 - within) + (colour >> (16 - 8 * c) & 255) * within) / 9);
            }
    }

    void Fill(int left, int top, int right, int bottom, int colour)
    {
        for (int y = Math.Max(0, top); y < Math.Min(bottom, _image.Height); y++)
            for (int x = Math.Max(0, left); x < Math.Min(right, _image.Width); x++)
                for (int c = 0; c < 3; c++) _image.Row(y)[3 * x + c] = (byte)(colour >> (16 - 8 * c));
    }
}
