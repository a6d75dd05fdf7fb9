using Candeia.Charts;
using Candeia.Images;

namespace Candeia.Experiments;

/// <summary>Pictures with a line of text each: a file to look at, or a part of a report.</summary>
/// <param name="All">Pictures of one size, and what they are.</param>
sealed record CaptionedPictures(IReadOnlyList<(Image Picture, string Caption)> All)
{
    const int Columns = 4, CellSize = 192;                                   // captions need room: a letter is 6 pixels wide

    /// <summary>All in one picture.</summary>
    public Image Grid() => Image.Grid([.. All.Select(p => p.Picture)], Columns, captions: [.. All.Select(p => p.Caption)], zoom: Math.Max(1, CellSize / All[0].Picture.Width));

    /// <summary>As a page shows them.</summary>
    public Gallery Gallery(string title) => new(title, [.. All.Select(p => ((ReadOnlyMemory<byte>)p.Picture.Encode(), p.Caption))]);
}
