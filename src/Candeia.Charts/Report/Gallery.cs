using System.Globalization;

namespace Candeia.Charts;

/// <summary>Small pictures, each with a line of text below, as many side by side as the page has room for: a look at a batch.</summary>
/// <param name="Title">What they are.</param>
/// <param name="Pictures">The bytes of a PNG file each, and what is written below.</param>
/// <example><code norun="it reads files">
/// var report = new Report("Cats") { Sections = [new("All", [new Gallery("My cats", [(File.ReadAllBytes("one.png"), "the first")])])] };
/// </code></example>
public sealed record Gallery(string Title, IReadOnlyList<(ReadOnlyMemory<byte> Png, string Caption)> Pictures) : ReportBlock
{
    // What is smaller is made of visible pixels.
    const int Small = 100;

    internal override void Write(Markup page)
    {
        if (Pictures.Count == 0) return;
        page.Write($"<figure class='card'><figcaption><h3>{Title}</h3></figcaption><div class='gallery'>");
        foreach (var (png, caption) in Pictures)
        {
            var (width, height) = PngSize.Of(png.Span);
            page.Write($"<figure><img class='{(width < Small ? "pixels" : "photo")}' width='{width.ToString(CultureInfo.InvariantCulture)}' height='{height.ToString(CultureInfo.InvariantCulture)}' ");
            page.Write($"alt='{caption}' src='data:image/png;base64,{Convert.ToBase64String(png.Span)}'/><figcaption>{caption}</figcaption></figure>");
        }
        page.Write($"</div></figure>");
    }
}
