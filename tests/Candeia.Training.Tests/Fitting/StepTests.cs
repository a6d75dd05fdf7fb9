using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

public class StepTests
{
    [Fact]
    public void A_step_of_ones_own_replaces_the_usual_one()
    {
        var usual = Tiny.Learner().Fit(Tiny.Batches(40), epochs: 2, valid: Tiny.Batches(20));
        var own = Tiny.Learner().Step((model, context) =>
        {
            var (x, y) = context.Batch;
            Tensor? output = null;
            var loss = context.Update(() => (output = model.Forward(x)).MseLoss(y.Unsqueeze(1)));
            context.Record("largest", output!.Abs().Amax().Item());
            return new(output!, loss);
        }).Fit(Tiny.Batches(40), epochs: 2, valid: Tiny.Batches(20));
        Assert.Equal(usual.Model.Bits(), own.Model.Bits());
        Assert.Equal(usual.History.Epochs[1].Valid!.Loss, own.History.Epochs[1].Valid!.Loss);
        Assert.True(own.History.Epochs[1].Valid!["largest"] > 0);
    }

    [Fact]
    public void A_step_may_do_everything_by_hand()
    {
        var own = Tiny.Learner().Step((model, context) =>
        {
            var (x, y) = context.Batch;
            var output = model.Forward(x);
            var loss = Tiny.Loss(output, y);
            if (context.Phase == Phase.Train)
            {
                context.Optimizer.ZeroGrad();
                loss.Backward();
                context.GradientsReady(context.Optimizer);
                context.Optimizer.Step();
            }
            return new(output, loss);
        });
        Assert.Equal(Tiny.Learner().With(new ClipGradNorm(0.2)).Fit(Tiny.Batches(40), epochs: 2).Model.Bits(), own.With(new ClipGradNorm(0.2)).Fit(Tiny.Batches(40), epochs: 2).Model.Bits());
    }

    [Fact]
    public void LBFGS_fits_exactly_and_is_measured_before_the_update()
    {
        var fitted = (new Line(1).Setup(Tiny.Loss, p => new LBFGS(p, strongWolfe: true), new MeanAbsoluteError()) with { Callbacks = [] }).Fit(Tiny.Batches(50, 50), epochs: 3);
        Assert.InRange(fitted.History.Epochs[^1].Train.Loss, 0, 1e-9);
        Assert.InRange(fitted.History.Epochs[^1].Train["mae"], 0, 1e-4);
        var untrained = Tiny.Learner().Evaluate(Tiny.Batches(50, 50));
        Assert.Equal((untrained.Loss, untrained["mae"]), (fitted.History.Epochs[0].Train.Loss, fitted.History.Epochs[0].Train["mae"]));
    }

    sealed class ScaledLoss : LossModule
    {
        readonly Tensor scale = Parameter.Of(Tensor.From([0f]));

        public float Scale => scale.ToArray<float>()[0];

        public override Tensor Forward(Tensor output, Tensor target) =>
            (Tiny.Loss(output, target) * (-scale).Exp() + scale).Sum();                      // Kendall and Gal 2017: learns the logarithm of the noise
    }

    [Fact]
    public void A_loss_with_parameters_learns_them()
    {
        var loss = new ScaledLoss();
        var fitted = (new Line(1).Setup(loss, p => new SGD(p, 0.02)) with { Callbacks = [] }).Fit(Tiny.Batches(100), epochs: 10);
        Assert.True(loss.Scale < -0.5, $"{loss.Scale}");
        Assert.True(fitted.History.Epochs[^1].Train.Loss < fitted.History.Epochs[0].Train.Loss);
        Assert.False(loss.IsTraining);
    }

    sealed class Gan : Layer
    {
        public Linear Artist { get; } = new(1, 1, generator: new Generator(1));

        public Sequential Critic { get; } = new(new Linear(1, 16, generator: new Generator(2)), new ReLU(), new Linear(16, 1, generator: new Generator(3)));

        public override Tensor Forward(Tensor noise) => Artist.Forward(noise);

        public static StepResult Step(Gan gan, StepContext context)
        {
            var real = context.Batch.X;
            var fake = gan.Forward(Tensor.Randn(real.Shape));
            var critic = context.Update(() => gan.Critic.Forward(real).BceWithLogitsLoss(Tensor.Ones(real.Shape)) + gan.Critic.Forward(fake.Detach()).BceWithLogitsLoss(Tensor.Zeros(real.Shape)));
            var artist = context.Update(() => gan.Critic.Forward(fake).BceWithLogitsLoss(Tensor.Ones(real.Shape)), optimizer: 1);
            context.Record("critic", critic.Item());
            context.Record("artist", artist.Item());
            return new(fake, critic);
        }
    }

    [Collection(nameof(Alone))]
    public class WithTheGlobalGenerator
    {
        [Fact]
        public void A_GAN_with_two_optimizers_learns_to_draw_from_a_distribution()
        {
            Generator.Seed(8);
            var real = Tensor.Randn([512, 1]) * 0.5 + 3;
            var learner = new Gan().Setup(Gan.Step, gan => [new Adam(gan.Critic.Parameters(), 0.01), new Adam(gan.Artist.Parameters(), 0.01)]) with { Callbacks = [] };
            Assert.InRange(Mean(learner.Predict(Tensor.Randn([500, 1]))), -1.5, 1.5);
            var fitted = learner.With(new ClipGradNorm(5)).Fit(real, Tensor.Zeros([512]), epochs: 40);
            var drawn = fitted.Predict(Tensor.Randn([500, 1]));
            Assert.InRange(Mean(drawn), 2.3, 3.7);
            Assert.Equal(["critic", "artist", "grad_norm"], fitted.History.Epochs[^1].Train.Metrics.Keys.Order().OrderBy(k => k switch { "critic" => 0, "artist" => 1, _ => 2 }));
        }

        static double Mean(Tensor x) => x.Mean().Item();
    }

    [Fact]
    public void The_loss_that_was_never_named_is_asked_for_in_vain()
    {
        var learner = new Line(1).Setup((model, context) => new(model.Forward(context.Batch.X), context.Loss(context.Batch.X, context.Batch.Y)), model => [new Adam(model.Parameters())]);
        Assert.Contains("No loss was named", Assert.Throws<InvalidOperationException>(() => (learner with { Callbacks = [] }).Fit(Tiny.Batches(10), epochs: 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Callbacks_wrap_the_step_from_the_outside_in()
    {
        List<string> order = [];
        var learner = Tiny.Learner().Around((context, step) => { order.Add("function"); return step(context); }).With(new Wrapping("first", order), new Wrapping("second", order));
        learner.Fit(Tiny.Batches(10), epochs: 1);
        Assert.Equal(["first", "second", "function"], order);
    }

    sealed class Wrapping(string name, List<string> order) : Callback
    {
        public override StepResult Around(StepContext context, Step step)
        {
            order.Add(name);
            return step(context);
        }
    }

    [Fact]
    public void A_batch_may_be_changed_on_its_way_to_the_step()
    {
        var zeros = Tiny.Learner(learningRate: 1).Around((context, step) => step(context with { Batch = new(context.Batch.X * 0, context.Batch.Y) }));
        float[] before = zeros.Model.Parameters()[0].ToArray<float>();
        zeros.Fit(Tiny.Batches(10), epochs: 1);
        Assert.Equal(before, zeros.Model.Parameters()[0].ToArray<float>());                  // no input, no gradient
    }

    [Fact]
    public void What_wraps_the_step_stays_when_the_step_is_replaced()
    {
        int around = 0;
        Tiny.Learner().Around((context, step) => { around++; return step(context); }).Step((model, context) =>
        {
            var output = model.Forward(context.Batch.X);
            return new(output, context.Update(() => Tiny.Loss(output, context.Batch.Y)));
        }).Fit(Tiny.Batches(30), epochs: 1);
        Assert.Equal(3, around);
    }

    sealed class Classes : Layer
    {
        readonly Linear fc = new(3, 2, generator: new Generator(1));

        public override Tensor Forward(Tensor x) => x.Apply(fc);
    }

    [Fact]
    public void A_step_of_ones_own_predicts_though_there_are_no_targets()
    {
        var classes = new Classes().Setup((model, context) =>
        {
            var (x, y) = context.Batch;
            Tensor? output = null;
            var loss = context.Update(() => (output = model.Forward(x)).CrossEntropyLoss(y));
            context.Record("largest", output!.Amax().Item());
            return new(output!, loss);
        }, model => [new SGD(model.Parameters(), 0.1)]) with { Callbacks = [] };
        Assert.Equal([5, 2], classes.Predict(Tensor.Ones([5, 3])).Shape);
        var numbers = Tiny.Learner().Step((model, context) =>
        {
            var output = model.Forward(context.Batch.X);
            var loss = context.Update(() => output.MseLoss(context.Batch.Y) + 0.01 * output.Square().Mean());
            return new(output, loss);
        });
        Assert.Equal([5, 1], numbers.Predict(Tensor.Ones([5, 3])).Shape);
    }
}
