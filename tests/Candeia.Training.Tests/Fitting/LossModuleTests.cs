using Candeia.NN;

namespace Candeia.Training.Tests;

/// <summary>What a loss has learnt, and what it draws at random, is treated like that of the model.</summary>
public sealed class LossModuleTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Learns the logarithm of the noise (Kendall and Gal 2017), and drops some errors.</summary>
    sealed class Noisy(DType dtype = DType.Float32) : LossModule
    {
        readonly Tensor scale = Parameter.Of(Tensor.Zeros([1], dtype));
        readonly Dropout drop = new(0.2, new Generator(9));

        public HashSet<DType> Computed { get; } = [];

        public float Scale => scale.To(DType.Float32).ToArray<float>()[0];

        public override Tensor Forward(Tensor output, Tensor target)
        {
            Computed.Add(scale.DType);
            return ((output - target.Unsqueeze(1)).Apply(drop).Square().Mean() * (-scale).Exp() + scale).Sum();
        }
    }

    static Learner<Line> Learner(LossModule loss, params Callback[] callbacks) => new Line(1).Setup(loss, p => new SGD(p, 0.02)) with { Callbacks = callbacks };

    [Fact]
    public void It_is_saved_and_loaded_with_the_model()
    {
        Noisy loss = new(), again = new();
        Learner(loss).Fit(Tiny.Batches(50), 2).Save(_folder.Path);
        Assert.Equal(["loss.safetensors", "model-card.md", "model.safetensors", "training.json"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
        Assert.NotEqual(0, loss.Scale);
        Fitted.Load(_folder.Path, Learner(again));
        Assert.Equal(loss.Scale, again.Scale);
        Assert.Equal(2, Fitted.Load(_folder.Path, () => new Line(3)).History.Epochs.Count);

        byte[] bytes = File.ReadAllBytes(_folder["loss.safetensors"]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(_folder["loss.safetensors"], bytes);
        Assert.Contains("loss.safetensors is not the file", Assert.Throws<CheckpointException>(() => Fitted.Load(_folder.Path, Learner(again))).Message, StringComparison.Ordinal);
        Tiny.Learner().Fit(Tiny.Batches(20), 1).Save(_folder.Path);
        Assert.Equal(["model-card.md", "model.safetensors", "training.json"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void It_stands_beside_the_weights_of_the_best_epochs()
    {
        Noisy loss = new(), again = new();
        List<float> scales = [];
        Learner(loss, new ModelCheckpoint(_folder["{epoch}.safetensors"], "train_loss", higherIsBetter: true, keep: 1), new Watcher { EpochEnd = _ => scales.Add(loss.Scale) }).Fit(Tiny.Batches(50), 3);
        Assert.Equal(["1.loss.safetensors", "1.safetensors"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
        again.Load(_folder["1.loss.safetensors"]);
        Assert.Equal(scales[0], again.Scale);
        Learner(new Noisy(), new ModelCheckpoint(_folder["{epoch}.safetensors"], "train_loss", last: _folder["last.safetensors"])).Fit(Tiny.Batches(50), 3);
        Assert.Equal(["3.loss.safetensors", "3.safetensors", "last.loss.safetensors", "last.safetensors"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void It_is_averaged()
    {
        var loss = new Noisy();
        double? average = null;
        Learner(loss, new EmaWeights(0.5), new Watcher { BatchEnd = e => { if (e.Phase == Phase.Train) average = average is null ? loss.Scale : average.Value / 2 + loss.Scale / 2; } })
            .Fit(Tiny.Batches(50), 2);
        Assert.Equal(average!.Value, loss.Scale, 1e-6);
    }

    [Fact]
    public void It_computes_in_the_type_of_the_model()
    {
        var loss = new Noisy(DType.Float64);
        var data = Tiny.Points(40);
        var doubles = new Data.TensorDataset(data.X.To(DType.Float64), data.Y.To(DType.Float64));
        (new Line(1).To(DType.Float64).Setup(loss, p => new SGD(p, 0.02)) with { Callbacks = [new MixedPrecision()] }).Fit(doubles, 1);
        Assert.Equal([DType.Float32], loss.Computed);
        Assert.Equal(DType.Float64, loss.Parameters()[0].DType);
        Assert.NotEqual(0, loss.Scale);
    }

    sealed class Steep : LossModule
    {
        readonly Tensor scale = Parameter.Of(Tensor.Zeros([1]));

        public override Tensor Forward(Tensor output, Tensor target) => Tiny.Loss(output, target) + scale.Square().Sqrt().Sum();
    }

    [Fact]
    public void Its_gradients_are_watched()
    {
        var e = Assert.Throws<NanException>(() => Learner(new Steep(), new NanWatch()).Fit(Tiny.Batches(20), 1));
        Assert.Equal((NanKind.Gradient, "(loss).scale"), (e.Kind, e.Name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public void A_resumed_run_draws_what_it_would_have_drawn(int? everyBatches)
    {
        float[] Fit(string path, bool dies)
        {
            var loss = new Noisy();
            var killer = new Watcher { BatchEnd = e => { if (dies && (e.Epoch, e.Batch) == (2, 3)) throw new InvalidOperationException("killed"); } };
            var learner = Learner(loss, new AutoResume(path, everyBatches), killer);
            if (dies) Assert.Throws<CallbackException>(() => learner.Fit(Tiny.Batches(50), 3));
            return dies ? Fit(path, dies: false) : [.. learner.Fit(Tiny.Batches(50), 3).Model.Bits(), loss.Scale];
        }
        Assert.Equal(Fit(_folder["whole"], dies: false), Fit(_folder["broken"], dies: true));
    }
}
