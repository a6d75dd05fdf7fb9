namespace Candeia.Experiments;

/// <summary>The shape that a picture draws for a point.</summary>
sealed class Marker
{
    const int Least = 5;
    const double Inside = 0.9, New = 0.3, Spread = 0.15;

    readonly (int Column, int Row)[] _shape;

    Marker(InkPiece shape)
    {
        Shape = shape;
        _shape = [.. shape.Pixels.Select(p => (p.Column - shape.Left, p.Row - shape.Top))];
    }

    /// <summary>One of them.</summary>
    public InkPiece Shape { get; }

    /// <summary>The commonest shape of pieces that could be points; null if there is none that is common.</summary>
    public static Marker? Of(IReadOnlyList<InkPiece> pieces, int width, int height)
    {
        double most = Math.Max(8, 0.12 * Math.Min(width, height));
        InkPiece[] some = [.. pieces.Where(p => p.Area >= 4 && p.Width <= most && p.Height <= most && p.Width <= 1.7 * p.Height && p.Height <= 1.7 * p.Width)];
        if (some.Length is 0 or > 3000) return null;
        var (shape, alike) = some.Select(p => (Piece: p, Alike: Alike(new Marker(p), some, width, height))).MaxBy(p => (p.Alike, p.Piece.Area));
        return alike < Least ? null : new(shape);
    }

    // Letters of a title are alike too, but lie side by side.
    static int Alike(Marker marker, InkPiece[] pieces, int width, int height)
    {
        var alike = pieces.Where(marker.Fits).ToArray();
        return alike.Max(p => p.Left) - alike.Min(p => p.Left) >= Spread * width && alike.Max(p => p.Top) - alike.Min(p => p.Top) >= Spread * height ? alike.Length : 0;
    }

    /// <summary>Whether a piece is one marker, as it falls on the pixels.</summary>
    public bool Fits(InkPiece piece) =>
        Math.Abs(piece.Width - Shape.Width) <= 1 + Shape.Width / 12 && Math.Abs(piece.Height - Shape.Height) <= 1 + Shape.Height / 12
        && Math.Abs(piece.Area - Shape.Area) <= Math.Max(4, 0.25 * Shape.Area);

    /// <summary>The markers that a piece may consist of: where the shape covers most that no other does, again and again.</summary>
    public IEnumerable<(double Column, double Row)> Cover(InkPiece piece)
    {
        if (piece.Area > 12 * Shape.Area || piece.Width > 12 * Shape.Width || piece.Height > 12 * Shape.Height) yield break;
        HashSet<(int, int)> all = [.. piece.Pixels], left = [.. piece.Pixels];
        while (left.Count >= New * Shape.Area)
        {
            var (best, at) = (0, (Column: 0, Row: 0));
            for (int row = piece.Top - 1; row <= piece.Bottom - Shape.Height + 2; row++)
                for (int column = piece.Left - 1; column <= piece.Right - Shape.Width + 2; column++)
                {
                    int within = 0, fresh = 0;
                    foreach (var (c, r) in _shape)
                    {
                        if (all.Contains((column + c, row + r))) within++;
                        if (left.Contains((column + c, row + r))) fresh++;
                    }
                    if (within >= Inside * _shape.Length && fresh > best) (best, at) = (fresh, (column, row));
                }
            if (best < New * Shape.Area) yield break;
            foreach (var (c, r) in _shape) left.Remove((at.Column + c, at.Row + r));
            yield return (at.Column + (Shape.Width - 1) / 2.0, at.Row + (Shape.Height - 1) / 2.0);
        }
    }
}
