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
    readonly int _first = Math.Max(from, settings.Season);

    /// <summary>How many features a step has: the value, and a sine and cosine for each season.</summary>
    public static int Features(TimeSeriesSettings settings) => 1 + 2 * Periods(settings).Length;

    public override int Count => Math.Max(0, to - settings.Horizon + 1 - _first);

    public override Sample this[int index]
    {
        get
        {
            int origin = Origin(index);
            var (mean, spread) = Scale(origin);
            int[] periods = Periods(settings);
            int features = Features(settings);
            float[] x = new float[settings.Season * features];
            for (int i = 0; i < settings.Season; i++)
            {
                int t = origin - settings.Season + i;
                x[i * features] = (float)((series[t] - mean) / spread);
                for (int p = 0; p < periods.Length; p++)
                {
                    var (sin, cos) = Math.SinCos(2 * Math.PI * (t % periods[p]) / periods[p]);
                    (x[i * features + 1 + 2 * p], x[i * features + 2 + 2 * p]) = ((float)sin, (float)cos);
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

    static int[] Periods(TimeSeriesSettings settings) => settings.Day > 1 && settings.Day < settings.Season ? [settings.Season, settings.Day] : [settings.Season];
}
