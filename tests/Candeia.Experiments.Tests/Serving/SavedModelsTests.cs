using Candeia.Images;
using Candeia.NN;
using Candeia.Onnx;
using Candeia.Serving;
using Candeia.Vision;

namespace Candeia.Experiments.Tests;

/// <summary>What is served answers as what was saved.</summary>
public sealed class SavedModelsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_classifier_names_what_it_names_itself()
    {
        var classifier = new ImageClassifier("squeezenet1_1", ["ape", "bee", "cat", "dog", "elk", "fox"], 32);
        classifier.Save(_folder[Path.Combine("zoo", "model")]);
        var picture = new Image(40, 50, PixelFormat.Gray);
        picture.Pixels[..900].Fill(200);
        var (name, model) = SavedModels.Open(_folder["zoo"]);
        Assert.Equal("zoo", name);
        Assert.Equal("zoo", SavedModels.Open(_folder[Path.Combine("zoo", "model")]).Name);
        await using var predictor = new Predictor(model);
        var question = Assert.IsType<PictureQuestion>(model.Question);
        var answer = question.Tell(await predictor.PredictAsync(question.Read(picture.Encode()).Inputs));
        var expected = classifier.Classify(picture);
        Assert.Equal(expected[0].Class, answer.Text);
        Assert.Equal(expected.Take(5).Select(g => (g.Class, g.Probability)), answer.Parts.Select(p => (p.Name, p.Value)));
        Assert.ThrowsAny<FormatException>(() => question.Read(new byte[] { 1, 2, 3 }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_ONNX_file_is_served_by_what_it_says_of_itself(bool freeBatch)
    {
        Generator.Seed(1);
        var network = new Sequential(new Linear(4, 5), new Tanh(), new Linear(5, 2));
        network.ExportOnnx(_folder["my net.onnx"], Tensor.Zeros([3, 4]), freeBatch);
        var (name, model) = SavedModels.Open(_folder.Path);
        Assert.Equal(SavedModels.NameOf(_folder.Path), name);
        Assert.Equal("my-net", SavedModels.Open(_folder["my net.onnx"]).Name);
        Assert.Equal(freeBatch, model.Batches);
        Assert.Equal([freeBatch ? -1 : 3, 4], Assert.Single(model.Inputs).Shape);
        await using var predictor = new Predictor(model);
        Tensor[] questions = [.. Enumerable.Range(0, 20).Select(i => Tensor.Randn([3, 4], generator: new((ulong)i)))];
        var answers = await Task.WhenAll(questions.Select(q => predictor.PredictAsync([q])));
        for (int i = 0; i < questions.Length; i++)
        {
            using var off = Autograd.NoGrad();
            Assert.Equal(network.Forward(questions[i]).ToArray<float>(), answers[i][0].ToArray<float>());
        }
    }

    [Fact]
    public void A_path_without_letters_is_a_model_all_the_same()
    {
        Assert.Equal("model", SavedModels.NameOf(Path.GetPathRoot(_folder.Path)!));
        Assert.Equal("runs-", SavedModels.NameOf(Path.Combine(_folder.Path, "runs ", "model")));
    }
}
