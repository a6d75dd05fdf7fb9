using Candeia.Data;
using Candeia.NN;
using Candeia.Tests;

namespace Candeia.Training.Tests;

[Collection(nameof(Alone))]
public sealed class AutoResumeTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    string Unbroken()
    {
        var whole = new Experiment(_folder["unbroken"]);
        return whole.Bits(whole.Run());
    }

    [Theory]
    [InlineData(1, 1, null)]                    // before anything was saved
    [InlineData(2, 1, null)]                    // right after an epoch
    [InlineData(3, 5, null)]                    // in the middle, saved after epochs only
    [InlineData(1, 5, 2)]
    [InlineData(2, 3, 1)]                       // in the middle of an epoch, from batch 2 on
    [InlineData(3, Experiment.Batches, 1)]      // before the last batch of an epoch
    [InlineData(4, 6, 5)]
    public void A_run_that_died_comes_to_the_same_bits(int epoch, int batch, int? everyBatches)
    {
        string unbroken = Unbroken();
        var experiment = new Experiment(_folder["a"], everyBatches);
        experiment.Die(epoch, batch);
        Assert.Equal(unbroken, experiment.Bits(experiment.Run()));
    }

    [Fact]
    public void Dying_in_validation_and_again_and_again_does_not_matter()
    {
        string unbroken = Unbroken();
        var experiment = new Experiment(_folder["a"], everyBatches: 1, workers: 2);
        experiment.Die(1, 2, Phase.Valid);
        experiment.Die(2, 4);
        experiment.Die(2, 6);
        experiment.Die(3, 1, Phase.Valid);
        Assert.Equal(unbroken, experiment.Bits(experiment.Run()));
        Assert.Equal(["a", "unbroken"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_run_goes_on_from_any_epoch_that_was_kept_and_from_the_newest_of_a_folder()
    {
        string unbroken = Unbroken(), states = _folder["states"];
        var kept = new Experiment(_folder["a"], keep: Path.Combine(states, "{epoch:D2}-{valid_loss:F3}.safetensors"));
        Assert.Equal(unbroken, kept.Bits(kept.Run()));
        string[] files = [.. Directory.GetFiles(states).Order()];
        Assert.Equal(4, files.Length);
        var watch = new Watch(_ => { }, at: 0);
        var third = new Experiment(_folder["b"], from: files[1]);
        Assert.Equal(unbroken, third.Bits(third.Run(watch)));
        Assert.Equal((2 * Experiment.Batches, (3, 1)), (watch.Count, watch.First));
        Assert.True(File.Exists(_folder["b"]));

        File.WriteAllText(Path.Combine(states, "99.safetensors"), "something else");
        watch = new(_ => { }, at: 0);
        var longer = new Experiment(_folder["c"], epochs: 6, from: states);
        longer.Run(watch);
        Assert.Equal((2 * Experiment.Batches, (5, 1)), (watch.Count, watch.First));
        watch = new(_ => { }, at: 0);
        new Experiment(_folder["c"], epochs: 6, from: files[0]).Run(watch);   // its own state is newer than where it began
        Assert.Equal(0, watch.Count);

        Assert.Contains("no checkpoint", Assert.ThrowsAny<Exception>(() => new Experiment(_folder["d"], from: _folder["nowhere"]).Run()).ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new AutoResume(_folder["e"], keep: "one.safetensors"));
    }

    [Fact]
    public void A_stream_goes_on_where_it_was()
    {
        var whole = new Experiment(_folder["whole"], isStream: true, workers: 0);
        string unbroken = whole.Bits(whole.Run());
        Assert.NotEqual(Unbroken(), unbroken);
        var experiment = new Experiment(_folder["a"], everyBatches: 1, isStream: true, workers: 2);
        experiment.Die(1, 3);
        experiment.Die(2, 7);
        experiment.Die(4, 5);
        Assert.Equal(unbroken, experiment.Bits(experiment.Run()));
    }

    [Fact]
    public void A_cancelled_run_goes_on_at_the_next_batch_and_one_at_its_end_is_not_repeated()
    {
        string unbroken = Unbroken();
        var experiment = new Experiment(_folder["a"]);
        using var cancel = new CancellationTokenSource();
        var watch = new Watch(run => run.Stop("cancelled", urgent: true), at: 10);
        Assert.Equal("cancelled", experiment.Run(watch).History.StopReason);
        watch = new Watch(_ => { }, at: 0);
        Assert.Equal(unbroken, experiment.Bits(experiment.Run(watch)));
        Assert.Equal(4 * Experiment.Batches - 10, watch.Count);
        Assert.Equal((2, 4), watch.First);

        watch = new Watch(_ => { }, at: 0);
        Assert.Equal(unbroken, experiment.Bits(experiment.Run(watch)));
        Assert.Equal(0, watch.Count);
        var longer = new Experiment(_folder["a"], epochs: 6);
        longer.Run(watch);
        Assert.Equal(2 * Experiment.Batches, watch.Count);
    }

    [Fact]
    public void A_dry_run_leaves_the_file_alone()
    {
        var learner = Tiny.Learner().With(new AutoResume(_folder["a"], everyBatches: 1));
        learner.DryRun().Fit(Tiny.Batches(20), 3);
        Assert.Empty(Directory.GetFiles(_folder.Path));
        Assert.Equal(3, learner.Fit(Tiny.Batches(20), 3).History.Epochs.Count);
    }

    [Fact]
    public void What_stopped_a_run_for_good_stays()
    {
        var experiment = new Experiment(_folder["a"]);
        string first = experiment.Bits(experiment.Run(new StopAfterEpoch(2)));
        var fitted = experiment.Run();
        Assert.Equal(("enough", 2), (fitted.History.StopReason, fitted.History.Epochs.Count));
        Assert.Equal(first, experiment.Bits(fitted));
    }

    sealed class StopAfterEpoch(int epoch) : Callback
    {
        public override void On(EpochEnd e)
        {
            if (e.Result.Epoch == epoch) e.Run.Stop("enough");
        }
    }

    sealed class Watch(Action<Run> then, int at) : Callback
    {
        public int Count { get; private set; }

        public (int, int) First { get; private set; }

        public override void On(BatchEnd e)
        {
            if (e.Phase != Phase.Train) return;
            if (Count == 0) First = (e.Epoch, e.Batch);
            if (++Count == at) then(e.Run);
        }
    }

    [Fact]
    public void Sources_that_are_no_loaders_are_passed_over_and_frozen_parameters_stay_frozen()
    {
        float[] Fit(string path, int killAt, bool resumed = false)
        {
            Generator.Seed(3);
            var net = new Linear(2, 1, generator: new Generator(1));
            net.Parameters()[1].RequiresGrad = resumed;             // the checkpoint knows better
            IEnumerable<Batch> Stream()
            {
                for (int i = 0; i < 5; i++) yield return new(Tensor.Randn([3, 2]), Tensor.Randn([3, 1]));
            }
            var learner = net.Setup((y, t) => y.MseLoss(t), p => new SGD(p, 0.1, momentum: 0.9)) with { Callbacks = [new AutoResume(path, everyBatches: 1)] };
            try
            {
                learner.With(new Watch(_ => throw new InvalidOperationException("killed"), killAt)).Fit(Stream(), 3);
            }
            catch (CallbackException) when (killAt > 0)
            {
                return Fit(path, 0, resumed: true);
            }
            Assert.False(net.Parameters()[1].RequiresGrad);
            return [.. net.Parameters().SelectMany(p => p.ToArray<float>())];
        }
        Assert.Equal(Fit(_folder["whole"], 0), Fit(_folder["broken"], 9));
    }

    [Fact]
    public void What_does_not_fit_is_said_in_a_sentence()
    {
        string path = _folder["a"];
        var experiment = new Experiment(path, everyBatches: 1);
        experiment.Die(2, 3);
        string Message(Layer model, Func<IEnumerable<Tensor>, Optimizer> optimizer, int items = 40)
        {
            var data = new TensorDataset(Tensor.Zeros([items, 4]), Tensor.Zeros([items, 1]));
            var learner = model.Setup((y, t) => y.MseLoss(t), optimizer, new MeanAbsoluteError(), new Pearson()) with { Callbacks = [new AutoResume(path)] };
            return Assert.IsType<CheckpointException>(Assert.Throws<CallbackException>(() => learner.Fit(data.Loader(6), 4)).InnerException).Message;
        }
        Assert.Contains("there is no model.weight", Message(new Linear(4, 1), p => new Adam(p)), StringComparison.Ordinal);
        Assert.Contains("middle of an epoch of 7 batches, and this one has 9", Message(new Linear(4, 1), p => new Adam(p), 50), StringComparison.Ordinal);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        Assert.Contains($"Remove {path} to begin anew", Message(new Linear(4, 1), p => new Adam(p)), StringComparison.Ordinal);
        new Linear(4, 1).Save(path);
        Assert.Contains($"{path} is no checkpoint of a run", Message(new Linear(4, 1), p => new Adam(p)), StringComparison.Ordinal);
    }

    [Fact]
    public void No_number_of_a_checkpoint_can_change_unnoticed()
    {
        string path = _folder["a"];
        var data = new TensorDataset(Tensor.Ones([20, 2]), Tensor.Ones([20, 1]));
        void Fit() => (new Linear(2, 1).Setup((y, t) => y.MseLoss(t), p => new Adam(p), new MeanAbsoluteError()) with { Callbacks = [new AutoResume(path, 3)] })
            .Fit(data.Loader(5, workers: 0), 2);
        Fit();
        byte[] whole = File.ReadAllBytes(path);
        int header = 8 + (int)BitConverter.ToInt64(whole);
        for (int at = header; at < whole.Length; at += 3)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x10;
            File.WriteAllBytes(path, damaged);
            var cause = Assert.Throws<CallbackException>(Fit).InnerException;
            Assert.Contains("is damaged", Assert.IsType<CheckpointException>(cause).Message, StringComparison.Ordinal);
        }
        File.WriteAllBytes(path, whole);
        Fit();
        CheckpointFile.Write(path, CheckpointFile.Read(path));               // reading and writing again gives the same bytes
        Assert.Equal(whole.Length, File.ReadAllBytes(path).Length);
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused_or_fits()
    {
        string path = _folder["a"];
        var data = new TensorDataset(Tensor.Ones([20, 2]), Tensor.Ones([20, 1]));
        void Fit(int epochs) => (new Linear(2, 1).Setup((y, t) => y.MseLoss(t), p => new Adam(p), new MeanAbsoluteError()) with { Callbacks = [new AutoResume(path, 3)] })
            .Fit(data.Loader(5, workers: 0), epochs);
        Fit(2);
        Fuzz.Run([File.ReadAllBytes(path)], [], bytes =>
        {
            File.WriteAllBytes(path, bytes);
            try
            {
                Fit(2);
            }
            catch (CallbackException e) when (e.InnerException is CheckpointException) { }
        });
    }

    [Fact]
    public void A_metric_that_cannot_be_saved_in_the_middle_is_named()
    {
        var data = new TensorDataset(Tensor.Zeros([20, 4]), Tensor.Zeros([20, 1]));
        Learner<Linear> Learner(int? every) => new Linear(4, 1).Setup((y, t) => y.MseLoss(t), p => new SGD(p), new Counting()) with { Callbacks = [new AutoResume(_folder["a"], every)] };
        Assert.Equal(2, Learner(null).Fit(data.Loader(5), 2).History.Epochs.Count);
        File.Delete(_folder["a"]);
        Assert.Contains("The metric counting cannot be saved in the middle of an epoch", Assert.Throws<CallbackException>(() => Learner(1).Fit(data.Loader(5), 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_limit_has_ended_goes_on()
    {
        float[] Unlimited() => Tiny.Learner().Fit(Tiny.Batches(50), 4, Tiny.Batches(20)).Model.Bits();
        (int Batches, Fitted<Line> Fitted) Fit(int? steps = null, TimeSpan? time = null)
        {
            var watch = new Watch(_ => { }, at: 0);
            var fitted = Tiny.Learner().Limit(steps: steps, time: time).With(watch, new AutoResume(_folder["a"])).Fit(Tiny.Batches(50), 4, Tiny.Batches(20));
            return (watch.Count, fitted);
        }
        Assert.Equal(1, Fit(time: TimeSpan.Zero).Batches);
        Assert.Equal(1, Fit(time: TimeSpan.Zero).Batches);
        Assert.Equal(5, Fit(steps: 7).Batches);
        Assert.Equal((0, "after 7 steps"), (Fit(steps: 7) is var none ? none.Batches : 0, none.Fitted.History.StopReason));
        var rest = Fit();
        Assert.Equal((13, null), (rest.Batches, rest.Fitted.History.StopReason));
        Assert.Equal(Unlimited(), rest.Fitted.Model.Bits());
        Assert.Equal(0, Fit().Batches);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(7)]
    [InlineData(3)]
    public void What_is_cancelled_in_validation_trains_nothing_twice(int? everyBatches)
    {
        string unbroken = Unbroken();
        var experiment = new Experiment(_folder["a"], everyBatches);
        experiment.Run(new Watcher { BatchEnd = e => { if ((e.Phase, e.Epoch, e.Batch) == (Phase.Valid, 2, 1)) e.Run.Stop("cancelled", urgent: true); } });
        var watch = new Watch(_ => { }, at: 0);
        Assert.Equal(unbroken, experiment.Bits(experiment.Run(watch)));
        Assert.Equal((2 * Experiment.Batches, (3, 1)), (watch.Count, watch.First));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public void A_query_over_a_loader_goes_on_with_its_order(int? everyBatches)
    {
        float[] Fit(string path, int killAt)
        {
            var batches = Tiny.Points(50).Loader(10, shuffle: true, workers: 0, seed: 4).Select(b => b);
            var learner = Tiny.Learner().With(new AutoResume(path, everyBatches));
            if (killAt > 0) Assert.Throws<CallbackException>(() => learner.With(new Watch(_ => throw new InvalidOperationException("killed"), killAt)).Fit(batches, 4));
            return killAt > 0 ? Fit(path, 0) : learner.Fit(batches, 4).Model.Bits();
        }
        Assert.Equal(Fit(_folder["whole"], 0), Fit(_folder["broken"], 13));
    }

    [Fact]
    public void A_cancelled_run_that_cannot_be_saved_there_goes_on_where_it_was_saved()
    {
        var learner = Tiny.Learner() with { Metrics = [new Counting()], Callbacks = [new AutoResume(_folder["a"])] };
        var watch = new Watch(run => run.Stop("cancelled", urgent: true), at: 3);
        Assert.Equal("cancelled", learner.With(watch).Fit(Tiny.Batches(20), 3).History.StopReason);
        watch = new Watch(_ => { }, at: 0);
        learner.With(watch).Fit(Tiny.Batches(20), 3);
        Assert.Equal((2, 1), watch.First);
    }

    sealed record Counting : Metric
    {
        public override string Name => "counting";

        public override IMetricState Begin() => new State();

        sealed class State : IMetricState
        {
            public double Value { get; private set; }

            public void Add(Tensor output, Tensor target) => Value++;

            public void Merge(IMetricState other) => Value += other.Value;
        }
    }

    [Fact]
    public void Parts_of_a_state_are_a_beginning()
    {
        int run = 0;
        string states = _folder["states"];
        Learner<Line> Fresh(double rate, params Callback[] callbacks) => new Line(1).Setup(Tiny.Loss, p => new SGD(p, rate, momentum: 0.9)) with { Callbacks = callbacks };
        float[] fresh = new Line(1).Bits(), learnt = Fresh(0.02, new AutoResume(_folder["a"], keep: Path.Combine(states, "{epoch}.safetensors"))).Fit(Tiny.Batches(20), epochs: 3).Model.Bits();
        var (fromModel, epochs) = Take(RunParts.Model, 0, 2);
        Assert.Equal(learnt, fromModel);                                    // and with a rate of 0 nothing is learnt
        Assert.Equal([1, 2], epochs);
        (var fromRecords, epochs) = Take(RunParts.Records, 0, 5);
        Assert.Equal(fresh, fromRecords);
        Assert.Equal([1, 2, 3, 4, 5], epochs);
        (float[] withMoments, epochs) = Take(RunParts.Optimizers | RunParts.Model, 0.02, 1);
        Assert.Equal([1], epochs);
        Assert.NotEqual(Take(RunParts.Model, 0.02, 1).Weights, withMoments);

        Assert.Throws<ArgumentException>(() => new AutoResume("x", take: RunParts.Model));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AutoResume("x", from: "y", take: 0));

        (float[] Weights, int[] Epochs) Take(RunParts take, double rate, int count)
        {
            var fitted = Fresh(rate, new AutoResume(_folder[$"run{run++}"], from: states, take: take)).Fit(Tiny.Batches(20), epochs: count);
            return (fitted.Model.Bits(), [.. fitted.History.Epochs.Select(e => e.Epoch)]);
        }
    }
}
