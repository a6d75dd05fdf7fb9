using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

public class NanWatchTests
{
    sealed class Net : Layer
    {
        readonly Linear first = new(2, 4, generator: new Generator(1));
        readonly Sequential rest = new(new Tanh(), new Linear(4, 1, generator: new Generator(2)));

        public Func<Tensor, Tensor> Between { get; init; } = x => x;

        public override Tensor Forward(Tensor x) => Between(x.Apply(first)).Apply(rest);
    }

    static readonly Batch[] s_batches = [.. Enumerable.Range(0, 5).Select(i => new Batch(Tensor.Rand([3, 2], generator: new Generator((ulong)i)), Tensor.Ones([3, 1])))];

    /// <summary>Here, and on a device whose numbers are read one step late.</summary>
    public static TheoryData<bool> Late => [false, true];

    static NanException Fit(
        bool late, Net net, Loss? loss = null, Func<IEnumerable<Tensor>, Optimizer>? optimizer = null, Batch[]? train = null, Batch[]? valid = null, Callback? first = null)
    {
        Callback[] before = first is null ? [] : [first];
        return Assert.Throws<NanException>(() =>
            (net.Setup(loss ?? ((y, t) => y.MseLoss(t)), optimizer ?? (p => new SGD(p, 0.1))) with { Callbacks = [.. before, new NanWatch()] })
            .On(late ? new ForeignDevice() : Device.Cpu).Fit(train ?? s_batches, 3, valid));
    }

    /// <summary>Breaks a weight before a batch.</summary>
    sealed class Saboteur(int epoch, int batch, Action<Layer> sabotage) : Callback
    {
        public override void On(BatchBegin e)
        {
            using var noGrad = Autograd.NoGrad();
            if ((e.Phase, e.Epoch, e.Batch) == (Phase.Train, epoch, batch)) sabotage((Layer)e.Run.Model);
        }
    }

    [Theory, MemberData(nameof(Late))]
    public void The_layer_and_the_batch_are_named_and_on_the_processor_the_model_is_not_updated(bool late)
    {
        float before = 0;
        var net = new Net();
        var e = Fit(late, net, first: new Saboteur(2, 3, m =>
        {
            m.Parameters()[2].Fill(double.NaN);
            before = (float)m.Parameters()[0].Sum();
        }));
        Assert.Equal((NanKind.Activation, "rest.1", 2, 3), (e.Kind, e.Name, e.Epoch, e.Batch));
        Assert.Equal("The result of rest.1 (Linear 4→1) [3, 1], its input was finite, has 3 NaN among 3 numbers, in epoch 2, batch 3.", e.Message);
        if (!late) Assert.Equal(before, (float)net.Parameters()[0].Sum());
    }

    [Theory, MemberData(nameof(Late))]
    public void A_function_between_layers_is_told_from_the_layer(bool late)
    {
        var e = Fit(late, new Net { Between = x => x * double.NaN });
        Assert.Equal((NanKind.Activation, "rest.0"), (e.Kind, e.Name));
        Assert.Contains("its input was not finite either", e.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Late))]
    public void Gradients_are_looked_at_before_the_update(bool late)
    {
        // The root of a distance of 0 is finite, its derivative is not.
        var net = new Net();
        float before = (float)net.Parameters()[0].Sum();
        var e = Fit(late, net, loss: (y, _) => (y - y.Detach()).Abs().Sqrt().Sum());
        Assert.Equal((NanKind.Gradient, "first.weight", 1, 1), (e.Kind, e.Name, e.Epoch, e.Batch));
        Assert.StartsWith("The gradient of first.weight [4, 2] has", e.Message, StringComparison.Ordinal);
        if (!late) Assert.Equal(before, (float)net.Parameters()[0].Sum());
    }

    [Theory, MemberData(nameof(Late))]
    public void Parameters_are_looked_at_after_the_update(bool late)
    {
        var e = Fit(late, new Net(), optimizer: p => new SGD(p, double.MaxValue));
        Assert.Equal((NanKind.Parameter, "first.weight"), (e.Kind, e.Name));
    }

    [Theory, MemberData(nameof(Late))]
    public void Inputs_and_the_loss_are_told_apart(bool late)
    {
        Batch[] broken = [s_batches[0], new(Tensor.From([1f, float.NaN]).Reshape(1, 2), Tensor.Ones([1, 1]))];
        var input = Fit(late, new Net(), train: broken);
        Assert.Equal((NanKind.Input, 1, 2), (input.Kind, input.Epoch, input.Batch));
        Assert.StartsWith("The inputs of the training batch have 1 NaN among 2 numbers", input.Message, StringComparison.Ordinal);
        Assert.StartsWith("The inputs of the validation batch", Fit(late, new Net(), valid: broken).Message, StringComparison.Ordinal);
        Assert.Equal(NanKind.Loss, Fit(late, new Net(), loss: (y, t) => (y * 0).Log().Sum() + t.Sum() * y.Sum()).Kind);
    }

    [Fact]
    public void The_last_batch_of_a_pass_is_looked_at_too()
    {
        var e = Fit(late: true, new Net(), first: new Saboteur(1, 5, m => m.Parameters()[2].Fill(double.NaN)));
        Assert.Equal((NanKind.Activation, "rest.1", 1, 5), (e.Kind, e.Name, e.Epoch, e.Batch));
    }

    [Theory, MemberData(nameof(Late))]
    public void A_training_without_NaN_has_the_same_bits_as_without_the_watch(bool late)
    {
        float[] With(params Callback[] callbacks)
        {
            var net = new Net();
            (net.Setup((y, t) => y.MseLoss(t), p => new Adam(p)) with { Callbacks = callbacks }).On(late ? new ForeignDevice() : Device.Cpu).Fit(s_batches, 3, s_batches);
            return [.. net.Parameters().SelectMany(p => p.ToArray<float>())];
        }
        Assert.Equal(With(), With(new NanWatch()));
    }
}
