namespace Candeia.Experiments;

/// <summary>What one model has foretold for one moment, in the units of the series, step by step; and between what and what it should lie, if the model says so.</summary>
sealed record Forecast(double[] Middle, double[]? Low = null, double[]? High = null);

/// <summary>What a model is worth on data that it has never seen.</summary>
/// <param name="Model">Which.</param>
/// <param name="Mae">The mean absolute error of all forecasts and steps.</param>
/// <param name="Rmse">The root of the mean squared error.</param>
/// <param name="MaeByStep">The mean absolute error of the first step, the second, and so on.</param>
sealed record ForecastScore(string Model, double Mae, double Rmse, IReadOnlyList<double> MaeByStep)
{
    public static ForecastScore Of(string model, IReadOnlyList<Forecast> forecasts, IReadOnlyList<double[]> truth)
    {
        int steps = truth[0].Length;
        double[] byStep = new double[steps];
        double square = 0;
        foreach (var (forecast, came) in forecasts.Zip(truth))
        {
            for (int s = 0; s < steps; s++)
            {
                double error = forecast.Middle[s] - came[s];
                byStep[s] += Math.Abs(error) / truth.Count;
                square += error * error / steps / truth.Count;
            }
        }
        return new(model, byStep.Average(), Math.Sqrt(square), byStep);
    }
}

/// <summary>How much of what came lay in the bands.</summary>
/// <param name="Promised">The part that should.</param>
/// <param name="Raw">The part that lay between the quantiles as the network says them.</param>
/// <param name="Measured">The part that lay in the bands that are shown, which validation has widened or narrowed.</param>
/// <param name="ByStep">The same for the first step, the second, and so on.</param>
sealed record BandCoverage(double Promised, double Raw, double Measured, IReadOnlyList<double> ByStep);

/// <summary>
/// Bands that keep what they promise: quantiles of a network are moved outwards, or inwards, by what would have been right on data that it was not trained on (<see
/// href="https://arxiv.org/abs/1905.03222">Romano et al. 2019</see>), for each step ahead by itself, in the units of each forecast's own band.
/// </summary>
sealed class BandCorrection
{
    readonly double[] _more;

    /// <summary>Learns from forecasts and what came.</summary>
    public BandCorrection(IReadOnlyList<Forecast> forecasts, IReadOnlyList<double[]> truth, double coverage)
    {
        _more = [.. Enumerable.Range(0, truth[0].Length).Select(step =>
        {
            double[] beyond = [.. forecasts.Zip(truth, (f, came) => Math.Max(f.Low![step] - came[step], came[step] - f.High![step]) / Width(f, step)).Order()];
            return beyond[Math.Clamp((int)Math.Ceiling(coverage * (beyond.Length + 1)) - 1, 0, beyond.Length - 1)];
        })];
    }

    /// <summary>A forecast with the band that it should have.</summary>
    public Forecast Apply(Forecast f) => f with
    {
        Low = [.. f.Low!.Select((low, s) => Math.Min(f.Middle[s], low - _more[s] * Width(f, s)))],
        High = [.. f.High!.Select((high, s) => Math.Max(f.Middle[s], high + _more[s] * Width(f, s)))],
    };

    /// <summary>The part of what came that lies in the bands, for each step.</summary>
    public static double[] Covered(IReadOnlyList<Forecast> forecasts, IReadOnlyList<double[]> truth) =>
        [.. Enumerable.Range(0, truth[0].Length).Select(s => forecasts.Zip(truth).Count(p => p.First.Low![s] <= p.Second[s] && p.Second[s] <= p.First.High![s]) / (double)truth.Count)];

    static double Width(Forecast f, int step) => Math.Max(f.High![step] - f.Low![step], 1e-12);
}
