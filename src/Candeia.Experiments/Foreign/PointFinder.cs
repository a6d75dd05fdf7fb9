using Candeia.Images;

namespace Candeia.Experiments;

/// <summary>
/// Finds the points in a picture of a scatterplot, whatever its size, colours, markers, grid and frame: what stands out from the ground, without long straight lines,
/// falls into pieces; the shape that most pieces have is the marker, and larger pieces are markers that overlap.
/// </summary>
static class PointFinder
{
    const int Least = 8, MostPixels = 16_000_000;

    /// <summary>Points are mostly darker than a grid; where there are none such, all that can be seen is looked at.</summary>
    static readonly double[] s_shares = [0.45, 0];

    /// <summary>Columns and rows of the points' centres; fewer than two if the picture shows no scatterplot.</summary>
    public static (double[] Columns, double[] Rows) Find(Image picture)
    {
        if ((long)picture.Width * picture.Height > MostPixels) return ([], []);
        var rgb = picture.To8Bit().ToRgb();
        return s_shares.Select(share => Among(Ink.Of(rgb, share))).FirstOrDefault(points => points.Columns.Length > 0, ([], []));
    }

    static (double[] Columns, double[] Rows) Among(Ink ink)
    {
        ink.RemoveLines();
        var pieces = InkPiece.Of(ink);
        if (Marker.Of(pieces, ink.Width, ink.Height) is not { } marker) return ([], []);
        var alike = pieces.Where(marker.Fits).ToArray();
        List<(double Column, double Row)> points = [.. alike.Select(p => (p.Left + (p.Width - 1) / 2.0, p.Top + (p.Height - 1) / 2.0))];
        var (left, right, top, bottom) = Around(points, (ink.Width + ink.Height) * 0.06);
        foreach (var piece in pieces.Where(p => !marker.Fits(p) && p.Area >= 0.5 * marker.Shape.Area))
            if (piece.Left >= left && piece.Right <= right && piece.Top >= top && piece.Bottom <= bottom) points.AddRange(marker.Cover(piece));
        return points.Count < Least ? ([], []) : ([.. points.Select(p => p.Column)], [.. points.Select(p => p.Row)]);
    }

    static (double, double, double, double) Around(List<(double Column, double Row)> points, double more) =>
        (points.Min(p => p.Column) - more, points.Max(p => p.Column) + more, points.Min(p => p.Row) - more, points.Max(p => p.Row) + more);
}
