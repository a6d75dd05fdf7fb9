namespace Candeia.Experiments;

/// <summary>Pixels of ink that hang together, also by their corners.</summary>
/// <param name="Left">The first column.</param>
/// <param name="Top">The first row.</param>
/// <param name="Width">How many columns.</param>
/// <param name="Height">How many rows.</param>
/// <param name="Pixels">Its pixels: columns and rows.</param>
sealed record InkPiece(int Left, int Top, int Width, int Height, IReadOnlyList<(int Column, int Row)> Pixels)
{
    public int Area => Pixels.Count;

    public int Right => Left + Width - 1;

    public int Bottom => Top + Height - 1;

    /// <summary>All pieces.</summary>
    public static List<InkPiece> Of(Ink ink)
    {
        var seen = new bool[ink.Width * ink.Height];
        List<InkPiece> pieces = [];
        var next = new Stack<(int Column, int Row)>();
        for (int start = 0; start < seen.Length; start++)
        {
            if (seen[start] || !ink[start % ink.Width, start / ink.Width]) continue;
            List<(int Column, int Row)> pixels = [];
            seen[start] = true;
            next.Push((start % ink.Width, start / ink.Width));
            while (next.TryPop(out var at))
            {
                pixels.Add(at);
                for (int row = at.Row - 1; row <= at.Row + 1; row++)
                    for (int column = at.Column - 1; column <= at.Column + 1; column++)
                    {
                        if (!ink[column, row] || seen[row * ink.Width + column]) continue;
                        seen[row * ink.Width + column] = true;
                        next.Push((column, row));
                    }
            }
            int left = pixels.Min(p => p.Column), top = pixels.Min(p => p.Row);
            pieces.Add(new(left, top, pixels.Max(p => p.Column) - left + 1, pixels.Max(p => p.Row) - top + 1, pixels));
        }
        return pieces;
    }
}
