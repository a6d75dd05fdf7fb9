using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Candeia.Charts.Tests;

/// <summary>A drawing read back as XML, for questions about what stands where.</summary>
sealed partial class Drawn(string svg)
{
    static readonly XNamespace Ns = "http://www.w3.org/2000/svg";

    public XElement Root { get; } = XDocument.Parse(svg).Root!;

    public static Drawn Of(Figure figure) => new(figure.ToSvg());

    public IEnumerable<XElement> All(string name) => Root.Descendants(Ns + name);

    public IEnumerable<string> Texts => All("text").Select(t => t.Value);

    public (double X, double Y) PlaceOf(string text)
    {
        var element = All("text").Single(t => t.Value == text);
        return (Number(element, "x"), Number(element, "y"));
    }

    /// <summary>The points of all paths with this stroke colour and width.</summary>
    public (double X, double Y)[] Points(string stroke, string width) =>
        [.. All("path").Where(p => Inherited(p, "stroke") == stroke && Inherited(p, "stroke-width") == width).SelectMany(p => PointsOf((string)p.Attribute("d")!))];

    public static IEnumerable<(double X, double Y)> PointsOf(string d) =>
        Pair().Matches(d).Select(m => (Parse(m.Groups[1].Value), Parse(m.Groups[2].Value)));

    public static double Number(XElement element, string attribute) => Parse((string)element.Attribute(attribute)!);

    static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    static string? Inherited(XElement element, string attribute) =>
        element.AncestorsAndSelf().Select(e => (string?)e.Attribute(attribute)).FirstOrDefault(v => v is not null);

    [GeneratedRegex(@"[ML](-?[\d.]+) (-?[\d.]+)")]
    private static partial Regex Pair();
}
