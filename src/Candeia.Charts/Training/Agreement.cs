namespace Candeia.Charts;

/// <summary>How well predictions agree with the truth.</summary>
internal readonly record struct Agreement(double Mse, double Mae, double Pearson)
{
    /// <summary>Over the pairs that are finite; null if there are none.</summary>
    public static Agreement? Of(IReadOnlyList<double> truth, IReadOnlyList<double> predictions)
    {
        int n = 0;
        double squares = 0, distances = 0, meanX = 0, meanY = 0, xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < truth.Count; i++)
        {
            var (x, y) = (truth[i], predictions[i]);
            if (!double.IsFinite(x) || !double.IsFinite(y)) continue;
            n++;
            squares += (x - y) * (x - y);
            distances += Math.Abs(x - y);
            // Running means and co-moments (Welford), so that nothing cancels.
            double dx = x - meanX, dy = y - meanY;
            meanX += dx / n;
            meanY += dy / n;
            xx += dx * (x - meanX);
            yy += dy * (y - meanY);
            xy += dx * (y - meanY);
        }
        return n == 0 ? null : new(squares / n, distances / n, xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : double.NaN);
    }
}
