using System.Globalization;
using Candeia.Compare;
using Candeia.NN;
using Candeia.Onnx;

namespace Candeia.Load;

/// <summary>A network that is served: the same weights each time, its file, and a question for it.</summary>
/// <param name="Name">What it is called, and its folder.</param>
/// <param name="Input">What its input is called.</param>
/// <param name="Item">The shape of one item.</param>
/// <param name="Make">Makes it.</param>
/// <param name="Save">Writes it into a folder, as the tool serves it.</param>
/// <param name="Then">What the tool does with its output.</param>
sealed record Served(string Name, string Input, int[] Item, Func<Layer> Make, Action<Layer, string> Save, Func<Tensor, Tensor> Then)
{
    static readonly Served[] s_all =
    [
        new("mlp", "input", [64], () => new Sequential(new Linear(64, 256), new ReLU(), new Linear(256, 256), new ReLU(), new Linear(256, 10)),
            (net, folder) => net.ExportOnnx(Path.Combine(folder, "mlp.onnx"), Tensor.Zeros([2, 64])), y => y),
        new("cnn", "image", [1, 130, 130], () => new CorrelationNet(), (net, folder) => net.Save(Path.Combine(folder, "model.safetensors")), y => y.Clamp(-1, 1)),
    ];

    public static Served Named(string name) => s_all.Single(s => s.Name == name);

    /// <summary>The network, always with the same weights.</summary>
    public Layer Network()
    {
        Generator.Seed(1);
        return Make().Eval();
    }

    /// <summary>An input of one item; a picture is black and white, as scatterplots are.</summary>
    public Tensor Question(int number)
    {
        var generator = new Generator((ulong)number + 1);
        return Item.Length == 1 ? Tensor.Randn([1, .. Item], generator: generator)
            : (Tensor.Rand([1, .. Item], generator: generator) > 0.9).To(DType.Float32);
    }

    /// <summary>Writes folders with a network each, and for each a script for wrk that asks it as JSON and one that asks it as bytes.</summary>
    public static void MakeAll(string folder)
    {
        foreach (var served in s_all)
        {
            string own = Directory.CreateDirectory(Path.Combine(folder, served.Name)).FullName;
            served.Save(served.Network(), own);
            var body = new Body(served, served.Question(0));
            File.WriteAllBytes(Path.Combine(folder, $"{served.Name}.json"), body.Json);
            File.WriteAllBytes(Path.Combine(folder, $"{served.Name}.bytes"), body.Bytes);
            File.WriteAllText(Path.Combine(folder, $"{served.Name}.json.lua"), Script($"{served.Name}.json", ""));
            File.WriteAllText(Path.Combine(folder, $"{served.Name}.bytes.lua"), Script($"{served.Name}.bytes",
                string.Create(CultureInfo.InvariantCulture, $"wrk.headers[\"{Body.HeaderLength}\"] = \"{body.Header}\"\n")));
        }
    }

    static string Script(string file, string more) => $"wrk.method = \"POST\"\nwrk.body = assert(io.open(\"{file}\", \"rb\")):read(\"*a\")\n{more}";
}
