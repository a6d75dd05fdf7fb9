using System.Globalization;
using System.Xml.Linq;

namespace Candeia.Repository.Tests;

/// <summary>The drawings of the documentation: all of their words can be read on their white paper (https://www.w3.org/TR/WCAG22/#contrast-minimum).</summary>
public class PictureTests
{
    [Fact]
    public void Their_words_can_be_read()
    {
        string[] files = Directory.GetFiles(Path.Combine(Checkout.Root, "docs", "images"), "*.svg", SearchOption.AllDirectories);
        Assert.True(files.Length > 20, $"{files.Length}");
        string[] faint = [.. from file in files
                             from text in XDocument.Load(file).Descendants().Where(e => e.Name.LocalName == "text")
                             let colour = text.Attribute("fill")?.Value ?? "#000000"
                             where Contrast(colour) < 4.5
                             select $"{Path.GetRelativePath(Checkout.Root, file)}: '{text.Value}' in {colour}"];
        Assert.True(faint.Length == 0, string.Join('\n', faint));
    }

    /// <summary>With white.</summary>
    static double Contrast(string colour)
    {
        double[] parts = [.. new[] { 1, 3, 5 }.Select(i => int.Parse(colour.AsSpan(i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0).Select(v => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4))];
        return 1.05 / (0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] + 0.05);
    }
}
