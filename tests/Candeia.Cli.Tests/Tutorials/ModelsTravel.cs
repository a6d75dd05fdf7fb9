using Candeia.NN;

namespace Candeia.Cli.Tests;

/// <summary>The code of docs/models-travel.md, as it stands there.</summary>
static class ModelsTravel
{
    /// <summary>What others would have written.</summary>
    static void Prepare()
    {
        var state = new Net(classes: 10).StateDict().ToDictionary(t => $"module.{t.Key}", t => t.Value);
        PyTorchFile.SaveContent("trained.pth", new Dictionary<string, object?> { ["epoch"] = 7, ["state_dict"] = state });
        PyTorchFile.Save("theirs.pt", new Dictionary<string, Tensor>
        {
            ["encoder.0.qkv.weight"] = Tensor.Arange(24).Reshape([6, 4]), ["encoder.0.norm.gamma"] = Tensor.Ones([4]), ["encoder.position_ids"] = Tensor.Arange(4),
        });
        Npz.Save("batch.npz", new Dictionary<string, Tensor> { ["x"] = Tensor.Ones([2, 4]) });
    }

    public static void Run(Action<string> done)
    {
        Prepare();

        var net = new Net(classes: 10);
        LoadReport report = net.Load("trained.pth");
        Console.WriteLine(report);
        Assert.True(report.IsComplete);
        done("load");

        var other = new Net(classes: 3);
        other.Load("trained.pth", except: "fc.*");
        Assert.Equal([3, 4], other.StateDict()["fc.weight"].Shape);
        done("head");

        var names = TensorNames.AsTheyAre
            .StripPrefix("encoder.")
            .Split("*.qkv.weight", dim: 0, "*.q.weight", "*.k.weight", "*.v.weight")
            .Transpose("*.q.weight")
            .Rename("*.gamma", "*.weight")
            .Drop("position_ids");
        OrderedDictionary<string, Tensor> mine;
        using (var theirs = TensorFile.Open("theirs.pt")) mine = names.Apply(theirs);
        Assert.Equal(["0.q.weight", "0.k.weight", "0.v.weight", "0.norm.weight"], mine.Keys);
        Assert.Equal([4, 2], mine["0.q.weight"].Shape);
        done("names");

        using (var file = TensorFile.Open("trained.pth", map: true))
            foreach (TensorEntry entry in file.Entries) Console.WriteLine(entry);

        IReadOnlyDictionary<string, Tensor> arrays = Npz.Load("batch.npz");
        Tensor x = arrays["x"];
        Assert.Equal([2, 3], other.Forward(x).Shape);
        done("open");

        using (var checkpoint = PyTorchFile.Open("trained.pth"))
        {
            var content = (IReadOnlyDictionary<object, object?>)checkpoint.Content!;
            Console.WriteLine($"epoch {content["epoch"]}");
        }
        done("content");

        net.Save("net.safetensors");                                  // PyTorch and Hugging Face read it
        net.Save("net.pt");                                           // torch.load("net.pt", weights_only=True)
        Npz.Save("net.npz", net.StateDict(), compress: true);         // numpy.load("net.npz")
        PyTorchFile.SaveContent("all.pt", new Dictionary<string, object?> { ["model"] = net.StateDict(), ["epoch"] = 3 });
        foreach (string file in (string[])["net.safetensors", "net.pt", "net.npz", "all.pt"]) Assert.True(new Net(10).Load(file).IsComplete);
        done("save");
    }

    /// <summary>Only compiled: it would ask a server.</summary>
    public static async Task Fetch()
    {
        string folder = await new Hub().FetchModelAsync("sentence-transformers/all-MiniLM-L6-v2");
        ModelConfig config = ModelConfig.Load(folder);
        using var weights = TensorFile.Open(folder);
        Console.WriteLine($"{config.Text("model_type")}: {weights.Entries.Length}");
    }

    sealed class Net(int classes) : Layer
    {
        readonly Linear embed = new(4, 4);
        readonly Linear fc = new(4, classes);

        public override Tensor Forward(Tensor x) => x.Apply(embed).Relu().Apply(fc);
    }
}
