namespace Candeia.Vision;

/// <summary>What a box must be moved and stretched by to become another one, as numbers that a network can give.</summary>
/// <param name="place">What movements are multiplied by.</param>
/// <param name="size">What logarithms of sizes are multiplied by.</param>
internal sealed class BoxCoder(double place = 1, double size = 1)
{
    // A box never becomes more than 62.5 times as large.
    static readonly double s_most = Math.Log(1000.0 / 16);

    /// <summary>The numbers [n, 4] that make boxes [n, 4] of others [n, 4].</summary>
    public Tensor Encode(Tensor wanted, Tensor from)
    {
        var (x, y, w, h) = Middle(from);
        var (toX, toY, toW, toH) = Middle(wanted);
        return Tensor.Stack([(toX - x) / w * place, (toY - y) / h * place, (toW / w).Log() * size, (toH / h).Log() * size], 1);
    }

    /// <summary>The boxes [n, 4] that numbers [n, 4] make of others [n, 4].</summary>
    public Tensor Decode(Tensor codes, Tensor from)
    {
        var (x, y, w, h) = Middle(from);
        Tensor toX = codes[.., 0] / place * w + x, toY = codes[.., 1] / place * h + y;
        Tensor halfW = (codes[.., 2] / size).Clamp(double.NegativeInfinity, s_most).Exp() * w / 2, halfH = (codes[.., 3] / size).Clamp(double.NegativeInfinity, s_most).Exp() * h / 2;
        return Tensor.Stack([toX - halfW, toY - halfH, toX + halfW, toY + halfH], 1);
    }

    static (Tensor X, Tensor Y, Tensor Width, Tensor Height) Middle(Tensor boxes)
    {
        Tensor width = boxes[.., 2] - boxes[.., 0], height = boxes[.., 3] - boxes[.., 1];
        return (boxes[.., 0] + width / 2, boxes[.., 1] + height / 2, width, height);
    }
}
