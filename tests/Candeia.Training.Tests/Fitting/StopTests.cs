using Candeia.Data;

namespace Candeia.Training.Tests;

/// <summary>Runs that end in the middle of an epoch.</summary>
public sealed class StopTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(7)]                          // in the second training pass
    [InlineData(10)]                         // at its last batch, before validation
    public void A_fit_that_is_cut_off_keeps_what_was_best_before(int steps)
    {
        var (best, plateau) = (new KeepBest("valid_loss"), new LearningRateSchedule(new NN.ReduceOnPlateau(patience: 0), "valid_loss"));
        List<float[]> weights = [];
        var fitted = Tiny.Learner().Limit(steps: steps)
            .With(new EarlyStopping("valid_loss"), best, plateau, new ModelCheckpoint(_folder["best.safetensors"], "valid_loss"))
            .With(new Watcher { EpochEnd = e => weights.Add(e.Run.Model.Bits()) })
            .Fit(Tiny.Batches(50), epochs: 9, valid: Tiny.Batches(30));
        Assert.Equal((2, $"after {steps} steps", 1), (fitted.History.Epochs.Count, fitted.History.StopReason, best.Epoch));
        Assert.Equal(weights[0], fitted.Model.Bits());
    }

    [Fact]
    public void A_loss_of_training_is_not_compared_with_those_of_validation()
    {
        static EpochResult Epoch(int number, double train, double? valid) => new(number, Result(train), valid is { } v ? Result(v) : null, 1, 0.1);
        static PhaseResult Result(double loss) => new(loss, new Dictionary<string, double>(), 1, 1);
        Assert.Equal(2, new History([Epoch(1, 5, 7), Epoch(2, 4, 6), Epoch(3, 3, null)]).Best!.Epoch);
        Assert.Equal(3, new History([Epoch(1, 5, null), Epoch(2, 4, null), Epoch(3, 3, null)]).Best!.Epoch);
    }

    [Fact]
    public void Half_a_validation_pass_makes_no_best_epoch()
    {
        // The first batch fits by chance; the run is stopped when it has been validated.
        var best = new KeepBest();
        var valid = new TensorDataset(Tensor.Zeros([4, 3]), Tensor.From([0f, 0, 90, 90])).Loader(2, workers: 0);
        Tiny.Learner(learningRate: 0).With(best, new Watcher { BatchEnd = e => { if (e is { Phase: Phase.Valid, Epoch: 2 }) e.Run.Stop("enough", urgent: true); } })
            .Fit(Tiny.Batches(20), epochs: 3, valid: valid);
        Assert.Equal(1, best.Epoch);
    }

    [Fact]
    public void Whether_an_epoch_was_whole_stays_true_of_it()
    {
        List<EpochEnd> epochs = [];
        Tiny.Learner().Limit(steps: 5).With(new Watcher { EpochEnd = epochs.Add }).Fit(Tiny.Batches(20), epochs: 9);
        Assert.Equal([true, true, false], epochs.Select(e => e.IsWhole));
    }

    [Fact]
    public void An_epoch_that_came_to_its_end_counts_though_it_is_the_last()
    {
        var best = new KeepBest("valid_loss");
        Tiny.Learner().With(best, new Watcher { BatchEnd = e => { if (e is { Phase: Phase.Valid, Epoch: 3, Batch: 2 }) e.Run.Stop("enough"); } })
            .Fit(Tiny.Batches(20), epochs: 9, valid: Tiny.Batches(20));
        Assert.Equal(3, best.Epoch);
    }

    [Fact]
    public void An_epoch_that_was_complete_but_for_validation_has_no_more_batches_when_it_is_resumed()
    {
        List<int> steps = [];
        Fitted<Line> Run(bool cut) => Tiny.Learner().Limit(trainBatches: 4).With(new AutoResume(_folder["resume"], everyBatches: 2), new Watcher
        {
            BatchEnd = e => steps.Add(e.Phase == Phase.Train ? e.Run.Step : 0),
            PhaseBegin = e => { if (cut && e.Phase == Phase.Valid) throw new InvalidDataException("killed"); },
        }).Fit(Tiny.Batches(100), epochs: 2, valid: Tiny.Batches(10));
        Assert.Throws<CallbackException>(() => Run(cut: true));
        var fitted = Run(cut: false);
        Assert.Equal([1, 2, 3, 4, 0, 5, 6, 7, 8, 0], steps);
        Assert.Equal(40, fitted.History.Epochs[0].Train.Samples);
    }

    [Fact]
    public void Data_that_are_used_up_are_missed()
    {
        var once = Tiny.Batches(20).ToList().GetEnumerator();
        IEnumerable<Batch> Once()
        {
            while (once.MoveNext()) yield return once.Current;
        }
        var e = Assert.Throws<InvalidOperationException>(() => Tiny.Learner().Fit(Once(), epochs: 3));
        Assert.Contains("training data have no batches in epoch 2", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<InvalidOperationException>(() => Tiny.Learner().Fit(Tiny.Points(5).Loader(10, dropLast: true), epochs: 1));
        Assert.Contains("training data have no batches in epoch 1", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<InvalidOperationException>(() => Tiny.Learner().Fit(Tiny.Batches(10), epochs: 1, valid: Tiny.Points(5).Loader(10, dropLast: true)));
        Assert.Contains("validation data have no batches in epoch 1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_stopped_before_its_first_batch_is_no_failure() =>
        Assert.Empty(Tiny.Learner().With(new Watcher { EpochBegin = e => e.Run.Stop("enough") }).Fit(Tiny.Batches(10), epochs: 2).History.Epochs);

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(null, 0, null)]
    [InlineData(null, null, -1)]
    public void Limits_are_positive(int? steps, int? train, int? valid) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Tiny.Learner().Limit(steps: steps, trainBatches: train, validBatches: valid));

    [Fact]
    public void All_callbacks_are_told_of_the_end_though_one_fails_then()
    {
        bool told = false;
        var e = Assert.Throws<CallbackException>(() => Tiny.Learner()
            .With(new Watcher { RunEnd = _ => throw new InvalidDataException("torn") }, new Watcher { RunEnd = e => told = !e.Failed }).Fit(Tiny.Batches(10), epochs: 1));
        Assert.Contains("torn", e.Message, StringComparison.Ordinal);
        Assert.True(told);
    }
}
