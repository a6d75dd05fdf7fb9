namespace Candeia.Training;

/// <summary>Sums of squares around means, batch by batch and then put together, so that nothing cancels
/// (<see href="https://doi.org/10.1080/00031305.1983.10483115">Chan, Golub and LeVeque 1983</see>).</summary>
internal static class Moments
{
    /// <summary>The means of two rows of numbers, and their sums of squares and products around these: mean x, mean y, xx, yy, xy.</summary>
    public static Tensor Of(Tensor x, Tensor y)
    {
        var (meanX, meanY) = (x.Mean(), y.Mean());
        var (dx, dy) = (x - meanX, y - meanY);
        return Tensor.Stack([meanX, meanY, dx.Square().Sum(), dy.Square().Sum(), (dx * dy).Sum()]);
    }

    /// <summary>All rows together: how many numbers there were, xx, yy, and xy.</summary>
    public static (double N, double XX, double YY, double XY) Together(Readings rows)
    {
        double n = 0, meanX = 0, meanY = 0, xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            double more = rows.Weight(i), all = n + more, dx = row[0] - meanX, dy = row[1] - meanY, share = n * more / all;
            (xx, yy, xy) = (xx + row[2] + dx * dx * share, yy + row[3] + dy * dy * share, xy + row[4] + dx * dy * share);
            (meanX, meanY, n) = (meanX + dx * more / all, meanY + dy * more / all, all);
        }
        return (n, xx, yy, xy);
    }
}
