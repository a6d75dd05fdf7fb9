using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

public class LearningRateScheduleTests
{
    readonly List<double> _rates = [], _momenta = [];

    Watcher Rates() => new()
    {
        BatchEnd = e =>
        {
            if (e.Phase != Phase.Train) return;
            _rates.Add(e.Run.Optimizer!.LearningRate);
            _momenta.Add(e.Run.Optimizer.Groups[0].Momentum);
        },
    };

    [Fact]
    public void Per_batch_it_counts_on_through_the_epochs()
    {
        var schedule = new ExponentialSchedule(0.5);
        Tiny.Learner().With(new LearningRateSchedule(schedule, Per.Batch), Rates()).Fit(Tiny.Batches(30), epochs: 2, valid: Tiny.Batches(30));
        Assert.Equal(Enumerable.Range(0, 6).Select(step => schedule.LearningRate(step, 0.05)), _rates);
    }

    [Fact]
    public void Per_epoch_it_stays_within_an_epoch_and_stands_in_the_history()
    {
        var schedule = new StepSchedule(2, 0.1);
        var fitted = Tiny.Learner().With(new LearningRateSchedule(schedule, Per.Epoch), Rates()).Fit(Tiny.Batches(20), epochs: 3);
        Assert.Equal([0.05, 0.05, 0.05, 0.05, 0.005, 0.005], _rates, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.05, 0.05, 0.005], fitted.History.Epochs.Select(e => e.LearningRate), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void One_cycle_learns_of_the_number_of_steps_from_the_run()
    {
        var learner = new Line(1).Setup(Tiny.Loss, p => new Adam(p)) with { Callbacks = [] };
        learner.Limit(trainBatches: 4).With(new LearningRateSchedule(steps => new OneCycleSchedule(0.1, steps), Per.Batch), Rates()).Fit(Tiny.Batches(100), epochs: 5);
        var cycle = new OneCycleSchedule(0.1, 20);
        Assert.Equal(Enumerable.Range(0, 20).Select(step => cycle.LearningRate(step, 0)), _rates);
        Assert.Equal(Enumerable.Range(0, 20).Select(step => cycle.Momentum(step, 0)), _momenta);
    }

    [Fact]
    public void A_schedule_that_is_there_needs_no_number_of_steps()
    {
        var cycle = new OneCycleSchedule(0.1, 50);
        Tiny.Learner().With(new LearningRateSchedule(cycle, Per.Batch), Rates()).Fit(Tiny.Batches(20).Where(_ => true), epochs: 2);
        Assert.NotEmpty(_rates);
        Assert.Equal(Enumerable.Range(0, _rates.Count).Select(step => cycle.LearningRate(step, 0)), _rates);
    }

    [Fact]
    public void A_number_of_steps_that_nobody_knows_is_refused()
    {
        var e = Assert.Throws<CallbackException>(() => Tiny.Learner().With(new LearningRateSchedule(steps => new OneCycleSchedule(0.1, steps), Per.Batch))
            .Fit(Tiny.Batches(20).Where(_ => true), epochs: 2));
        Assert.Contains("does not know its number of batches", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("loss")]
    [InlineData("valid_mae")]
    public void On_a_plateau_of_an_epochs_metric_the_rate_falls_after_the_patience(string metric)
    {
        var nothingIsGoodEnough = new ReduceOnPlateau(factor: 0.5, patience: 1, threshold: 0.999999);
        var fitted = Tiny.Learner().With(new LearningRateSchedule(nothingIsGoodEnough, metric)).Fit(Tiny.Batches(20), epochs: 6, valid: Tiny.Batches(20));
        Assert.Equal([0.05, 0.05, 0.05, 0.025, 0.025, 0.0125], fitted.History.Epochs.Select(e => e.LearningRate));
    }

    [Fact]
    public void A_metric_that_improves_keeps_the_rate()
    {
        var fitted = Tiny.Learner().With(new LearningRateSchedule(new ReduceOnPlateau(patience: 0))).Fit(Tiny.Batches(20), epochs: 6);
        Assert.All(fitted.History.Epochs, e => Assert.Equal(0.05, e.LearningRate));
    }

    [Fact]
    public void A_metric_that_is_not_measured_is_named_with_those_that_are()
    {
        var e = Assert.Throws<CallbackException>(() => Tiny.Learner().With(new LearningRateSchedule(new ReduceOnPlateau(), "valid_accuracy")).Fit(Tiny.Batches(20), epochs: 1));
        Assert.Contains("has no valid_accuracy; it has train_loss, train_mae.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_may_be_for_one_of_several_optimizers()
    {
        var learner = new Line(1).Setup(
            step: (model, context) =>
            {
                Tensor? output = null;
                var loss = context.Update(() => Tiny.Loss(output = model.Forward(context.Batch.X), context.Batch.Y), optimizer: 1);
                return new(output!, loss);
            },
            optimizers: model => [new SGD(model.Parameters(), 0.1), new SGD(model.Parameters(), 0.1)]) with { Callbacks = [] };
        double[] last = [];
        learner.With(new LearningRateSchedule(new ExponentialSchedule(0.5), Per.Epoch) { Optimizer = 1 }, new Watcher { BatchEnd = e => last = [.. e.Run.Optimizers.Select(o => o.LearningRate)] })
            .Fit(Tiny.Batches(20), epochs: 3);
        Assert.Equal([0.1, 0.025], last);
    }

    [Fact]
    public void It_goes_on_when_the_fit_goes_on()
    {
        var fitted = Tiny.Learner().With(new LearningRateSchedule(new ExponentialSchedule(0.5), Per.Epoch)).Fit(Tiny.Batches(20), epochs: 2).Fit(Tiny.Batches(20), epochs: 2);
        Assert.Equal([0.05, 0.025, 0.0125, 0.00625], fitted.History.Epochs.Select(e => e.LearningRate));
        Assert.Equal([1, 2, 3, 4], fitted.History.Epochs.Select(e => e.Epoch));
    }

    [Fact]
    public void The_history_has_the_rate_that_the_first_batch_of_an_epoch_was_learnt_with()
    {
        List<double> rates = [];
        var fitted = Tiny.Learner(learningRate: 0.5).With(new LearningRateSchedule(new LambdaSchedule(step => 1.0 / (step + 1)), Per.Batch))
            .With(new Watcher { BatchEnd = e => { if (e.Batch == 1) rates.Add(e.Run.Optimizer!.LearningRate); } }).Fit(Tiny.Batches(30), epochs: 3);
        Assert.Equal([0.5, 0.125, 0.5 / 7], rates);
        Assert.Equal(rates, fitted.History.Epochs.Select(e => e.LearningRate));
    }
}
