using Candeia.NN;

namespace Candeia.Training.Tests;

public class RunTests
{
    [Fact]
    public void Callbacks_are_told_of_the_end_also_when_something_fails()
    {
        List<bool> ends = [];
        Watcher watch = new() { RunEnd = e => ends.Add(e.Failed) };
        Tiny.Learner().With(watch).Fit(Tiny.Batches(10), epochs: 1);
        Assert.Throws<InvalidDataException>(() => Tiny.Learner().Around((_, _) => throw new InvalidDataException("torn")).With(watch).Fit(Tiny.Batches(10), epochs: 1));
        Assert.Throws<CallbackException>(() => Tiny.Learner().With(new Watcher { RunEnd = _ => throw new InvalidOperationException(), BatchEnd = _ => throw new InvalidOperationException() }, watch).Fit(Tiny.Batches(10), epochs: 1));
        Assert.Equal([false, true, true], ends);
    }

    [Fact]
    public void A_callback_that_fails_on_gradients_is_named()
    {
        var e = Assert.Throws<CallbackException>(() => Tiny.Learner().With(new Gradients()).Fit(Tiny.Batches(40), epochs: 2));
        Assert.Contains("Gradients failed on GradientsReady of epoch 2, batch 3: steep", e.Message, StringComparison.Ordinal);
    }

    sealed class Gradients : Callback
    {
        public override void On(GradientsReady e)
        {
            if (e is { Epoch: 2, Batch: 3 }) throw new InvalidDataException("steep");
        }
    }

    [Fact]
    public void Numbers_that_callbacks_record_are_part_of_the_result()
    {
        var watch = new Watcher
        {
            BatchEnd = e => e.Run.Record("batch", e.Batch, weight: e.Batch),
            PhaseEnd = e => e.Run.Record("end", 7),
        };
        var result = Tiny.Learner().With(watch).Fit(Tiny.Batches(30), epochs: 2).History.Epochs[1].Train;
        Assert.Equal(((1.0 + 4 + 9) / 6, 7), (result["batch"], result["end"]));
    }

    [Fact]
    public void Nothing_is_recorded_outside_of_a_pass()
    {
        var e = Assert.Throws<CallbackException>(() => Tiny.Learner().With(new Watcher { EpochEnd = e => e.Run.Record("late", 1) }).Fit(Tiny.Batches(10), epochs: 1));
        Assert.Contains("late cannot be recorded here", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_run_knows_where_it_is()
    {
        List<(int, int, int, int?)> seen = [];
        var watch = new Watcher { BatchBegin = e => seen.Add((e.Run.Epoch, e.Run.Batch, e.Run.Step, e.Run.TotalSteps)) };
        Tiny.Learner().With(watch).Fit(Tiny.Batches(20), epochs: 1).Fit(Tiny.Batches(20), epochs: 1);
        Assert.Equal([(1, 1, 0, 2), (1, 2, 1, 2), (2, 1, 2, 4), (2, 2, 3, 4)], seen);
    }

    [Fact]
    public void Usual_callbacks_are_the_ones_that_users_could_have_written()
    {
        var usual = new Line(1).Setup(Tiny.Loss, p => new SGD(p, 0.1)).AllCallbacks();
        Assert.Equal([typeof(TrainMode), typeof(Measure), typeof(Progress), typeof(Interrupt)], usual.Select(c => c.GetType()));
        Assert.All(usual, c => Assert.True(c.GetType().IsPublic));
    }
}
