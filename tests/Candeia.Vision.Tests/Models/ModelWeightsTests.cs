using System.Text.Json;
using System.Text.RegularExpressions;
using Candeia.Images;
using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Tests;

/// <summary>Published weights, from files that lie where they would be downloaded to: no test asks a network.</summary>
public sealed partial class ModelWeightsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    ModelWeights Put(string model, Module net, string? name = null)
    {
        var weights = ModelWeights.Of(model, name) with { Folder = _folder.Path };
        net.Save(_folder[Path.GetFileName(weights.Address.LocalPath)]);
        return weights;
    }

    [Fact]
    public void Each_network_has_a_best_one_and_addresses_tell_checksums()
    {
        Assert.All(ModelWeights.All.GroupBy(w => w.Model), g => Assert.Single(g, w => w.IsBest));
        Assert.All(ModelWeights.All, w => Assert.Matches(@"^https://(download\.pytorch\.org/models|dl\.fbaipublicfiles\.com/detr)/.*-([0-9a-f]{8}|[0-9a-f]{10})\.pth$", w.Address.ToString()));
        string[] all = [.. VisionModels.Names, .. SegmentationModels.Names, .. DetectionModels.Names];
        Assert.All(ModelWeights.All, w => Assert.Contains(w.Model, all));
        // small_resnet is ours, and of UPerNet nobody has published weights with these keys.
        Assert.Equal(["convnext_base_upernet", "convnext_small_upernet", "convnext_tiny_upernet", "small_resnet"], all.Except(ModelWeights.All.Select(w => w.Model)).Order(StringComparer.Ordinal));
        Assert.Equal("IMAGENET1K_V2", ModelWeights.Of("resnet50").Name);
        Assert.Equal("https://download.pytorch.org/models/resnet18-f37072fd.pth", ModelWeights.Of("resnet18").Address.ToString());
    }

    [SkippableFact]
    public void Addresses_transforms_and_categories_are_those_that_torchvision_says()
    {
        // The script that made the files makes them again, elsewhere.
        string root = Path.GetFullPath(Path.Combine(Golden.PathOf(""), "..", ".."));
        Python.Run(_folder.Path, $"""
            import importlib.util, pathlib
            spec = importlib.util.spec_from_file_location('weights', {JsonSerializer.Serialize(Path.Combine(root, "eng", "weights.py"))})
            made = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(made)
            made.FOLDER = pathlib.Path('made')
            made.generate()
            """, "torchvision");
        string[] files = ["coco.txt", "imagenet.txt", "voc.txt", "weights.tsv"];
        Assert.Equal(files, Directory.EnumerateFiles(_folder["made"]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.All(files, f => Assert.Equal(File.ReadAllText(_folder["made", f]), File.ReadAllText(Path.Combine(root, "src", "Candeia.Vision", "Weights", f)).ReplaceLineEndings("\n")));
        Assert.Equal(File.ReadLines(_folder["made", "weights.tsv"]).Skip(1).Select(l => l.Split('\t')[3]), ModelWeights.All.Select(w => w.Address.ToString()));
    }

    [Fact]
    public void Networks_in_the_table_of_names_are_there()
    {
        string[] table = File.ReadAllLines(Path.Combine(Golden.PathOf(""), "..", "..", "docs", "names.tsv"));
        var named = table.SelectMany(line => Called().Matches(line)).Select(m => (Of: m.Groups[1].Value, Name: m.Groups[2].Value)).ToArray();
        Assert.InRange(named.Length, 60, 1000);
        Assert.All(named, n => Assert.Contains(n.Name, n.Of switch { "VisionModels" => VisionModels.Names, "SegmentationModels" => SegmentationModels.Names, _ => DetectionModels.Names }));
    }

    [GeneratedRegex("(VisionModels|SegmentationModels|DetectionModels)\\.(?:Create|BackboneOf)\\(\"(\\w+)\"")]
    private static partial Regex Called();

    [Fact]
    public void Classes_have_names()
    {
        var weights = ModelWeights.Of("resnet18");
        Assert.Equal((1000, "tench", "toilet tissue"), (weights.Categories.Count, weights.Categories[0], weights.Categories[^1]));
        Assert.Equal((91, "__background__", "person"), ModelWeights.Of("fasterrcnn_resnet50_fpn").Categories is var coco ? (coco.Count, coco[0], coco[1]) : default);
        Assert.Equal((21, "aeroplane"), ModelWeights.Of("fcn_resnet50").Categories is var voc ? (voc.Count, voc[1]) : default);
        Assert.Equal(2, ModelWeights.Of("keypointrcnn_resnet50_fpn").Categories.Count);
    }

    [Fact]
    public void Pictures_are_prepared_as_the_weights_want_them()
    {
        var picture = Tensor.Full([3, 300, 400], 255, DType.UInt8);
        Assert.Equal([3, 224, 224], ModelWeights.Of("resnet18").Transform.Apply(picture).Shape);
        Assert.Equal((1 - 0.485f) / 0.229f, (float)ModelWeights.Of("resnet18").Transform.Apply(picture)[0, 9, 9], 4);
        Assert.Equal([3, 528, 528], ModelWeights.Of("efficientnet_b6").Transform.Apply(picture).Shape);
        // What torchvision's network itself makes of ImageNet's colours with these weights: x · 0.229 / 0.5 + (0.485 − 0.5) / 0.5.
        var halves = ModelWeights.Of("inception_v3").Transform.Apply(picture);
        Assert.Equal([3, 299, 299], halves.Shape);
        Assert.Equal((1 - 0.485) / 0.229 * (0.229 / 0.5) + (0.485 - 0.5) / 0.5, (float)halves[0, 9, 9], 5);
        Assert.Equal(-1, (float)ModelWeights.Of("googlenet").Transform.Apply(picture - picture)[2, 0, 0], 5);
        Assert.Equal([3, 520, 693], ModelWeights.Of("fcn_resnet50").Transform.Apply(picture).Shape);
        Assert.Equal((300, 1f), ModelWeights.Of("fasterrcnn_resnet50_fpn").Transform.Apply(picture) is var same ? (same.Shape[1], (float)same[0, 0, 0]) : default);
    }

    [Fact]
    public void A_network_is_made_with_them_and_with_a_head_of_its_own()
    {
        Generator.Seed(3);
        var trained = VisionModels.Create("squeezenet1_1");
        var weights = Put("squeezenet1_1", trained);
        var same = VisionModels.Create("squeezenet1_1", weights: weights);
        Assert.Equal(trained.StateDict()["classifier.1.weight"].ToArray<float>(), same.StateDict()["classifier.1.weight"].ToArray<float>());
        var own = VisionModels.Create("squeezenet1_1", classes: 5, weights: weights);
        Assert.Equal(5, own.StateDict()["classifier.1.weight"].Shape[0]);
        Assert.Equal(trained.StateDict()["features.0.weight"].ToArray<float>(), own.StateDict()["features.0.weight"].ToArray<float>());
        Assert.Contains("are of squeezenet1_1", Assert.Throws<ArgumentException>(() => VisionModels.Create("squeezenet1_0", weights: weights)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_for_boxes_keeps_what_normalizes()
    {
        const string name = "fasterrcnn_mobilenet_v3_large_320_fpn";
        Generator.Seed(3);
        var weights = Put(name, DetectionModels.Create(name));
        var net = DetectionModels.Create(name, classes: 4, weights: weights);
        Assert.DoesNotContain(net.StateDict().Keys, k => k.StartsWith("backbone.body.", StringComparison.Ordinal) && k.EndsWith("num_batches_tracked", StringComparison.Ordinal));
        Assert.Equal(4, net.StateDict()["roi_heads.box_predictor.cls_score.weight"].Shape[0]);
    }

    [Theory]
    [InlineData("detr_resnet50", "detr-r50-e632da11.pth"), InlineData("detr_resnet50_dc5", "detr-r50-dc5-f0fb7ef5.pth")]
    [InlineData("detr_resnet101", "detr-r101-2c7b67e5.pth"), InlineData("detr_resnet101_dc5", "detr-r101-dc5-a2e86def.pth")]
    public void The_checkpoints_of_its_authors_fit_Detr(string name, string file)
    {
        using var scope = Scope.Begin();
        Detector Net(int? classes = null, ModelWeights? weights = null)
        {
            using var _ = Init.Skip();
            return DetectionModels.Create(name, classes, weights);
        }
        var weights = ModelWeights.Of(name) with { Folder = _folder.Path };
        Assert.Equal($"https://dl.fbaipublicfiles.com/detr/{file}", weights.Address.ToString());
        Assert.Equal((91, "person", "toothbrush"), (weights.Categories.Count, weights.Categories[1], weights.Categories[90]));
        Assert.Equal(0.2f, (float)weights.Transform.Apply(Tensor.Full([3, 2, 2], 51, DType.UInt8))[0, 0, 0], 6);
        var trained = Net();
        foreach (var (i, (_, tensor)) in trained.StateDict().Index()) tensor.Detach().Fill(i);
        PyTorchFile.SaveContent(_folder[file], new Dictionary<string, object?> { ["model"] = trained.StateDict() });
        var (state, expected) = (Net(weights: weights).StateDict(), trained.StateDict());
        Assert.Equal(expected.Keys, state.Keys);
        Assert.All(expected, e => Assert.Equal((float)e.Value.Max(), (float)state[e.Key].Min()));
        var own = Net(classes: 4, weights: weights).StateDict();
        Assert.Equal([5, 256], own["class_embed.weight"].Shape);
        Assert.All(expected.Where(e => !e.Key.StartsWith("class_embed", StringComparison.Ordinal)), e => Assert.Equal((float)e.Value.Max(), (float)own[e.Key].Min()));
    }

    [Fact]
    public void What_is_not_there_is_said()
    {
        Assert.Contains("no weights 'V9', but IMAGENET1K_V1, IMAGENET1K_V2", Assert.Throws<ArgumentException>(() => ModelWeights.Of("resnet50", "V9")).Message, StringComparison.Ordinal);
        Assert.Contains("no weights of 'resnet1'", Assert.Throws<ArgumentException>(() => ModelWeights.Of("resnet1")).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder["resnet18-f37072fd.pth"], "no weights");
        Assert.Contains("not with f37072fd", Assert.Throws<DownloadException>(() => ModelWeights.Of("resnet18").Verify(_folder["resnet18-f37072fd.pth"])).Message, StringComparison.Ordinal);
        Assert.Throws<TensorFileException>(() => VisionModels.Create("resnet18", weights: ModelWeights.Of("resnet18") with { Folder = _folder.Path }));
    }
}
