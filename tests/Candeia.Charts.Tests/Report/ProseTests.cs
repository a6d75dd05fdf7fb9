namespace Candeia.Charts.Tests;

public class ProseTests
{
    [Theory]
    [InlineData("one\ntwo\r\n\r\nthree", "<p>one\ntwo</p><p>three</p>")]
    [InlineData("the file `a<b`", "<p>the file <code>a&lt;b</code></p>")]
    [InlineData("a lonely ` stays", "<p>a lonely ` stays</p>")]
    [InlineData("`a` and `b", "<p><code>a</code> and `b</p>")]
    [InlineData("  \n\n ", "")]
    public void Becomes_paragraphs(string text, string expected)
    {
        var page = new Markup();
        new Prose(text).Write(page);
        Assert.Equal(expected, page.ToString());
    }
}
