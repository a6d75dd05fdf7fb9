namespace Candeia.Images.Tests;

public class GlyphTests
{
    static byte[] Drawn(string text, float size = 1)
    {
        var paper = new Image(60, 40, PixelFormat.Gray);
        paper.Pixels.Fill(255);
        new Pen(paper, 0).Write(text, 20, 24, size);
        return paper.Pixels.ToArray();
    }

    [Fact]
    public void Every_printable_character_is_drawn_and_unlike_the_others()
    {
        var characters = Enumerable.Range(33, 94).Select(c => (char)c).ToList();
        Assert.All(characters, c => Assert.NotNull(GlyphTable.StrokesOf(c)));
        var pictures = characters.Select(c => Convert.ToHexString(Drawn(c.ToString()))).ToHashSet();
        Assert.Equal(94, pictures.Count);
        Assert.DoesNotContain(Convert.ToHexString(Drawn("")), pictures);
        Assert.Equal(Drawn("\u0001"), Drawn("\uFFFF"));
        Assert.Equal(Drawn(""), Drawn(" "));
    }

    [Fact]
    public void Characters_stay_between_ascent_and_descent()
    {
        for (char c = '!'; c <= '~'; c++)
        {
            byte[] drawn = Drawn(c.ToString());
            Assert.All(drawn[..(60 * (24 - Pen.CapHeight - 3))], value => Assert.Equal(255, value));
            Assert.All(drawn[(60 * (24 + Pen.Descent))..], value => Assert.Equal(255, value));
        }
    }

    [Fact]
    public void Digits_are_equally_wide()
    {
        Assert.Single(Enumerable.Range(0, 10).Select(digit => Glyph.Of((char)('0' + digit)).Width).Distinct());
    }

    [Fact]
    public void A_text_that_does_not_fit_ends_in_an_ellipsis()
    {
        Assert.Equal("0.53", Pen.Fit("0.53", 1, 40));
        string cut = Pen.Fit("a caption that is too long", 1, 80);
        Assert.EndsWith("…", cut, StringComparison.Ordinal);
        Assert.InRange(Pen.Measure(cut, 1), 40, 80);
        Assert.Equal("", Pen.Fit("wide", 1, 3));
    }

    [Fact] public void Drawing_outside_the_image_is_cut_off() => Assert.Equal(60 * 40, Drawn("WWWWWWWWWWWWWWWWWWWW", 4).Length);
}
