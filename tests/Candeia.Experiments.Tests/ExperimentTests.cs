using Candeia.Data;
using Candeia.Datasets;
using Candeia.NN;

namespace Candeia.Experiments.Tests;

public sealed class ExperimentTests : IDisposable
{
    static readonly WhatIfSettings s_settings = new("generate", 1000, 300, 300, 3, 16, 1e-3, 777);

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static Outcome Outcome(double error, ulong seed = 0, int n = 400)
    {
        var random = new Generator(seed);
        float[] truth = [.. Enumerable.Range(0, n).Select(_ => random.NextSingle())];
        float[] predicted = [.. truth.Select(t => t + (float)(Math.Sqrt(error) * random.NextNormal()))];
        var trial = new Trial(Problem.Correlation, Networks.Tutorial, "", 10, 10, n, 1, 1, seed);
        return new(trial, 1, error, error, error, 1, 1, 1e-3, [new(1, error, error, 1)], truth, predicted);
    }

    static Result Named(string label, Outcome outcome) => new(new(label, outcome.Trial), outcome);

    [Theory]
    [InlineData(0.010, 0.0102, true)]
    [InlineData(0.010, 0.005, false)]
    [InlineData(0.010, 0.030, false)]
    public void Differences_within_luck_are_called_so(double first, double second, bool luck)
    {
        var comparison = Comparison.Of(Outcome(first, 1), Outcome(second, 2), luck: 0.05);
        Assert.Equal(luck, comparison.IsLuck);
        Assert.InRange(comparison.Ratio, 0.7 * second / first, 1.4 * second / first);
        var found = new Findings([Named("one", Outcome(first, 1)), Named("two", Outcome(second, 2))], 0.05);
        Assert.Contains(luck ? "no difference that is more than luck" : second < first ? "Two: better" : "Two: worse", found.Sentences(), StringComparison.Ordinal);
    }

    [Fact]
    public void Seeds_that_scatter_make_differences_luck()
    {
        Assert.Equal(Math.Log(2) / Math.Sqrt(2), Comparison.SpreadOf([0.01, 0.02]), 1e-9);
        Assert.True(Comparison.Of(Outcome(0.01, 1), Outcome(0.013, 2), luck: 0.5).IsLuck);
        Assert.Contains("lost its way", new Findings(
            [Named("one", Outcome(0.01)), Named("two", Outcome(double.NaN))], 0.1).Sentences(), StringComparison.Ordinal);
    }

    [Fact]
    public void However_much_luck_there_is_a_large_enough_difference_is_none()
    {
        Assert.False(Comparison.Of(Outcome(0.001, 1), Outcome(1, 2), luck: 1.2).IsLuck);
        Assert.True(Comparison.Of(Outcome(0.001, 1), Outcome(0.02, 2), luck: 1.2).IsLuck);
        Assert.True(Comparison.Of(Outcome(0.001, 1), Outcome(1e9, 2), Comparison.SpreadOf([0.1, double.NaN, 0.1])).IsLuck);
    }

    [Fact]
    public void A_regularized_network_that_is_worse_is_explained_by_its_curves()
    {
        string Conclude(double error, double known, params double[] valid)
        {
            var second = Outcome(error, 2) with { TrainLoss = known, Epochs = [.. valid.Select((v, i) => new EpochLoss(i + 1, v, v, 1))] };
            return RegularizationExperiments.Both().Conclude(new([Named("the tutorial", Outcome(0.01, 1)), Named("both", second)], 0.05));
        }
        Assert.Contains("held back rather than overfitted, and it was still getting better", Conclude(0.1, 0.08, 0.3, 0.2, 0.1), StringComparison.Ordinal);
        Assert.Contains("held back rather than overfitted.", Conclude(0.1, 0.08, 0.3, 0.1, 0.2), StringComparison.Ordinal);
        Assert.Contains("the two modes have drifted apart", Conclude(0.1, 0.08, 0.3, 0.2, 0.01), StringComparison.Ordinal);
        Assert.Contains("it overfits", Conclude(0.1, 0.001, 0.1), StringComparison.Ordinal);
        Assert.DoesNotContain("fits", Conclude(0.001, 0.001, 0.1), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_pictures_with_the_same_labels_are_other_digits()
    {
        string Fingerprint(byte ink)
        {
            string folder = _folder[$"ink-{ink}"];
            Directory.CreateDirectory(folder);
            foreach (string split in (string[])["train", "t10k"])
            {
                File.WriteAllBytes(Path.Combine(folder, $"{split}-images-idx3-ubyte"), [0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 10, 0, 0, 0, 10, .. Enumerable.Repeat(ink, 1000)]);
                File.WriteAllBytes(Path.Combine(folder, $"{split}-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
            }
            return DigitsData.Open(_folder.Path, folder, s_settings, new Silence(), default).Fingerprint;
        }
        Assert.Equal(Fingerprint(1), Fingerprint(1));
        Assert.NotEqual(Fingerprint(1), Fingerprint(2));
    }

    [Fact]
    public void Equal_trainings_are_shared_and_every_variant_is_another()
    {
        var plan = new Plan(s_settings, "x", () => throw new InvalidOperationException());
        foreach (var experiment in AllExperiments.List.Where(e => !e.OfDigits && !e.NeedsDevice))
        {
            var variants = experiment.Variants(plan);
            Assert.Equal(variants.Count, variants.Select(v => v.Trial).Distinct().Count());
            Assert.Equal(variants.Count, variants.Select(v => v.Label).Distinct().Count());
            Assert.All(variants, v => Assert.InRange(v.Trial.Train, s_settings.BatchSize, 10 * s_settings.Train));
        }
        foreach (string name in (string[])["linear", "bigger", "longer", "schedules", "more-data", "both", "symmetry"])
            Assert.Equal(plan.Baseline, AllExperiments.Named([name], hasGraphics: false)[0].Variants(plan)[0].Trial);
    }

    [Fact]
    public void The_varied_network_unchanged_is_the_tutorials()
    {
        Shape input = [1, 130, 130];
        Layer New(Code<NewNetwork> network) => network.Run(input, 1);
        long Size(Code<NewNetwork> network) => New(network).Parameters().Sum(p => p.Numel);
        Assert.Equal(3_304_193, new VariedNet().Parameters().Sum(p => p.Numel));
        Assert.Equal(3_304_193, Size(Networks.Tutorial));
        Assert.Equal(3_304_193, Size(Networks.Dropout));
        Assert.Equal(3_304_193 + 2 * (32 + 64 + 128 + 128), Size(Networks.Both));
        Assert.True(Size(Networks.Wide) > Size(Networks.Tutorial));
        foreach (var network in (Code<NewNetwork>[])[Networks.Wide, Networks.Deep, Networks.Features, Networks.Both, Networks.Linear])
            Assert.Equal([2, 1], New(network).Forward(Tensor.Rand([2, .. input])).Shape);
    }

    [Fact]
    public void A_mirror_flips_the_sign_and_exchanging_the_axes_keeps_it()
    {
        var data = new GuessTheCorrelation(_folder.Path, CorrelationNet.Crop, count: 12);
        foreach (var sample in data)
        {
            double seen = SeenCorrelation(sample.X);
            for (int form = 0; form < 8; form++)
            {
                var turned = Symmetries.Turn(sample, form);
                int sign = (form & 3) is 1 or 2 ? -1 : 1;
                Assert.Equal(sign * sample.Y.Item(), turned.Y.Item(), 1e-6);
                Assert.Equal(sign * seen, SeenCorrelation(turned.X), 1e-4);
                Assert.Equal((double)sample.X.Sum(), (double)turned.X.Sum(), 1e-3);       // no point is lost
                Assert.Equal(sample.X[0, 1].ToArray<float>(), turned.X[0, 1].ToArray<float>());  // the frame stays
                Assert.Equal(sample.X[0, 129].ToArray<float>(), turned.X[0, 129].ToArray<float>());
                Assert.Equal(sample.X[0, .., 128].ToArray<float>(), turned.X[0, .., 128].ToArray<float>());
            }
            Assert.Equal(sample.X.ToArray<float>(), Symmetries.Turn(Symmetries.Turn(sample, 1), 1).X.ToArray<float>());
            Assert.Equal(sample.X.ToArray<float>(), Symmetries.Turn(Symmetries.Turn(sample, 4), 4).X.ToArray<float>());
        }
    }

    // The correlation of the black pixels within the frame.
    static double SeenCorrelation(Tensor x)
    {
        List<double> a = [], b = [];
        float[] pixels = x.ToArray<float>();
        for (int row = 2; row < 129; row++)
            for (int column = 1; column < 128; column++)
                if (pixels[row * 130 + column] < 0.5) (a, b) = ([.. a, column], [.. b, -row]);
        double ma = a.Average(), mb = b.Average();
        double ab = a.Zip(b, (p, q) => (p - ma) * (q - mb)).Sum(), aa = a.Sum(p => (p - ma) * (p - ma)), bb = b.Sum(q => (q - mb) * (q - mb));
        return ab / Math.Sqrt(aa * bb);
    }

    [Fact]
    public void The_best_recipe_is_trained_as_the_main_job_trains_it()
    {
        var settings = s_settings with { Train = 16, Valid = 4, Test = 4, Epochs = 1, BatchSize = 8 };
        var room = new DataRoom(settings, _folder.Path, null, new Silence());
        var plan = new Plan(settings, room.Prepare(settings.Images), () => room.Digits);
        var trial = BestExperiment.Create().Variants(plan)[1].Trial;
        var outcome = new Lab(room, new Silence()).Run(trial, default);
        Assert.Equal(Recipe.Best.Network().Parameters().Sum(p => p.Numel), outcome.Parameters);
        Assert.Equal((4, Recipe.Best.LearningRate), (outcome.Truth.Length, outcome.LearningRate));
        Assert.True(double.IsFinite(outcome.TestLoss) && new Estimate(() => room.Digits).Of(trial) > 0);
        var store = new TrialStore(_folder["trials"]);
        Assert.Null(store.Find(trial));
        store.Keep(outcome);
        Assert.Equal(outcome.TestLoss, store.Find(trial)!.TestLoss);
        Assert.Null(store.Find(trial with { Seed = 5 }));
    }

    [Fact]
    public void A_batch_of_one_image_does_not_stop_batch_normalization()
    {
        var settings = s_settings with { Train = 17, Valid = 4, Test = 4, Epochs = 1, BatchSize = 16 };
        var room = new DataRoom(settings, _folder.Path, null, new Silence());
        var plan = new Plan(settings, room.Prepare(settings.Images), () => room.Digits);
        var outcome = new Lab(room, new Silence()).Run(plan.Baseline with { Network = Networks.Both }, default);
        Assert.True(double.IsFinite(outcome.TestLoss));
        Assert.Equal(4, outcome.Truth.Length);
    }

    [Fact]
    public void What_a_report_shows_of_a_variant_is_what_the_compiler_has_compiled()
    {
        var plan = new Plan(s_settings, "x", () => throw new InvalidOperationException());
        string Changes(string experiment) => string.Join('\n', AllExperiments.Named([experiment], hasGraphics: false)[0].Variants(plan).Select(v => v.Trial.Change(plan.Baseline)));
        Assert.Equal("Network: new CorrelationNet()\nNetwork: new VariedNet(width: 48)\nNetwork: new VariedNet(features: 512)\nNetwork: new VariedNet(deep: true)", Changes("bigger"));
        Assert.Contains("Optimizer: new SGD(p, rate, momentum: 0.9), LearningRate: 0.003", Changes("optimizers"), StringComparison.Ordinal);
        Assert.Contains("Schedule: new LearningRateSchedule(steps => new CosineSchedule(steps), Per.Batch)", Changes("schedules"), StringComparison.Ordinal);
        Assert.EndsWith("Float64: True", Changes("precision"), StringComparison.Ordinal);
        Assert.StartsWith("Network: new CorrelationNet()\nRecipe: best, LearningRate: 0.005, Epochs: 2", Changes("best"), StringComparison.Ordinal);
    }

    [Fact]
    public void Trials_come_back_from_their_files_with_what_they_run()
    {
        var store = new TrialStore(_folder.Path);
        var plan = new Plan(s_settings, "x", () => throw new InvalidOperationException());
        foreach (var trial in AllExperiments.List.Where(e => !e.OfDigits).SelectMany(e => e.Variants(plan)).Select(v => v.Trial).Distinct())
        {
            Assert.Null(store.Find(trial));
            store.Keep(Outcome(0.1) with { Trial = trial });
            Assert.Equal(trial, store.Find(trial)!.Trial);
            Assert.NotNull(store.Find(trial)!.Trial.Network.Run);
        }
    }

    [Fact]
    public void Trainings_that_follow_from_others_are_found_by_what_they_are()
    {
        var plan = new Plan(s_settings, "x", () => throw new InvalidOperationException());
        var experiment = AllExperiments.Named(["optimizers"], hasGraphics: false)[0];
        var searched = new Findings([.. experiment.Variants(plan).Select((v, i) => new Result(v, Outcome(0.01 + 0.001 * i) with { Trial = v.Trial }))], 0.05);
        var later = experiment.Then!(plan, searched);
        Assert.Equal([plan.Baseline, plan.Baseline with { LearningRate = 3e-4 }], later.Select(v => v.Trial));
        var renamed = later.Select((v, i) => new Result(v with { Label = $"full {i}" }, Outcome(0.01 + 0.09 * i) with { Trial = v.Trial }));
        string said = experiment.Conclude(searched with { Later = [.. renamed] });
        Assert.Contains("On all of them: Full 1: worse", said, StringComparison.Ordinal);
        Assert.DoesNotContain("full 0 (", said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_estimate_heeds_who_stops_it()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var plan = new Plan(s_settings, "x", () => throw new InvalidOperationException());
        Assert.Throws<OperationCanceledException>(() => new Estimate(() => throw new InvalidOperationException(), stop.Token).Of(plan.Baseline));
    }
}
