namespace Candeia.Training.Tests;

public class EarlyStoppingTests
{
    static Fitted<Line> Fit(double[] scores, EarlyStopping stopping, int minEpochs = 0, params Callback[] more) =>
        Tiny.Learner().Measure(Phase.Valid, new Scripted(scores)).Limit(minEpochs: minEpochs).With([stopping, .. more])
            .Fit(Tiny.Batches(20), epochs: scores.Length, valid: Tiny.Batches(20));

    [Theory]
    [InlineData(0, new[] { 3.0, 2, 1, 2, 0, 0 }, 4)]
    [InlineData(1, new[] { 3.0, 2, 1, 2, 0, 0 }, 4)]
    [InlineData(2, new[] { 3.0, 2, 1, 2, 2, 0 }, 5)]
    [InlineData(3, new[] { 3.0, 4, 4, 1, 4, 4, 4, 4 }, 7)]
    [InlineData(0, new[] { 5.0, 4, 3, 2 }, 4)]
    [InlineData(1, new[] { double.NaN, 4, 3 }, 1)]
    [InlineData(2, new[] { double.NaN, 4, double.NaN, double.NaN, 3 }, 4)]
    public void It_ends_after_as_many_epochs_without_improvement_as_it_has_patience(int patience, double[] scores, int epochs) =>
        Assert.Equal(epochs, Fit(scores, new("valid_score", patience)).History.Epochs.Count);

    [Fact]
    public void Improvements_that_are_too_small_do_not_count() =>
        Assert.Equal(3, Fit([3, 2, 1.95, 1.9, 0], new("score", patience: 0, minDelta: 0.1)).History.Epochs.Count);

    [Fact]
    public void Higher_may_be_better() => Assert.Equal(4, Fit([1, 2, 3, 2, 9], new("score", patience: 0, higherIsBetter: true)).History.Epochs.Count);

    [Fact]
    public void Values_are_measured_against_a_baseline()
    {
        var fitted = Fit([5, 4, 3, 2], new("score", patience: 2, baseline: 1));
        Assert.Equal((2, "score has not improved for 2 epochs, never better than the baseline"), (fitted.History.Epochs.Count, fitted.History.StopReason));
        Assert.Equal(4, Fit([5, 0.5, 3, 2, 0], new("score", patience: 2, baseline: 1)).History.Epochs.Count);
    }

    [Fact]
    public void The_reason_says_which_epoch_was_best() =>
        Assert.Equal("score has not improved for 1 epoch, best 1 in epoch 2", Fit([3, 1, 2, 0], new("score", patience: 0)).History.StopReason);

    [Fact]
    public void A_fit_has_its_least_number_of_epochs_first() =>
        Assert.Equal(5, Fit([1, 2, 3, 4, 5, 6], new("score", patience: 0), minEpochs: 5).History.Epochs.Count);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_best_weights_come_back_if_wanted(bool restore)
    {
        List<float[]> weights = [];
        var fitted = Fit([3, 1, 2, 4, 0], new("score", patience: 2, restoreBest: restore), 0, new Watcher { EpochEnd = e => weights.Add(e.Run.Model.Bits()) });
        Assert.Equal(4, weights.Count);
        Assert.Equal(weights[restore ? 1 : 3], fitted.Model.Bits());
    }

    [Fact]
    public void One_object_serves_several_fits()
    {
        var stopping = new EarlyStopping("score", patience: 0);
        Assert.Equal(2, Fit([1, 2, 3], stopping).History.Epochs.Count);
        Assert.Equal(3, Fit([9, 8, 9, 1], stopping).History.Epochs.Count);
    }

    [Fact]
    public void Patience_is_not_forgotten_when_a_run_is_resumed()
    {
        using var folder = new TemporaryFolder();
        int Epochs(double[] scores, int epochs) => Tiny.Learner().Measure(Phase.Valid, new Scripted(scores))
            .With(new EarlyStopping("score", patience: 3), new AutoResume(folder["resume"])).Fit(Tiny.Batches(20), epochs, valid: Tiny.Batches(20)).History.Epochs.Count;
        Assert.Equal(3, Epochs([1, 2, 2], 3));
        Assert.Equal(4, Epochs([2, 2, 2, 2], 9));
    }
}
