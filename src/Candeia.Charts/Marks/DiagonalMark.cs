namespace Candeia.Charts;

/// <summary>The line y = x, as far as both axes go.</summary>
internal sealed record DiagonalMark : Mark
{
    public override void Draw(SvgCanvas canvas, Frame frame)
    {
        if (Ends(frame) is var (low, high)) canvas.Line(frame.AtX(low), frame.AtY(low), frame.AtX(high), frame.AtY(high), canvas.Colors.Ink);
    }

    public override void Draw(TextArea area, Frame frame)
    {
        if (Ends(frame) is var (low, high)) area.Line((frame.AtX(low), frame.AtY(low)), (frame.AtX(high), frame.AtY(high)), Terminal.Quiet, every: 3);
    }

    // Where both axes reach; a line only if both have the same kind of scale.
    static (double Low, double High)? Ends(Frame frame)
    {
        double low = Math.Max(frame.X.From, frame.Y.From), high = Math.Min(frame.X.To, frame.Y.To);
        return low < high && frame.X.Log == frame.Y.Log ? (low, high) : null;
    }
}
