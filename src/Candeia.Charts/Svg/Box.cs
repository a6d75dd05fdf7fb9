namespace Candeia.Charts;

/// <summary>A rectangle in pixels, y downwards.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;
    public double Height => Bottom - Top;
    public bool Has(double x, double y) => x >= Left && x <= Right && y >= Top && y <= Bottom;
}
