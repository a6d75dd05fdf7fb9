using System.Text.Json;
using Candeia.Experiments;
using Candeia.Tests;

namespace Candeia.Cli.Tests;

[Collection(nameof(Here))]
public sealed class OnnxTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public OnnxTests()
    {
        Directory.CreateDirectory(_folder["job"]);
        Safetensors.Save(_folder[Path.Combine("job", "model.safetensors")], new CorrelationNet().StateDict());
        Assert.Equal("m.onnx: input: float32 [batch, 1, 130, 130]\n", Run("export", "--model", "job", "--out", "m.onnx").AssertOk().Output.ReplaceLineEndings("\n"));
    }

    public void Dispose() => _folder.Dispose();

    ToolResult Run(params string[] args) => Tool.RunIn(_folder.Path, args);

    [Fact]
    public void Shows_what_a_file_consists_of()
    {
        string[] lines = Run("onnx", "show", "m.onnx", "--nodes").AssertOk().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.StartsWith("opset 17, written by Candeia ", lines[0], StringComparison.Ordinal);
        Assert.Equal(["input input: float32 [batch, 1, 130, 130]", "output output: float32 [batch, 1]", "operator AveragePool: 3"], lines[1..4]);
        Assert.Contains("operator Conv: 3", lines);
        Assert.Contains("weights: 10, 3304193 elements", lines);
        Assert.Contains(lines, l => l.StartsWith("node Conv_0: Conv → ", StringComparison.Ordinal));
        var json = JsonElement.Parse(Run("onnx", "show", "m.onnx", "--json").AssertOk().Output);
        Assert.Equal((17, 10), (json.GetProperty("opset").GetInt32(), json.GetProperty("weights").GetArrayLength()));
        Assert.Equal("float32", json.GetProperty("inputs")[0].GetProperty("d_type").GetString());
        Assert.True(json.GetProperty("operators")[0].GetProperty("is_known").GetBoolean());
    }

    [Fact]
    public void Runs_a_file_on_arrays_and_says_the_median()
    {
        var x = Tensor.Rand([2, 1, 130, 130], generator: new(1));
        Npz.Save(_folder["in.npz"], [KeyValuePair.Create("input", x)]);
        string[] lines = Run("onnx", "run", "m.onnx", "--inputs", "in.npz", "--out", "out.npz", "--repeat", "3").AssertOk().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("output output: float32 [2, 1]", lines[0]);
        Assert.Matches(@"^median \d+\.\d{3} ms$", lines[1]);
        Assert.Equal(Onnx.OnnxModel.Load(_folder["m.onnx"]).Forward(x).Detach().ToArray<float>(), Npz.Load(_folder["out.npz"])["output"].ToArray<float>());
        var json = JsonElement.Parse(Run("onnx", "run", "m.onnx", "--inputs", "in.npz", "--out", "out.npz", "--json").AssertOk().Output);
        Assert.True(json.GetProperty("median_ms").GetDouble() > 0);
        Assert.Equal((1, "output: float32 [2, 1]"), (json.GetProperty("repeat").GetInt32(), json.GetProperty("outputs")[0].GetString()));
    }

    [Fact]
    public void Faults_are_one_sentence()
    {
        Npz.Save(_folder["other.npz"], [KeyValuePair.Create("x", Tensor.Ones([1]))]);
        Run("onnx", "run", "m.onnx", "--inputs", "other.npz", "--out", "out.npz").AssertRefused(1, "no input 'x'");
        File.WriteAllText(_folder["broken.onnx"], "no model");
        Run("onnx", "show", "broken.onnx").AssertRefused(1, "broken.onnx");
        Run("onnx", "show", "missing.onnx").AssertRefused(1, "missing.onnx");
        Run("onnx", "run", "m.onnx", "--inputs", "in.npz").AssertRefused(2, "--out");
        Run("onnx", "run", "m.onnx", "--inputs", "in.npz", "--out", "o.npz", "--repeat", "0").AssertRefused(2, "--repeat");
        Run("export", "--model", "nowhere", "--out", "m.onnx").AssertRefused(1, "nowhere");
    }
}
