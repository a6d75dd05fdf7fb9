using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Candeia.Charts.Tests;

public class ReportTests
{
    static readonly XNamespace Ns = "http://www.w3.org/1999/xhtml";

    static Report Full(string text) => new(text)
    {
        Lead = text,
        Tiles = [new(text, text, text) { Note = text }, new("Test MSE", 0.00126123)],
        Sections =
        [
            new(text, [text, new Prose(text), new CodeBlock(text) { Caption = text }, new Gallery(text, [(((ImageFigure)Samples.All["image"]).Png, text), (((ImageFigure)Samples.All["image"]).Png, "")])]),
            new("Figures", [.. Samples.All.Values.Select(f => (ReportBlock)f)]),
            new("Pairs", [new FigureRow([Samples.All["lines"], Samples.All["points"]]), new FigureRow([Samples.All["image"], Samples.All["bars"], Samples.All["hostile"]])]),
            new("Tables", [new Table([text, "n"], [[text, 1], [null, 2.5]]) { Caption = text }, new Table([], [])]),
            new("Nothing", [new FigureRow([]), new Tiles([]), new Gallery("", []), ""]),
        ],
        Footer = [new(text, text)],
    };

    // HTML's parser knows the doctype; XML's does not need it.
    static XElement Parsed(string html) => XDocument.Parse(html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal), LoadOptions.PreserveWhitespace).Root!;

    [Fact]
    public void Is_well_formed_whatever_is_in_it()
    {
        var html = Parsed(Full(Samples.Hostile).ToHtml());

        Assert.DoesNotContain(html.Descendants(), e => e.Name.LocalName == "script");
        Assert.StartsWith("</title><script>alert('x')</script>", html.Descendants(Ns + "h1").Single().Value, StringComparison.Ordinal);
        Assert.Equal(html.Descendants(Ns + "title").First().Value, html.Descendants(Ns + "h1").Single().Value);
    }

    [Fact]
    public void Needs_nothing_from_elsewhere()
    {
        string html = Full("plain").ToHtml();
        var page = Parsed(html);

        Assert.All(page.Descendants().Attributes().Where(a => a.Name.LocalName is "src" or "href"), a => Assert.Matches("^(data:image/png;base64,|#part-)", a.Value));
        Assert.Empty(Regex.Matches(html, @"https?://(?!www\.w3\.org/)"));
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "link" or "iframe" or "object");
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Defines_every_colour_it_uses_for_light_and_dark()
    {
        string html = Full("plain").ToHtml();
        foreach (string name in Regex.Matches(html, @"var\((--\w+)\)").Select(m => m.Groups[1].Value).Distinct())
            Assert.True(Regex.Count(html, Regex.Escape(name) + ":") >= 2, name);
        Assert.Contains("prefers-color-scheme:dark", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_contents_from_five_parts_on()
    {
        var page = Parsed(Full("plain").ToHtml());
        string[] targets = [.. page.Descendants(Ns + "nav").Descendants(Ns + "a").Select(a => a.Attribute("href")!.Value[1..])];

        Assert.Equal(5, targets.Length);
        Assert.All(targets, t => Assert.Single(page.Descendants(Ns + "section"), s => s.Attribute("id")!.Value == t));
        Assert.Empty(Parsed((Full("plain") with { Sections = [new("One", [])] }).ToHtml()).Descendants(Ns + "nav"));
    }

    [Fact]
    public void Has_ids_only_once()
    {
        string[] ids = [.. Parsed(Full("plain").ToHtml()).Descendants().Attributes("id").Select(a => a.Value)];
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void Draws_a_figure_once_more_for_narrow_pages_and_a_picture_only_once()
    {
        static int Drawings(ReportBlock block) => Parsed(new Report("r") { Sections = [new("s", [block])] }.ToHtml())
            .Descendants().Count(e => e.Name.LocalName is "svg" or "img" && (string?)e.Attribute("class") != "lamp");

        Assert.Equal(2, Drawings(Samples.All["lines"]));
        Assert.Equal(3, Drawings(new FigureRow([Samples.All["lines"], Samples.All["lines"], Samples.All["lines"]])));
        Assert.Equal(1, Drawings(Samples.All["image"]));
    }

    [Fact]
    public void Neighbours_have_one_height()
    {
        var page = Parsed(new Report("r") { Sections = [new("s", [new FigureRow([Samples.All["lines"], Samples.All["points"]])])] }.ToHtml());
        string[] heights = [.. page.Descendants(Ns + "div").Where(d => (string?)d.Attribute("class") == "wide").Select(d => d.Elements().Single().Attribute("height")!.Value)];

        Assert.Equal(2, heights.Length);
        Assert.Equal(heights[0], heights[1]);
    }

    [Fact]
    public void Tiles_show_three_digits() =>
        Assert.Contains(Parsed(Full("plain").ToHtml()).Descendants(Ns + "dd"), dd => dd.Value == "0.00126");
}
