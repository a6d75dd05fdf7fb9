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
        Assert.Contains("Gradients failed on GradientsReady of epoch 2, training batch 3: steep", e.Message, StringComparison.Ordinal);
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
    public void A_name_belongs_to_one_callback()
    {
        static string Message(params Callback[] callbacks) => Assert.Throws<CallbackException>(() => Tiny.Learner().With(callbacks).Fit(Tiny.Batches(20), epochs: 1)).Message;
        Assert.Contains("ClipGradNorm and Watcher both record grad_norm", Message(new ClipGradNorm(1), new Watcher { BatchEnd = e => e.Run.Record("grad_norm", 1) }), StringComparison.Ordinal);
        Assert.Contains("Watcher and Measure both record mae", Message(new Watcher { BatchEnd = e => e.Run.Record("mae", 1) }), StringComparison.Ordinal);
        Assert.Contains("recorded as loss already", Message(new Watcher { BatchEnd = e => e.Run.Record("loss", 1) }), StringComparison.Ordinal);
        var own = Tiny.Learner().Around((context, step) =>
        {
            context.Record("grad_norm", 2);
            return step(context);
        }).With(new ClipGradNorm(1));
        Assert.Contains("the step and ClipGradNorm both record grad_norm", Assert.Throws<CallbackException>(() => own.Fit(Tiny.Batches(20), epochs: 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluating_and_predicting_are_no_fits()
    {
        List<bool> fits = [];
        var learner = Tiny.Learner().With(new Watcher { PhaseBegin = e => fits.Add(e.Run.IsFit) });
        learner.Fit(Tiny.Batches(10), epochs: 1);
        learner.Evaluate(Tiny.Batches(10));
        learner.Predict(Tiny.Batches(10));
        Assert.Equal([true, false, false], fits);
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
        Assert.All(usual, c => Assert.Equal(typeof(Callback), c.GetType().BaseType));
    }

    [Fact]
    public void There_is_one_progress_bar_the_last_that_was_named()
    {
        var (first, last, interrupt, log) = (new Progress(), new Progress(), new Interrupt(), new Watcher());
        var learner = new Line(1).Setup(Tiny.Loss, p => new SGD(p, 0.1)).With(log, first, log).With(interrupt, last);
        Assert.Equal([last, interrupt, log, log], learner.Callbacks);
        Assert.Equal([log, log, last], (learner.Quiet() with { Callbacks = [log, log] }).With(last).Callbacks);
    }

    [Fact]
    public void A_callback_that_fails_is_told_apart_from_what_it_wraps()
    {
        var e = Assert.Throws<CallbackException>(() => Tiny.Learner().With(new Wrapping(2)).Fit(Tiny.Batches(40), epochs: 1, valid: Tiny.Batches(30)));
        Assert.Equal("The callback Wrapping failed on Around of epoch 1, validation batch 2: torn", e.Message);
        Assert.Equal((typeof(Wrapping), "Around", Phase.Valid, 1, 2), (e.Callback.GetType(), e.Event, e.Phase, e.Epoch, e.Batch));
        Assert.Equal("torn", Assert.IsType<InvalidDataException>(e.InnerException).Message);
        Assert.Throws<DivideByZeroException>(() => Tiny.Learner().Around((_, _) => throw new DivideByZeroException()).With(new Wrapping(0), new Wrapping(0)).Fit(Tiny.Batches(40), epochs: 1));
    }

    sealed class Wrapping(int validBatch) : Callback
    {
        public override StepResult Around(StepContext context, Step step) =>
            context.Phase == Phase.Valid && context.Run.Batch == validBatch ? throw new InvalidDataException("torn") : step(context);
    }

    [Fact]
    public void A_failure_says_in_which_pass()
    {
        var e = Assert.Throws<CallbackException>(() => Tiny.Learner().With(new Watcher { PhaseEnd = e => { if (e.Phase == Phase.Valid) throw new InvalidDataException("torn"); } })
            .Fit(Tiny.Batches(40), epochs: 1, valid: Tiny.Batches(30)));
        Assert.Contains("PhaseEnd of epoch 1, validation: torn", e.Message, StringComparison.Ordinal);
        Assert.Equal((Phase.Valid, 1, null), (e.Phase, e.Epoch, e.Batch));
    }

    [Fact]
    public void Callbacks_of_ones_own_may_be_told_before_or_after_others()
    {
        List<string> told = [];
        Tiny.Learner().With(new Ordered(101, told), new Ordered(-1, told), new Ordered(0, told), new Ordered(0, told, "again"), new EmaWeights(0.9)).Fit(Tiny.Batches(10), epochs: 1);
        Assert.Equal(["-1", "0", "0 again", "101"], told);
        Assert.True(new EmaWeights(0.9).Order < new AutoResume("a").Order && new AutoResume("a").Order < new Profile().Order);
    }

    sealed class Ordered(int order, List<string> told, string name = "") : Callback
    {
        protected internal override int Order => order;

        public override void On(EpochEnd e) => told.Add($"{order} {name}".TrimEnd());
    }

    [Fact]
    public void Quiet_leaves_everything_but_progress()
    {
        var quiet = new Line(1).Setup(Tiny.Loss, p => new SGD(p, 0.1)).With(new NanWatch()).Quiet();
        Assert.Equal([typeof(Interrupt), typeof(NanWatch)], quiet.Callbacks.Select(c => c.GetType()));
    }
}
