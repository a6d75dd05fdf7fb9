namespace Candeia.Images;

/// <summary>What stands around a picture where a crop reaches over its border.</summary>
public enum BorderMode
{
    /// <summary>One value: black, unless another is given.</summary>
    Constant,

    /// <summary>The outermost pixel again and again: <c>a a | a b c | c c</c>.</summary>
    Edge,

    /// <summary>The picture mirrored at its outermost pixels: <c>c b | a b c | b a</c>.</summary>
    Reflect,

    /// <summary>The picture mirrored at its border: <c>b a | a b c | c b</c>.</summary>
    Symmetric,
}

/// <summary>A window on a picture; it may reach over the border.</summary>
internal sealed record Window(int Top, int Left, int Height, int Width, BorderMode Mode = BorderMode.Constant, Fill Fill = default) : Geometry(Height, Width)
{
    protected override Tensor Move(Tensor pixels, bool isMask) => Of(pixels, isMask);

    /// <summary>The window of pixels […, height, width], or of a mask.</summary>
    public Tensor Of(Tensor pixels, bool isMask)
    {
        int rows = pixels.Rank - 2, columns = rows + 1, height = pixels.Shape[rows], width = pixels.Shape[columns];
        if (Mode == BorderMode.Constant)
        {
            var (top, bottom) = Outside(Top, Height, height);
            var (left, right) = Outside(Left, Width, width);
            var inside = pixels.Narrow(rows, Top + top, Height - top - bottom).Narrow(columns, Left + left, Width - left - right);
            if ((top, bottom, left, right) == default) return inside;
            float[] fill = Fill.In(pixels, isMask);
            Tensor Framed(Tensor part, float value) => part.Pad([left, right, top, bottom], value);
            return fill.Length == 1 ? Framed(inside, fill[0]) : Tensor.Cat([.. fill.Select((value, channel) => Framed(inside.Narrow(rows - 1, channel, 1), value))], rows - 1);
        }
        return pixels.IndexSelect(rows, Places(Top, Height, height)).IndexSelect(columns, Places(Left, Width, width));
    }

    public override (double X, double Y) Point(double x, double y) => (x - Left, y - Top);

    static (int Before, int After) Outside(int from, int count, int size)
    {
        int before = Math.Clamp(-from, 0, count), after = Math.Clamp(from + count - size, 0, count);
        return before + after <= count && from < size && from + count > 0 ? (before, after)
            : throw new ArgumentException($"A window from {from} on of {count} pixels does not touch a picture of {size}.");
    }

    Tensor Places(int from, int count, int size)
    {
        long[] places = new long[count];
        for (int i = 0; i < count; i++) places[i] = Inside(from + i, size);
        return Tensor.From(places, [count]);
    }

    int Inside(int place, int size)
    {
        if (Mode == BorderMode.Edge || size == 1) return Math.Clamp(place, 0, size - 1);
        int apart = Mode == BorderMode.Reflect ? 1 : 0, period = 2 * (size - apart), p = (place % period + period) % period;
        return p < size ? p : period - p - 1 + apart;
    }
}
