namespace Candeia.Charts;

/// <summary>The page of text around a drawing: title, notes, and the drawing in what is left.</summary>
internal static class TextSheet
{
    public static string Of(Figure figure, int width, int height, bool color)
    {
        List<(string Text, string Style)> header = [];
        if (figure.Title != "") header.Add((figure.Title, Terminal.Bold));
        if (figure.Subtitle != "") header.Add((figure.Subtitle, Terminal.Quiet));
        header.AddRange(figure.Notes.Select(note => (note, Terminal.Of(Hue.Orange))));

        var picture = figure.Picture();
        var grid = new TextGrid(width, header.Count + picture.RowsFor(Math.Max(6, height - header.Count)));
        foreach (var (row, (text, style)) in header.Index()) grid.Put(0, row, Terminal.Cut(text, width), style);
        picture.Draw(grid, header.Count);
        return grid.ToString(color);
    }
}
