using System.Globalization;
using System.Text;

namespace Candeia.Charts;

/// <summary>The <c>d</c> of a path.</summary>
internal sealed class PathData(int decimals = 2)
{
    readonly StringBuilder text = new();
    readonly string format = decimals == 1 ? "0.#" : "0.##";

    public bool IsEmpty => text.Length == 0;
    public PathData Move(double x, double y) => Point('M', x, y);
    public PathData Line(double x, double y) => Point('L', x, y);

    /// <summary>A line of no length, which a round cap makes a dot.</summary>
    public PathData Dot(double x, double y) => Dash(x, y, 0);

    /// <summary>A horizontal line to the right.</summary>
    public PathData Dash(double x, double y, double length)
    {
        Point('M', x, y);
        text.Append('h');
        Number(length);
        return this;
    }

    public override string ToString() => text.ToString();

    PathData Point(char verb, double x, double y)
    {
        text.Append(verb);
        Number(x);
        text.Append(' ');
        Number(y);
        return this;
    }

    void Number(double value)
    {
        double rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero) + 0.0;   // no negative zero
        Span<char> digits = stackalloc char[32];
        rounded.TryFormat(digits, out int length, format, CultureInfo.InvariantCulture);
        text.Append(digits[..length]);
    }
}
