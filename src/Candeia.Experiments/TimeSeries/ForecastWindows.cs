using Candeia.Data;

namespace Candeia.Experiments;

/// <summary>
/// A series as questions and answers: for each moment the season before it, [season, features], and the steps from it on, [horizon]. Both are in units of the season before: less its
/// mean, divided by its standard deviation, so that nothing is known of later times, and the level does not matter. The features are the value, and where in day and week it stands.
/// </summary>
/// <param name="series">All of it.</param>
/// <param name="settings">How long season and horizon are.</param>
/// <param name="from">The first step that may be foretold.</param>
/// <param name="to">The step before which all that is foretold ends.</param>
sealed class ForecastWindows(double[] series, TimeSeriesSettings settings, int from, int to) : Dataset<Sample>
{
    const int Harmonics = 3;
    readonly int _first = Math.Max(from, settings.Season);

    /// <summary>How many features a step has: the value, and for each season sines and cosines of one, two and three waves.</summary>
    public static int Features(int season, int day) => 1 + 2 * Waves(season, day).Length;

    public override int Count => Math.Max(0, to - settings.Horizon + 1 - _first);

    public override Sample this[int index]
    {
        get
        {
            int origin = Origin(index);
            var (mean, spread) = Scale(origin);
            double[] waves = Waves(settings.Season, settings.Day);
            int features = 1 + 2 * waves.Length;
            float[] x = new float[settings.Season * features];
            for (int i = 0; i < settings.Season; i++)
            {
                int t = origin - settings.Season + i;
                x[i * features] = (float)((series[t] - mean) / spread);
                for (int w = 0; w < waves.Length; w++)
                {
                    var (sin, cos) = Math.SinCos(2 * Math.PI * (t % waves[w]) / waves[w]);
                    (x[i * features + 1 + 2 * w], x[i * features + 2 + 2 * w]) = ((float)sin, (float)cos);
                }
            }
            float[] y = [.. Truth(index).Select(v => (float)((v - mean) / spread))];
            return new(Tensor.From(x, [settings.Season, features]), Tensor.From(y, [settings.Horizon]));
        }
    }

    /// <summary>The step that a forecast begins with.</summary>
    public int Origin(int index) => _first + index;

    /// <summary>What came, in the units of the series.</summary>
    public double[] Truth(int index) => series[Origin(index)..(Origin(index) + settings.Horizon)];

    /// <summary>What came a season before.</summary>
    public double[] SeasonBefore(int index) => [.. Enumerable.Range(Origin(index), settings.Horizon).Select(t => series[t - settings.Season * ((t - Origin(index)) / settings.Season + 1)])];

    /// <summary>A number of the networks in the units of the series.</summary>
    public double InUnits(int index, double value)
    {
        var (mean, spread) = Scale(Origin(index));
        return mean + spread * value;
    }

    (double Mean, double Spread) Scale(int origin)
    {
        var before = series.AsSpan(origin - settings.Season, settings.Season);
        double mean = 0, square = 0;
        foreach (double v in before) mean += v / before.Length;
        foreach (double v in before) square += (v - mean) * (v - mean) / before.Length;
        return (mean, Math.Max(Math.Sqrt(square), Math.Max(1e-9, 1e-6 * Math.Abs(mean))));
    }

    // The lengths of the waves that tell the time: a season, a half, a third, and those of the day, if there is one.
    static double[] Waves(int season, int day) =>
        [.. (day > 1 && day < season ? new[] { season, day } : [season]).SelectMany(period => Enumerable.Range(1, Harmonics).Select(h => period / (double)h))];
}
