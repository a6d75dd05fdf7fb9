namespace Candeia.Charts;

/// <summary>The line y = x, as far as both axes go.</summary>
internal sealed record DiagonalMark : Mark
{
    public override void Draw(SvgCanvas canvas, Frame frame)
    {
        double low = Math.Max(frame.X.From, frame.Y.From), high = Math.Min(frame.X.To, frame.Y.To);
        if (low >= high || frame.X.Log != frame.Y.Log) return;
        canvas.Line(frame.AtX(low), frame.AtY(low), frame.AtX(high), frame.AtY(high), canvas.Colors.Ink);
    }
}
