namespace Candeia.Training.Tests;

public class KeepBestTests
{
    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 1)]
    public void The_model_has_the_weights_of_the_best_epoch(bool higherIsBetter, int best)
    {
        List<float[]> weights = [];
        var keep = new KeepBest("valid_score", higherIsBetter);
        var fitted = Tiny.Learner().Measure(Phase.Valid, new Scripted([3, 5, double.NaN, 2, 4])).With(keep, new Watcher { EpochEnd = e => weights.Add(e.Run.Model.Bits()) })
            .Fit(Tiny.Batches(20), epochs: 5, valid: Tiny.Batches(20));
        Assert.Equal(weights[best], fitted.Model.Bits());
        Assert.NotEqual(weights[4], fitted.Model.Bits());
        Assert.Equal(best + 1, keep.Epoch);
    }

    [Fact]
    public void A_fit_that_goes_on_may_come_back_to_an_earlier_epoch()
    {
        List<float[]> weights = [];
        var learner = Tiny.Learner().Measure(Phase.Valid, new Scripted([3, 1, 4, 5])).With(new KeepBest("score"), new Watcher { EpochEnd = e => weights.Add(e.Run.Model.Bits()) });
        var fitted = learner.Fit(Tiny.Batches(20), epochs: 2, valid: Tiny.Batches(20)).Fit(Tiny.Batches(20), epochs: 2, valid: Tiny.Batches(20));
        Assert.Equal(weights[1], fitted.Model.Bits());
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(0.5, 2)]
    public void What_is_better_by_less_than_was_asked_is_not_the_best(double minDelta, int best)
    {
        var keep = new KeepBest("score", minDelta: minDelta);
        Tiny.Learner().Measure(Phase.Valid, new Scripted([3, 2, 1.8, 1.9])).With(keep).Fit(Tiny.Batches(20), epochs: 4, valid: Tiny.Batches(20));
        Assert.Equal((best, best == 3 ? 1.8 : 2), (keep.Epoch, keep.Value));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeepBest(minDelta: -1));
    }
}
