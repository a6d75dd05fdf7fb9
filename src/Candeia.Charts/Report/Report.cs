namespace Candeia.Charts;

/// <summary>A page to read: figures, numbers, tables and prose in one file that needs nothing else, neither network nor script.</summary>
/// <param name="Title">The heading of the page.</param>
public sealed record Report(string Title)
{
    /// <summary>What the reader should know first, in a sentence or two.</summary>
    public string Lead { get; init; } = "";

    /// <summary>The key figures, below the lead; the first is the one to remember.</summary>
    public IReadOnlyList<Tile> Tiles { get; init; } = [];

    /// <summary>The parts of the page; from five on, a list of contents leads to them.</summary>
    public IReadOnlyList<Section> Sections { get; init; } = [];

    /// <summary>How the page came about: versions, machine, seed, date.</summary>
    public IReadOnlyList<Fact> Footer { get; init; } = [];

    /// <summary>The page, as HTML that is well-formed XML too.</summary>
    public string ToHtml()
    {
        var body = new Markup();
        body.Write($"<header>{Page.Lamp}<h1>{Title}</h1>");
        if (Lead != "") body.Write($"<p class='lead'>{Prose.Inline(Lead)}</p>");
        body.Write($"</header>");
        new Tiles(Tiles).Write(body);
        if (Sections.Count >= 5)
        {
            body.Write($"<nav aria-label='Contents'><ol>");
            foreach (var (i, section) in Sections.Index()) body.Write($"<li><a href='#part-{i + 1}'>{section.Title}</a></li>");
            body.Write($"</ol></nav>");
        }
        foreach (var (i, section) in Sections.Index())
        {
            body.Write($"<section id='part-{i + 1}'>");
            if (section.Title != "") body.Write($"<h2>{section.Title}</h2>");
            foreach (var block in section.Blocks) block.Write(body);
            body.Write($"</section>");
        }
        if (Footer.Count > 0)
        {
            body.Write($"<footer><dl>");
            foreach (var fact in Footer) body.Write($"<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>");
            body.Write($"</dl></footer>");
        }
        return Page.Of(Title, body);
    }

    /// <summary>Writes the page, through a temporary file that is moved into place.</summary>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        WholeFile.Write(path, ToHtml());
    }
}
