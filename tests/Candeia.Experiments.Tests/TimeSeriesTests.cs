namespace Candeia.Experiments.Tests;

public sealed class TimeSeriesTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static TimeSeriesSettings Settings(int season = 168, int day = 24, int horizon = 24) => new(null, null, 20, season, day, horizon, 8, 1, 64, 5e-3, 0.9, 7, 1);

    [Fact]
    public void The_drawn_demand_is_the_same_again_and_has_days_and_weeks()
    {
        double[] one = DrawnDemand.Draw(30 * 168, 7);
        Assert.Equal(one, DrawnDemand.Draw(30 * 168, 7));
        Assert.NotEqual(one, DrawnDemand.Draw(30 * 168, 8));
        Assert.All(one, v => Assert.InRange(v, 5, 500));
        double Mean(Func<int, bool> when) => one.Index().Where(v => when(v.Index)).Average(v => v.Item);
        Assert.True(Mean(t => t % 24 == 19 && t % 168 / 24 < 5) > 1.5 * Mean(t => t % 24 == 3));
        Assert.True(Mean(t => t % 24 == 8 && t % 168 / 24 < 5) > 1.2 * Mean(t => t % 24 == 8 && t % 168 / 24 >= 5));
    }

    [Fact]
    public void No_window_sees_later_values_or_reaches_into_the_next_part()
    {
        double[] series = DrawnDemand.Draw(10 * 168, 1);
        var windows = new ForecastWindows(series, Settings(), 0, 800);
        Assert.Equal(800 - 24 + 1 - 168, windows.Count);
        Assert.Equal(800, windows.Origin(windows.Count - 1) + 24);
        Assert.Equal(series[(800 - 24)..800], windows.Truth(windows.Count - 1));
        double[] changed = [.. series[..500], .. series[500..].Select(v => v * 3 + 1)];
        var other = new ForecastWindows(changed, Settings(), 0, 800);
        int at = Enumerable.Range(0, windows.Count).First(i => windows.Origin(i) == 500);
        Assert.Equal(windows[at].X.ToArray<float>(), other[at].X.ToArray<float>());
        Assert.NotEqual(windows[at].Y.ToArray<float>(), other[at].Y.ToArray<float>());
        Assert.Equal(series[(500 - 168)..(500 - 168 + 24)], windows.SeasonBefore(at));
        Assert.All(windows[at].Y.ToArray<float>().Zip(windows.Truth(at)), p => Assert.Equal(p.Second, windows.InUnits(at, p.First), 1e-4));
    }

    [Fact]
    public void Horizons_beyond_a_season_take_the_last_one_again()
    {
        double[] series = [.. Enumerable.Range(0, 100).Select(i => (double)i)];
        var windows = new ForecastWindows(series, Settings(season: 7, day: 1, horizon: 10), 50, 100);
        Assert.Equal([43, 44, 45, 46, 47, 48, 49, 43, 44, 45], windows.SeasonBefore(0));
        Assert.Equal([7, 7], windows[0].X.Shape);
        var net = new ForecastNet(7, 4, 1, 10);
        Assert.Equal([2, 10, 3], net.Forward(Tensor.Stack([windows[0].X, windows[1].X])).Shape);
    }

    [Fact]
    public void The_linear_model_finds_what_is_linear()
    {
        double[] series = [.. Enumerable.Range(0, 400).Select(i => 5 + Math.Sin(i * 2 * Math.PI / 12) + 0.5 * Math.Cos(i * 2 * Math.PI / 5))];
        var windows = new ForecastWindows(series, Settings(season: 12, day: 1, horizon: 3), 0, 300);
        var linear = new LinearForecast(windows);
        var later = new ForecastWindows(series, Settings(season: 12, day: 1, horizon: 3), 300, 400);
        double[] said = linear.Forward(later[20].X.Unsqueeze(0)).ToArray<double>();
        Assert.All(said.Zip(later[20].Y.ToArray<float>()), p => Assert.Equal(p.Second, p.First, 0.05));
    }

    [Fact]
    public void The_pinball_loss_is_least_at_the_quantiles()
    {
        var loss = ForecastNet.Loss(0.8);
        var truth = Tensor.From([.. Enumerable.Range(0, 1001).Select(i => i / 1000f)], [1001, 1]);
        double Of(double low, double middle, double high) => loss(Tensor.From([(float)low, (float)middle, (float)high], [1, 1, 3]).Expand([1001, 1, 3]), truth).Item();
        double best = Of(0.1, 0.5, 0.9);
        foreach (double d in (double[])[-0.05, 0.05])
        {
            Assert.True(Of(0.1 + d, 0.5, 0.9) > best);
            Assert.True(Of(0.1, 0.5 + d, 0.9) > best);
            Assert.True(Of(0.1, 0.5, 0.9 + d) > best);
        }
    }

    [Theory]
    [InlineData(0.3), InlineData(3)]
    public void Bands_that_promise_too_much_or_too_little_are_set_right(double width)
    {
        var random = new Generator(3);
        double[][] Truth(int count) => [.. Enumerable.Range(0, count).Select(_ => new[] { random.NextNormal(), 2 * random.NextNormal() })];
        Forecast[] Same(int count) => [.. Enumerable.Repeat(new Forecast([0, 0], [-width, -width], [width, width]), count)];
        double[][] valid = Truth(2000), test = Truth(2000);
        var correction = new BandCorrection(Same(2000), valid, 0.9);
        Assert.All(BandCorrection.Covered([.. Same(2000).Select(correction.Apply)], test), c => Assert.InRange(c, 0.87, 0.93));
    }

    [Fact]
    public void The_LSTM_beats_both_baselines_on_the_drawn_demand()
    {
        var settings = Settings() with { Weeks = 80, Hidden = 32, Epochs = 3 };    // twelve weeks of test: few enough quiet days would sway the bands
        Assert.True(new TimeSeriesJob(settings, _folder["out"], new Silence()).Run(CancellationToken.None));
        var metrics = System.Text.Json.JsonSerializer.Deserialize(File.ReadAllText(_folder["out", "metrics.json"]), TimeSeriesJson.Plain.TimeSeriesMetrics)!;
        Assert.True(metrics.Scores[0].Mae < metrics.Scores.Skip(1).Min(s => s.Mae), string.Join(", ", metrics.Scores.Select(s => $"{s.Model} {s.Mae:F3}")));
        Assert.InRange(metrics.Band.Measured, 0.8, 0.97);
        var net = SavedForecaster.Load(_folder["out", "model.safetensors"]);
        Assert.Equal(metrics.Parameters, net.Parameters().Sum(p => p.Numel));
    }
}
