namespace Candeia.Charts;

/// <summary>Key figures in a row; the first is the one to remember.</summary>
/// <param name="Items">From left to right.</param>
public sealed record Tiles(IReadOnlyList<Tile> Items) : ReportBlock
{
    internal override void Write(Markup page)
    {
        if (Items.Count == 0) return;
        page.Write($"<dl class='tiles'>");
        foreach (var tile in Items)
        {
            page.Write($"<div><dt>{tile.Name}</dt><dd>{tile.Value}");
            if (tile.Unit != "") page.Write($" <span class='unit'>{tile.Unit}</span>");
            page.Write($"</dd>");
            if (tile.Note != "") page.Write($"<dd class='note'>{tile.Note}</dd>");
            page.Write($"</div>");
        }
        page.Write($"</dl>");
    }
}
