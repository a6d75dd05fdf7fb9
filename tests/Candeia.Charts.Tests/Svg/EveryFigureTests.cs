using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Candeia.Charts.Tests;

public class EveryFigureTests
{
    [Theory, MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Is_well_formed_with_a_title_a_description_and_a_size(string name)
    {
        var drawn = Drawn.Of(Samples.All[name]);

        Assert.NotEqual("", drawn.All("title").First().Value);
        Assert.NotEqual("", drawn.All("desc").Single().Value);
        Assert.Equal($"0 0 {drawn.Root.Attribute("width")!.Value} {drawn.Root.Attribute("height")!.Value}", drawn.Root.Attribute("viewBox")!.Value);
        Assert.Contains("sans-serif", drawn.Root.Attribute("font-family")!.Value, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Holds_only_finite_numbers_of_two_decimals_near_the_sheet(string name)
    {
        var drawn = Drawn.Of(Samples.All[name]);
        foreach (var attribute in drawn.Root.DescendantsAndSelf().Attributes().Where(a => a.Name.LocalName is "d" or "x" or "y" or "cx" or "cy" or "r" or "width" or "height"))
        {
            Assert.DoesNotMatch("NaN|∞|Infinity|E[+-]", attribute.Value);
            foreach (Match number in Regex.Matches(attribute.Value, @"-?\d+(\.\d+)?"))
            {
                Assert.Matches(@"^-?\d+(\.\d{1,2})?$", number.Value);
                Assert.InRange(double.Parse(number.Value, CultureInfo.InvariantCulture), -1e6, 1e6);
            }
        }
    }

    [Theory, MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Is_the_same_in_a_culture_that_writes_commas(string name)
    {
        string expected = Samples.All[name].ToSvg();
        var before = CultureInfo.CurrentCulture;
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (commas.NumberFormat.NumberDecimalSeparator, commas.NumberFormat.NegativeSign) = (",", "~");
        try
        {
            CultureInfo.CurrentCulture = commas;
            Assert.Equal(expected, Samples.All[name].ToSvg());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Hostile_text_stays_text()
    {
        string svg = Samples.All["hostile"].ToSvg();

        Assert.DoesNotContain("<script", svg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Drawn.Of(Samples.All["hostile"]).Root.DescendantsAndSelf(), e => e.Name.LocalName == "script");
        Assert.StartsWith("</title><script>alert('x')</script> & \"quoted\" \uFFFD\uFFFD[31m \uFFFD", Drawn.Of(Samples.All["hostile"]).All("title").First().Value, StringComparison.Ordinal);
    }
}
