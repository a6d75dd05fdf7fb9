namespace Candeia.Charts;

/// <summary>Where marks draw themselves: markup with a palette.</summary>
internal sealed class SvgCanvas(Palette palette)
{
    /// <summary>Size of ordinary text in pixels.</summary>
    public const double FontSize = 12;

    /// <summary>What has been drawn.</summary>
    public Markup Out { get; } = new();

    /// <summary>The colours to draw with.</summary>
    public Palette Colors { get; } = palette;

    public void Line(double x1, double y1, double x2, double y2, string color, double width = 1) =>
        Out.Write($"<path d='M{x1} {y1}L{x2} {y2}' fill='none' stroke='{color}' stroke-width='{width}'/>");

    /// <summary>A filled rectangle with a text under the pointer.</summary>
    public void Box(Box box, string color, string hint, double opacity = 1)
    {
        Out.Write($"<path d='M{box.Left} {box.Top}H{box.Right}V{box.Bottom}H{box.Left}z' fill='{color}'");
        if (opacity != 1) Out.Write($" fill-opacity='{opacity}'");
        Out.Write($"><title>{hint}</title></path>");
    }

    public void Text(
        double x, double y, string text, string color, string anchor = "start", double size = FontSize, bool bold = false, bool halo = false)
    {
        if (text.Length == 0) return;
        Out.Write($"<text x='{x}' y='{y}' fill='{color}'");
        if (anchor != "start") Out.Write($" text-anchor='{anchor}'");
        if (size != FontSize) Out.Write($" font-size='{size}'");
        if (bold) Out.Write($" font-weight='600'");
        if (halo) Out.Write($" stroke='{Colors.Paper}' stroke-width='4' stroke-linejoin='round' paint-order='stroke'");
        Out.Write($">{text}</text>");
    }
}
