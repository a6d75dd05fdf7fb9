using System.Text.Json;
using Candeia.Data;
using Candeia.NN;
using Candeia.Tests;

namespace Candeia.Training.Tests;

public sealed class FittedTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    sealed class Net(int width) : Layer
    {
        readonly Linear fc1 = new(3, width);
        readonly BatchNorm1d norm = new(width);
        readonly Linear fc2 = new(width, 1);

        public Net() : this(5) { }

        public override Tensor Forward(Tensor x) => x.Apply(fc1).Apply(norm).Relu().Apply(fc2);
    }

    static TensorDataset Points { get; } = Make();

    static TensorDataset Make()
    {
        var x = Tensor.Randn([60, 3], generator: new Generator(5));
        return new(x, x.Sum(1));
    }

    static Fitted<Net> Train(int width, Loss? loss = null) => Learner(width, loss).Fit(Points[..40].Loader(8, seed: 1), 3, Points[40..].Loader(20));

    static Learner<Net> Learner(int width, Loss? loss = null) =>
        new Net(width).Setup(loss ?? ((y, t) => y.MseLoss(t.Unsqueeze(1))), p => new Adam(p, 0.01), new MeanAbsoluteError()) with { Callbacks = [] };

    [Fact]
    public void A_saved_model_predicts_and_measures_the_same_and_knows_its_history()
    {
        var fitted = Train(5);
        fitted.Save(_folder["a/b"]);
        var loaded = Fitted.Load<Net>(_folder["a/b"]);
        Assert.False(loaded.Model.IsTraining);
        Assert.Equal(fitted.Predict(Points.Loader(20)).ToArray<float>(), loaded.Predict(Points.Loader(20)).ToArray<float>());
        Assert.Equal(fitted.History.ToCsv(), loaded.History.ToCsv());
        Assert.Equal(fitted.History.Epochs[1].Train["mae"], loaded.History.Epochs[1].Train["mae"]);
        Assert.Equal(["model-card.md", "model.safetensors", "training.json"], Directory.GetFiles(_folder["a/b"]).Select(Path.GetFileName).Order());

        var other = Fitted.Load(_folder["a/b"], Learner(5));
        Assert.Equal(fitted.Evaluate(Points.Loader(20)).Loss, other.Evaluate(Points.Loader(20)).Loss);
        Assert.Contains("loaded without its loss", Assert.Throws<InvalidOperationException>(() => loaded.Evaluate(Points.Loader(20))).Message, StringComparison.Ordinal);
        Assert.Contains("loaded without its loss", Assert.Throws<InvalidOperationException>(() => loaded.Learner.Fit(Points.Loader(20), 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_goes_on_counting_where_it_ended()
    {
        Train(5).Save(_folder.Path);
        List<int> steps = [];
        var learner = Learner(5).With(new Watcher { BatchBegin = e => steps.Add(e.Run.Step) });
        Fitted.Load(_folder.Path, learner).Fit(Points[..40].Loader(8, seed: 1), 1);
        Assert.Equal([15, 16, 17, 18, 19], steps);
    }

    [Fact]
    public void Models_with_arguments_are_made_by_a_function_and_others_are_refused()
    {
        Train(7).Save(_folder.Path);
        Assert.Equal(7, Fitted.Load(_folder.Path, () => new Net(7)).Model.Parameters()[0].Shape[0]);
        Assert.Contains("fc1.weight: given [7, 3], expected [5, 3]", Message<Net>(), StringComparison.Ordinal);
        Assert.Contains("holds a Net and not a Embedding", Assert.Throws<CheckpointException>(() => Fitted.Load(_folder.Path, () => new Embedding(2, 3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_is_for_anyone_and_numbers_that_are_none_survive()
    {
        Train(5, (y, t) => y.MseLoss(t.Unsqueeze(1)) * float.NaN).Save(_folder.Path);
        using var json = JsonDocument.Parse(File.ReadAllText(_folder["training.json"]));
        Assert.Equal(("Net", "Adam"), (json.RootElement.GetProperty("model").GetString(), json.RootElement.GetProperty("optimizers")[0].GetString()));
        Assert.Equal("NaN", json.RootElement.GetProperty("history").GetProperty("epochs")[2].GetProperty("valid").GetProperty("loss").GetString());
        Assert.True(double.IsNaN(Fitted.Load<Net>(_folder.Path).History.Epochs[0].Train.Loss));
    }

    [Theory]
    [InlineData("{}", "does not describe a training")]
    [InlineData("[[[[[[[[[[[[[[[[", "does not describe a training")]
    [InlineData("null", "its format is not")]
    [InlineData("""{"$type":"System.IO.FileInfo","format":"x","model":"","parameters":0,"optimizers":[],"metrics":[],"weights_sha256":"","history":{"epochs":[]}}""", "its format is not")]
    [InlineData("""{"format":"candeia training 1","model":"","parameters":0,"optimizers":[],"metrics":[],"weights_sha256":"","history":{"epochs":[null]}}""", "an epoch of its history is missing")]
    [InlineData("""{"format":"candeia training 1","model":"","parameters":0,"optimizers":[],"metrics":[],"weights_sha256":"","history":null}""", "does not describe a training")]
    [InlineData("""{"format":"candeia training 1","model":"","parameters":0,"optimizers":[],"metrics":[],"weights_sha256":"","history":{"epochs":[]}}""", "is not the file that training.json was saved with")]
    public void Damaged_descriptions_are_refused_in_a_sentence(string json, string expected)
    {
        Train(5).Save(_folder.Path);
        File.WriteAllText(_folder["training.json"], json);
        Assert.Contains(expected, Message<Net>(), StringComparison.Ordinal);
    }

    sealed class Torn : LossModule
    {
        readonly Tensor scale = Parameter.Of(Tensor.Ones([1]));

        public override Tensor Forward(Tensor output, Tensor target) => (output.MseLoss(target.Unsqueeze(1)) * scale).Sum();

        public void Tear()
        {
            using var scope = Scope.Begin();
            scope.Adopt(scale);                                              // its numbers are gone, and whoever reads them gets an exception
        }
    }

    [Fact]
    public void A_folder_is_saved_as_a_whole_or_not_at_all()
    {
        var loss = new Torn();
        var fitted = (new Net(5).Setup(loss, p => new Adam(p, 0.01)) with { Callbacks = [] }).Fit(Points[..40].Loader(8, seed: 1), 1);
        fitted.Save(_folder.Path);
        byte[][] Files() => [.. Directory.GetFiles(_folder.Path).Order().Select(File.ReadAllBytes)];
        byte[][] before = Files();
        var more = fitted.Fit(Points[..40].Loader(8, seed: 1), 1);
        loss.Tear();
        Assert.ThrowsAny<Exception>(() => more.Save(_folder.Path));
        Assert.Equal(before, Files());                                       // neither new weights beside an old history, nor anything left behind
    }

    [Fact]
    public void What_was_loaded_goes_on_with_its_history_and_a_new_optimizer()
    {
        Train(5).Save(_folder.Path);
        var loaded = Fitted.Load(_folder.Path, Learner(5));
        Assert.Null(loaded.Optimizers);
        Assert.Equal(4, loaded.Fit(Points[..40].Loader(8, seed: 1), 1).History.Epochs.Count);
    }

    [Fact]
    public void Missing_and_damaged_files_are_named()
    {
        Assert.Contains("training.json", Message<Net>(), StringComparison.Ordinal);
        Train(5).Save(_folder.Path);
        byte[] weights = File.ReadAllBytes(_folder["model.safetensors"]);
        weights[^1] ^= 1;
        File.WriteAllBytes(_folder["model.safetensors"], weights);
        Assert.Contains("is not the file that training.json was saved with", Message<Net>(), StringComparison.Ordinal);
        File.Delete(_folder["model.safetensors"]);
        Assert.Contains("model.safetensors", Message<Net>(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_mutation_of_a_description_does_more_than_be_refused()
    {
        Train(5).Save(_folder.Path);
        string path = _folder["training.json"];
        Fuzz.Run([File.ReadAllBytes(path)], [], bytes =>
        {
            File.WriteAllBytes(path, bytes);
            try
            {
                Fitted.Load<Net>(_folder.Path);
            }
            catch (CheckpointException) { }
        });
    }

    string Message<TModel>() where TModel : Layer, new() => Assert.Throws<CheckpointException>(() => Fitted.Load<TModel>(_folder.Path)).Message;
}
