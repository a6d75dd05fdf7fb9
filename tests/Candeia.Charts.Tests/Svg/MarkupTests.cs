using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace Candeia.Charts.Tests;

public class MarkupTests
{
    [Fact]
    public void Any_text_survives_as_text_and_attribute() => Prop.ForAll<string?>(text =>
    {
        var markup = new Markup().Write($"<a b=\"{text}\">{text}</a>");
        var element = XElement.Parse(markup.ToString(), LoadOptions.PreserveWhitespace);
        string expected = string.Concat((text ?? "").Select(c => c is '\uFFFE' or '\uFFFF' or '\u007F' || (c < ' ' && c is not ('\t' or '\n')) ? '\uFFFD' : c));
        return !element.HasElements && Lenient(element.Value) == Lenient(expected) && Lenient(element.Attribute("b")!.Value) == Lenient(expected).Replace('\n', ' ').Replace('\t', ' ');
    }).Try();

    // Surrogates without a partner are replaced, and FsCheck makes few with one.
    static string Lenient(string text) => string.Concat(text.Select(c => char.IsSurrogate(c) ? '\uFFFD' : c));

    [Fact]
    public void Pairs_of_surrogates_survive() => Assert.Equal("🪔", XElement.Parse(new Markup().Write($"<a>{"🪔"}</a>").ToString()).Value);

    [Theory]
    [InlineData(1.006, "1.01")]
    [InlineData(-0.001, "0")]
    [InlineData(12345.678, "12345.68")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(3, "3")]
    public void Numbers_are_short(double value, string expected) => Assert.Equal(expected, new Markup().Write($"{value}").ToString());
}
