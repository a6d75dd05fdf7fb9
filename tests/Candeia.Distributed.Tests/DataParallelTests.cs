using Candeia.Data;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Distributed.Tests;

/// <summary>The same program on the same data comes to the same results, whatever the number of ranks.</summary>
public class DataParallelTests
{
    static Together.Outcome One(Func<Callback[]>? others = null, int items = 131, int size = 16) =>
        Together.Fit(1, _ => [.. others?.Invoke() ?? []], items, size)[0];

    static Together.Outcome[] Several(int ranks, Func<Callback[]>? others = null, int items = 131, int size = 16, bool overlap = true) =>
        Together.Fit(ranks, world => [Together.Parallel(world, overlap: overlap), .. others?.Invoke() ?? []], items, size);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Uneven_batches_train_as_in_one_process(int ranks)
    {
        var outcomes = Several(ranks);
        Together.SameBits(outcomes);
        Together.Near(One(), outcomes[^1]);
    }

    [Fact]
    public void Ranks_without_items_take_part()
    {
        var outcomes = Several(4, items: 14, size: 4);                       // the last batch has two
        Together.SameBits(outcomes);
        Together.Near(One(items: 14, size: 4), outcomes[0]);
    }

    [Fact]
    public void Overlap_changes_no_bit() => Together.SameBits([.. Several(3), .. Several(3, overlap: false)]);

    public static TheoryData<string> Callbacks => ["clip", "accumulate", "ema", "plateau", "early", "mixed", "best"];

    [Theory]
    [MemberData(nameof(Callbacks))]
    public void Callbacks_do_what_they_do_in_one_process(string name)
    {
        Callback[] Make() => name switch
        {
            "clip" => [new ClipGradNorm(0.5)],
            "accumulate" => [new AccumulateGradients(2)],
            "ema" => [new EmaWeights(0.9)],
            "plateau" => [new LearningRateSchedule(new ReduceOnPlateau(patience: 0, threshold: 10), "valid_mae")],
            "early" => [new EarlyStopping("valid_loss", patience: 1, minDelta: 100)],
            "mixed" => [new MixedPrecision(DType.Float64)],
            _ => [new KeepBest("valid_loss")],
        };
        var outcomes = Several(3, Make, items: 67);                          // the last batch has three: one each
        Together.SameBits(outcomes);
        Together.Near(One(Make, items: 67), outcomes[2], within: 1e-5);
    }

    /// <summary>What is rounded to 16 bits differs by rounding, but on all ranks alike.</summary>
    [Fact]
    public void Mixed_precision_has_the_same_bits_on_every_rank()
    {
        Callback[] Make() => [new MixedPrecision(DType.BFloat16)];
        var outcomes = Several(3, Make, items: 67);
        Together.SameBits(outcomes);
        Together.Near(One(Make, items: 67), outcomes[1], within: 0.02);
    }

    [Fact]
    public void Accumulation_counts_samples_also_where_a_rank_has_none()
    {
        Callback[] Make() => [new AccumulateGradients(3)];
        var outcomes = Several(4, Make, items: 14, size: 4);
        Together.SameBits(outcomes);
        Together.Near(One(Make, items: 14, size: 4), outcomes[1], within: 1e-5);
    }

    [Fact]
    public void An_optimizer_that_looks_several_times_sees_the_whole_batch()
    {
        Fitted<Together.Net> Fit(params Callback[] callbacks) => Together.Learner(new(normalizes: false), p => new LBFGS(p, learningRate: 0.1, maxIterations: 4)).With(callbacks)
            .Fit(Together.Batches(32, 32), epochs: 2);
        var outcomes = Together.Fit(3, world => Fit(Together.Parallel(world)));
        Together.SameBits(outcomes);
        Together.Near(Together.Fit(1, _ => Fit())[0], outcomes[0], within: 1e-3);
    }

    [Fact]
    public void A_step_of_ones_own_with_two_optimizers_trains_as_in_one_process()
    {
        static Fitted<Together.Net> Fit(params Callback[] callbacks)
        {
            var model = new Together.Net();
            var learner = model.Setup((net, context) =>
            {
                context.Update(() => net.Forward(context.Batch.X).MseLoss(context.Batch.Y));
                Tensor? output = null;
                var loss = context.Update(() => (output = net.Forward(context.Batch.X)).L1Loss(context.Batch.Y), optimizer: 1);
                context.Record("spread", output!.Std());
                return new(output!, loss);
            }, net => [new SGD(net.Parameters().Take(4), 0.02), new SGD(net.Parameters().Skip(4), 0.02)]) with { Callbacks = [] };
            return learner.With(callbacks).Fit(Together.Batches(60, 12), epochs: 2);
        }
        var outcomes = Together.Fit(2, world => Fit(Together.Parallel(world)));
        Together.SameBits(outcomes);
        var one = Together.Fit(1, _ => Fit())[0];
        Assert.All(one.Weights.Zip(outcomes[0].Weights), w => Assert.InRange(Math.Abs(w.First - w.Second), 0, 1e-5));
    }

    [Fact]
    public void A_split_optimizer_makes_the_same_updates()
    {
        static Fitted<Together.Net> Fit(ICommunicator world, bool splits) => Together.Learner(optimizer: p => new Adam(p, 0.01))
            .With(Together.Parallel(world, splits: splits), new ClipGradNorm(1)).Fit(Together.Batches(), epochs: 2);
        Together.SameBits([.. Together.Fit(3, world => Fit(world, splits: true)), .. Together.Fit(3, world => Fit(world, splits: false))]);
    }

    [Fact]
    public void Ranks_begin_with_the_weights_of_the_first()
    {
        var outcomes = Together.Fit(3, world =>
        {
            var net = new Together.Net();
            using (Autograd.NoGrad()) foreach (var p in net.Parameters()) p.CopyFrom(p + world.Rank);
            return Together.Learner(net).With(Together.Parallel(world)).Fit(Together.Batches(), epochs: 1);
        });
        Together.SameBits(outcomes);
    }

    [Fact]
    public void All_stop_after_the_same_batch_if_one_wants_it()
    {
        var steps = new int[3];
        var outcomes = Together.Fit(3, world => Together.Learner().With(Together.Parallel(world), new Each(e =>
        {
            steps[world.Rank] = e.Run.Step;
            if (world.Rank == 1 && e.Run.Step == 4) e.Run.Stop("enough", urgent: true);
        })).Fit(Together.Batches(), epochs: 9));
        Assert.Equal([5, 5, 5], steps);
        Assert.All(outcomes, o => Assert.Equal("enough", o.History.StopReason));
    }

    [Fact]
    public void The_first_rank_alone_draws_and_writes()
    {
        using var folder = new TemporaryFolder();
        var drawn = new string[3];
        Together.Fit(3, world =>
        {
            using var output = new StringWriter();
            var fitted = Together.Learner().With(
                Together.Parallel(world), new Progress(output, width: 80), new CsvLog(folder[$"{world.Rank}", "log.csv"]), new Training.TensorBoard(folder[$"{world.Rank}", "board"]),
                new ModelCheckpoint(folder[$"{world.Rank}", "best.safetensors"]), new AutoResume(folder[$"{world.Rank}", "resume.safetensors"])).Fit(Together.Batches(), epochs: 2);
            drawn[world.Rank] = output.ToString();
            return fitted;
        });
        Assert.Contains("Epoch 2/2", drawn[0], StringComparison.Ordinal);
        Assert.Equal(["", ""], drawn[1..]);
        Assert.All(folder.Files, f => Assert.StartsWith("0", f, StringComparison.Ordinal));
        Assert.True(folder.Files.Count() >= 6);
    }

    [Fact]
    public void Every_rank_predicts_and_measures_everything()
    {
        var data = Together.Points(11);
        var expected = Together.Learner().Predict(data, batchSize: 3).ToArray<float>();
        var measured = Together.Learner().Evaluate(data, batchSize: 3);
        ThreadRanks.Run(4, world =>
        {
            var learner = Together.Learner().With(Together.Parallel(world));
            Assert.Equal(expected, learner.Predict(data, batchSize: 3).ToArray<float>());
            var result = learner.Evaluate(data, batchSize: 3);
            Assert.Equal(measured.Metrics["pearson"], result.Metrics["pearson"], 6);
            Assert.Equal((measured.Samples, measured.Metrics["mae"]), (result.Samples, result.Metrics["mae"]));
        });
    }

    [Fact]
    public void Outputs_that_are_several_are_put_together()
    {
        var data = Together.Points(10);
        ThreadRanks.Run(3, world =>
        {
            var head = new Linear(3, 2, generator: new Generator(1));
            var learner = head.Setup(
                forward: (Linear net, (Tensor X, Tensor Y) pair) => (A: net.Forward(pair.X)[.., 0], B: net.Forward(pair.X)[.., 1]),
                loss: (heads, pair) => heads.A.MseLoss(pair.Y[.., 0]) + heads.B.Square().Mean(),
                optimizer: p => new SGD(p, 0.01),
                new MeanAbsoluteError().Of(((Tensor A, Tensor B) heads, (Tensor X, Tensor Y) pair) => (heads.B, pair.Y[.., 0]), "b_error")) with { Callbacks = [] };
            var batches = new[] { new Batch<(Tensor X, Tensor Y)>((data.Loader(10, workers: 0, seed: 1).Peek().X, data.Loader(10, workers: 0, seed: 1).Peek().Y), 10, (v, change) => (change(v.X), change(v.Y))) };
            double alone = learner.Evaluate(batches).Metrics["b_error"];
            Assert.Equal(alone, learner.With(Together.Parallel(world)).Evaluate(batches).Metrics["b_error"]);
        });
    }

    [Fact]
    public void Different_data_are_refused()
    {
        var failure = Assert.ThrowsAny<Exception>(() => Together.Fit(2, world => Together.Learner().With(Together.Parallel(world)).Fit(Together.Batches(64 + 16 * world.Rank), epochs: 1)));
        Assert.Contains("batches to train on", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loop_of_ones_own_needs_two_calls()
    {
        var one = Loop(new SingleCommunicator());
        ThreadRanks.Run(3, world => Assert.All(one.Zip(Loop(world)), w => Assert.InRange(Math.Abs(w.First - w.Second), 0, 1e-6)));

        static float[] Loop(ICommunicator world)
        {
            var model = new Together.Net(normalizes: false);
            var sgd = new SGD(model.Parameters(), 0.05);
            world.Broadcast(model);
            foreach (var batch in Together.Batches(64, 16))
            {
                int from = batch.Size * world.Rank / world.Size, to = batch.Size * (world.Rank + 1) / world.Size;
                sgd.ZeroGrad();
                model.Forward(batch.X[from..to]).MseLoss(batch.Y[from..to]).Backward();
                world.AverageGradients(sgd, to - from);
                sgd.Step();
            }
            return Together.Weights(model);
        }
    }

    sealed class Each(Action<BatchEnd> action) : Callback
    {
        public override void On(BatchEnd e)
        {
            if (e.Phase == Phase.Train) action(e);
        }
    }
}
