using Candeia.Images;
using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Tests;

public sealed class ClassifierTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static Image Picture()
    {
        var image = new Image(70, 50, PixelFormat.Rgb);
        for (int i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = (byte)(i * 7);
        return image;
    }

    [Fact]
    public void What_was_saved_answers_as_before()
    {
        var classifier = new ImageClassifier("squeezenet1_1", ["cat", "dog", "owl"], size: 64);
        classifier.Save(_folder["model"]);
        var loaded = ImageClassifier.Load(_folder["model"]);
        Assert.Equal(classifier.Classify(Picture()), loaded.Classify(Picture()));
        Assert.Equal(["cat", "dog", "owl"], loaded.Classes);
        Assert.Equal(64, loaded.Size);
        Assert.InRange(loaded.Classify(Picture()).Sum(g => g.Probability), 0.9999, 1.0001);
    }

    [Fact]
    public void Damaged_folders_are_refused_by_the_name_of_the_file()
    {
        new ImageClassifier("squeezenet1_1", ["cat", "dog"], size: 64).Save(_folder["model"]);
        string json = Path.Combine(_folder["model"], "classifier.json"), good = File.ReadAllText(json);
        foreach (string bad in (string[])["{", "{}", good.Replace("squeezenet1_1", "nothing", StringComparison.Ordinal), good.Replace("64", "-1", StringComparison.Ordinal), good.Replace("candeia classifier 1", "x", StringComparison.Ordinal)])
        {
            File.WriteAllText(json, bad);
            Assert.Contains("classifier.json", Assert.Throws<FormatException>(() => ImageClassifier.Load(_folder["model"])).Message, StringComparison.Ordinal);
        }
        File.WriteAllText(json, good.Replace("\"dog\"", "\"dog\", \"owl\"", StringComparison.Ordinal));
        Assert.Contains("model.safetensors", Assert.Throws<FormatException>(() => ImageClassifier.Load(_folder["model"])).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<IOException>(() => ImageClassifier.Load(_folder["nowhere"]));
    }

    [Fact]
    public void An_explanation_is_a_picture_of_what_the_network_sees()
    {
        var image = new ImageClassifier("resnet18", ["a", "b"], size: 64).Explain(Picture());
        Assert.Equal(new ImageInfo(64, 64, PixelFormat.Rgb), image.Info);
    }

    /// <summary>A network that says how red the upper left of a picture is: there Grad-CAM must look.</summary>
    sealed class UpperLeft : Layer
    {
        readonly Conv2d look = new(3, 2, 1);

        public override Tensor Forward(Tensor x)
        {
            var y = x.Apply(look);
            return y[.., .., ..4, ..4].Mean([2, 3]);
        }
    }

    [Fact]
    public void The_map_is_bright_where_the_class_is_seen()
    {
        var net = new UpperLeft();
        var state = net.StateDict();
        state["look.weight"].CopyFrom(Tensor.From([1f, 0, 0, -1, 0, 0], [2, 3, 1, 1]));
        state["look.bias"].Fill(0);
        var x = Tensor.Zeros([1, 3, 8, 8]);
        x[0, 0, 1, 2] = 1;
        var map = GradCam.Of(net, x, "look");
        Assert.Equal(1, map[0, 1, 2].Item());
        Assert.Equal(1, map.Sum().Item(), 5);
        Assert.Equal(0, GradCam.Of(net, x, "look", Tensor.From([1L])).Sum().Item(), 5);
        Assert.True(net.IsTraining);
        Assert.All(net.Parameters(), p => Assert.Null(p.Grad));
    }
}
