using Candeia.Data;

namespace Candeia.Training.Tests;

public class LimitTests
{
    static (int Train, int Valid, int Epochs, string? Reason) Count(Func<Learner<Line>, Learner<Line>> change, int epochs = 4)
    {
        int train = 0, valid = 0;
        var watch = new Watcher { BatchEnd = e => _ = e.Phase == Phase.Train ? train++ : valid++ };
        var history = change(Tiny.Learner().With(watch)).Fit(Tiny.Batches(50), epochs, valid: Tiny.Batches(30)).History;
        return (train, valid, history.Epochs.Count, history.StopReason);
    }

    [Fact]
    public void Without_limits_everything_is_seen() => Assert.Equal((20, 12, 4, null), Count(l => l));

    [Fact]
    public void Batches_of_an_epoch_are_limited() => Assert.Equal((8, 4, 4, null), Count(l => l.Limit(trainBatches: 2, validBatches: 1)));

    [Fact]
    public void Steps_are_limited() => Assert.Equal((12, 6, 3, "after 12 steps"), Count(l => l.Limit(steps: 12)));

    [Fact]
    public void Time_is_limited() => Assert.Equal((1, 0, 1, "after 0:00:00"), Count(l => l.Limit(time: TimeSpan.Zero)));

    [Fact]
    public void A_dry_run_goes_through_everything_once() => Assert.Equal((1, 1, 1, null), Count(l => l.DryRun()));

    [Fact]
    public void Limits_are_those_of_fits_alone()
    {
        foreach (var learner in new[] { Tiny.Learner().DryRun(), Tiny.Learner().Limit(trainBatches: 1, validBatches: 1) })
        {
            Assert.Equal(50, learner.Evaluate(Tiny.Batches(50)).Samples);
            Assert.True(learner.Predict(Tiny.Batches(50)).Shape is [50, 1]);
        }
    }

    [Fact]
    public void Sanity_is_checked_before_training()
    {
        List<string> order = [];
        var valid = Tiny.Points(30).Loader(10, shuffle: true, workers: 0, seed: 4);
        Tiny.Learner().SanityCheck(2).With(new Watcher { BatchEnd = e => order.Add($"{e.Phase} {e.Epoch}") }).Fit(Tiny.Batches(20), epochs: 1, valid: valid);
        Assert.Equal(["Valid 0", "Valid 0", "Train 1", "Train 1", "Valid 1", "Valid 1", "Valid 1"], order);
        Assert.Equal(1, valid.Epoch);
    }

    [Fact]
    public void What_fails_in_validation_fails_before_training_then()
    {
        int trained = 0;
        var wrong = new TensorDataset(Tensor.Zeros([10, 4]), Tensor.Zeros([10]));
        Assert.Throws<ShapeException>(() => Tiny.Learner().SanityCheck().With(new Watcher { BatchEnd = _ => trained++ }).Fit(Tiny.Batches(20), epochs: 1, valid: wrong.Loader(10)));
        Assert.Equal(0, trained);
    }

    [Fact]
    public void The_same_batches_are_learnt_by_heart()
    {
        List<(Phase, float)> seen = [];
        var learner = Tiny.Learner(learningRate: 0.2).Overfit(2).With(new Watcher { BatchEnd = e => seen.Add((e.Phase, e.Data.Y.ToArray<float>()[0])) });
        var fitted = learner.Fit(Tiny.Points(100).Loader(5, shuffle: true, workers: 0), epochs: 30, valid: Tiny.Batches(30));
        Assert.Equal(4 * 30, seen.Count);
        Assert.Equal(2, seen.Distinct().Count(s => s.Item1 == Phase.Train));
        Assert.Equal(seen.Where(s => s.Item1 == Phase.Train).Select(s => s.Item2), seen.Where(s => s.Item1 == Phase.Valid).Select(s => s.Item2));
        Assert.InRange(fitted.History.Epochs[^1].Valid!.Loss, 0, 1e-3);
    }

    [Fact]
    public void There_are_the_least_epochs_unless_it_is_urgent()
    {
        var calm = new Watcher { EpochEnd = e => e.Run.Stop("enough") };
        var urgent = new Watcher { EpochEnd = e => e.Run.Stop("at once", urgent: true) };
        Assert.Equal((3, "enough"), (Count(l => l.Limit(minEpochs: 3).With(calm)).Epochs, Count(l => l.Limit(minEpochs: 3).With(calm)).Reason));
        Assert.Equal((1, "at once"), (Count(l => l.Limit(minEpochs: 3).With(urgent)).Epochs, Count(l => l.With(urgent)).Reason));
    }
}
