using System.Diagnostics;
using Candeia.Data;
using Candeia.Distributed;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>Forecasts of a series: an LSTM beside a linear model and "the same as a season ago", from the data to a report.</summary>
sealed class TimeSeriesJob(TimeSeriesSettings settings, string outFolder, IStory story)
{
    const double Train = 0.7, Valid = 0.15;
    readonly Machine _machine = Machine.Here();

    /// <summary>Returns whether it came to its end. When it is stopped, what was learnt so far is tested and written.</summary>
    public bool Run(CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var files = new OutFolder(outFolder);
        story.Title("Time series", $"{settings.Threads} threads, {_machine.Vectors}, seed {settings.Seed}");
        Generator.Seed(settings.Seed);

        story.Step("Data");
        var (series, name) = Series();
        var (train, valid, test) = Split(series);

        story.Step("Baselines");
        var linear = new LinearForecast(train);
        story.Line($"a linear model: {settings.Season} values and the time to {settings.Horizon} values");
        story.Line($"the same as {settings.Season} steps ago");

        story.Step("Training");
        var net = new ForecastNet(ForecastWindows.Features(settings.Season, settings.Day), settings.Hidden, settings.Day, settings.Horizon);
        story.Line($"two LSTMs, one for the past and one for what comes:");
        story.Line($"{net.Parameters().Sum(p => p.Numel):N0} parameters");
        var fitted = Fit(net, train, valid, cancel);
        bool stopped = cancel.IsCancellationRequested;

        story.Step("Test");
        var result = Test(fitted.Model, linear, valid, test);
        foreach (var score in result.Scores) story.Line($"{score.Model}: off by {score.Mae:G4} on average");
        story.Line($"bands promise {result.Band.Promised:P0} of what comes and held {result.Band.Measured:P1}");

        story.Step("Files");
        var metrics = new TimeSeriesMetrics(result.Scores, result.Band, test.Count, net.Parameters().Sum(p => p.Numel), [.. fitted.History.Epochs.Select(EpochLoss.Of)],
            watch.Elapsed.TotalSeconds, stopped, settings, Versions.Here(), _machine);
        TimeSeriesFiles.Write(files, fitted, metrics, new(metrics, name, series, test, result, fitted.History), result, test);
        files.Tell(story);
        return !stopped;
    }

    (double[] Values, string Name) Series()
    {
        if (settings.Data is { } file)
        {
            var (values, column) = SeriesFile.Read(file, settings.Column);
            story.Line($"{values.Length:N0} steps of '{column}' from {file}");
            return (values, column);
        }
        double[] drawn = DrawnDemand.Draw(settings.Weeks * settings.Season, settings.Seed);
        story.Line($"{drawn.Length:N0} hours of a demand that is drawn, not measured:");
        story.Line($"days and weeks, and quiet days that nobody announces");
        return (drawn, "drawn demand");
    }

    (ForecastWindows Train, ForecastWindows Valid, ForecastWindows Test) Split(double[] series)
    {
        int first = (int)(Train * series.Length), second = (int)((Train + Valid) * series.Length);
        ForecastWindows train = new(series, settings, 0, first), valid = new(series, settings, first, second), test = new(series, settings, second, series.Length);
        if (train.Count < 1 || valid.Count < 2 || test.Count < 1)
            throw new UserException($"A series of {series.Length} steps is too short for forecasts of {settings.Horizon} steps from {settings.Season} before; take more data, or a smaller --season and --horizon.");
        story.Line($"{train.Count:N0} forecasts to learn from, the next {valid.Count:N0} to watch it");
        story.Line($"and to set the bands, the last {test.Count:N0} for the test");
        return (train, valid, test);
    }

    Fitted<ForecastNet> Fit(ForecastNet net, ForecastWindows train, ForecastWindows valid, CancellationToken cancel)
    {
        var loss = ForecastNet.Loss(settings.Coverage);
        var fitted = net.Setup(loss: (y, target) => loss(y, target), optimizer: p => new AdamW(p, settings.LearningRate, weightDecay: 1e-4))
            .With(story.Training, new DataParallel(), new LearningRateSchedule(steps => new OneCycleSchedule(settings.LearningRate, steps), Per.Batch), new ClipGradNorm(1), new KeepBest("valid_loss"))
            .On(settings.Device).Fit(train.Loader(settings.BatchSize, shuffle: true), settings.Epochs, valid.Loader(256), cancel);
        fitted.Model.To(Device.Cpu);                                         // what follows is computed here
        fitted.History.Check(cancel);
        return fitted;
    }

    TimeSeriesResult Test(ForecastNet net, LinearForecast linear, ForecastWindows valid, ForecastWindows test)
    {
        var raw = Predictions.OfQuantiles(net, test);
        double[][] truth = Truth(test);
        var correction = new BandCorrection(Predictions.OfQuantiles(net, valid), Truth(valid), settings.Coverage);
        Forecast[] lstm = [.. raw.Select(correction.Apply)], straight = Predictions.OfLinear(linear, test);
        Forecast[] before = [.. Enumerable.Range(0, test.Count).Select(i => new Forecast(test.SeasonBefore(i)))];
        double[] covered = BandCorrection.Covered(lstm, truth);
        return new(
            [ForecastScore.Of("LSTM", lstm, truth), ForecastScore.Of("linear", straight, truth), ForecastScore.Of("a season ago", before, truth)],
            new(settings.Coverage, BandCorrection.Covered(raw, truth).Average(), covered.Average(), covered), lstm, straight, before);
    }

    static double[][] Truth(ForecastWindows data) => [.. Enumerable.Range(0, data.Count).Select(data.Truth)];

    /// <summary>What models say of windows, in the units of the series.</summary>
    static class Predictions
    {
        const int Batch = 256;

        public static Forecast[] OfQuantiles(ForecastNet net, ForecastWindows data) => Of(data, net.Forward, (index, y) =>
        {
            double[][] sorted = [.. y.Chunk(3).Select(q => q.Order().ToArray())];                // quantiles may cross
            return new([.. sorted.Select(q => data.InUnits(index, q[1]))], [.. sorted.Select(q => data.InUnits(index, q[0]))], [.. sorted.Select(q => data.InUnits(index, q[2]))]);
        });

        public static Forecast[] OfLinear(LinearForecast linear, ForecastWindows data) => Of(data, linear.Forward, (index, y) => new([.. y.Select(v => data.InUnits(index, v))]));

        static Forecast[] Of(ForecastWindows data, Func<Tensor, Tensor> forward, Func<int, double[], Forecast> make)
        {
            using var mode = Mode.Evaluation();
            using var noGrad = Autograd.NoGrad();
            List<Forecast> all = [];
            foreach (var (x, _) in data.Loader(Batch, workers: 0))
            {
                using var scope = Scope.Begin();
                double[] y = forward(x).ToArray<double>();
                foreach (double[] one in y.Chunk(y.Length / x.Shape[0])) all.Add(make(all.Count, one));
            }
            return [.. all];
        }
    }
}

/// <summary>What came of the test: scores, and the forecasts themselves.</summary>
sealed record TimeSeriesResult(
    IReadOnlyList<ForecastScore> Scores, BandCoverage Band, IReadOnlyList<Forecast> Lstm, IReadOnlyList<Forecast> Linear, IReadOnlyList<Forecast> SeasonBefore);
