using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

public class FitTests
{
    sealed class Line(ulong seed) : Layer
    {
        readonly Linear fc = new(3, 1, generator: new Generator(seed));

        public override Tensor Forward(Tensor x) => x.Apply(fc);
    }

    /// <summary>y = 2a − b + 0.5c + 1, without noise.</summary>
    static TensorDataset Points(int count)
    {
        var x = Tensor.Randn([count, 3], generator: new Generator(5));
        return new(x, x.MatMul(Tensor.From([2f, -1, 0.5f])) + 1);
    }

    static Learner<Line> Learner(ulong seed = 1) => new Line(seed)
        .Setup(loss: (y, target) => y.MseLoss(target.Unsqueeze(1)), optimizer: p => new Adam(p, learningRate: 0.05), metrics: new MeanAbsoluteError()) with { Callbacks = [] };

    [Fact]
    public void A_line_is_learnt_and_measured()
    {
        var data = Points(400);
        var fitted = Learner().Fit(data[..300].Loader(32, shuffle: true, seed: 1), epochs: 30, valid: data[300..].Loader(64));
        Assert.Equal(30, fitted.History.Epochs.Count);
        Assert.InRange(fitted.History.Epochs[^1].Valid!.Loss, 0, 1e-4);
        Assert.InRange(fitted.Evaluate(data[300..].Loader(50))["mae"], 0, 1e-2);
        Tensor predictions = fitted.Predict(data[300..].Loader(64)).Squeeze();
        Assert.Equal([100], predictions.Shape);
        Assert.InRange((double)(predictions - data.Y[300..]).Abs().Amax(), 0, 0.05);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 4)]
    public void The_same_seed_gives_the_same_bits_on_any_number_of_threads(int threads, int workers)
    {
        float[] Losses(int t, int w)
        {
            int before = Threads.Count;
            Threads.Count = t;
            try
            {
                return [.. Learner(9).Fit(Points(200).Loader(32, shuffle: true, workers: w, seed: 3), epochs: 3).History.Epochs.Select(e => (float)e.Train.Loss)];
            }
            finally
            {
                Threads.Count = before;
            }
        }
        Assert.Equal(Losses(1, 0), Losses(threads, workers));
    }

    [Fact]
    public void Losses_are_weighted_by_batch_size()
    {
        var data = new TensorDataset(Tensor.Zeros([3, 3]), Tensor.From([0f, 0f, 3f]));
        var result = Learner().Evaluate(data.Loader(2));
        var whole = Learner().Evaluate(data.Loader(3));
        Assert.Equal(whole.Loss, result.Loss, 1e-6);
        Assert.Equal(whole["mae"], result["mae"], 1e-6);
    }

    [Fact]
    public void Cancelling_keeps_what_was_learnt()
    {
        using var cancel = new CancellationTokenSource();
        var stopper = new StopAfter(3, cancel);
        var model = new Line(1);
        float before = (float)model.Parameters()[0].Abs().Sum();
        var fitted = model.Setup((y, t) => y.MseLoss(t.Unsqueeze(1)), p => new SGD(p, 0.01)).With(stopper) .Fit(Points(100).Loader(10), epochs: 100, cancellation: cancel.Token);
        Assert.Equal((3, "cancelled"), (stopper.Batches, fitted.History.StopReason));
        Assert.NotEqual(before, (float)fitted.Model.Parameters()[0].Abs().Sum());
    }

    sealed class StopAfter(int batches, CancellationTokenSource cancel) : Callback
    {
        public int Batches { get; private set; }

        public override void On(BatchEnd e)
        {
            if (++Batches == batches) cancel.Cancel();
        }
    }

    [Fact]
    public void Validation_runs_in_evaluation_mode_without_a_graph()
    {
        var watch = new Modes();
        Learner().With(watch).Fit(Points(20).Loader(10), epochs: 1, valid: Points(10).Loader(10));
        Assert.Equal(["Train True True", "Train True True", "Valid False False"], watch.Seen);
    }

    sealed class Modes : Callback
    {
        public List<string> Seen { get; } = [];

        public override void On(BatchEnd e) => Seen.Add($"{e.Phase} {e.Run.Model.IsTraining} {e.Output.RequiresGrad}");
    }

    [Fact]
    public void A_failing_callback_is_named_with_its_event()
    {
        var e = Assert.Throws<CallbackException>(() => Learner().With(new Failing()).Fit(Points(40).Loader(10), epochs: 2));
        Assert.Contains("Failing failed on BatchEnd of epoch 1, training batch 2: out of ink", e.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidDataException>(e.InnerException);
    }

    sealed class Failing : Callback
    {
        public override void On(BatchEnd e)
        {
            if (e.Batch == 2) throw new InvalidDataException("out of ink");
        }
    }

    [Fact]
    public void Middleware_wraps_the_step()
    {
        int steps = 0;
        var learner = Learner().Around((context, step) =>
        {
            steps++;
            var result = step(context);
            Assert.All(context.Model.Parameters(), p => Assert.NotNull(p.Grad));
            return result;
        });
        learner.Fit(Points(40).Loader(10), epochs: 2);
        Assert.Equal(8, steps);
    }
}
