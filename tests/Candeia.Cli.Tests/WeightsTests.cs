using System.Text.Json;
using Candeia.NN;
using Candeia.Tests;

namespace Candeia.Cli.Tests;

[Collection(nameof(Here))]
public sealed class WeightsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    ToolResult Run(params string[] args) => Tool.RunIn(_folder.Path, ["weights", .. args]);

    [Fact]
    public void Shows_names_types_shapes_and_sizes()
    {
        PyTorchFile.SaveContent(_folder["c.pt"], new Dictionary<string, object?> { ["state_dict"] = new Linear(3, 2).StateDict(), ["step"] = Tensor.Scalar(4, DType.Int64), ["epoch"] = 7 });
        string[] lines = Run("show", "c.pt").AssertOk().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                "name               type     shape   bytes",
                "state_dict.weight  float32  [2, 3]     24",
                "state_dict.bias    float32  [2]         8",
                "step               int64    []          8",
                "3 tensors, 9 numbers, 40 bytes, pytorch zip",
            ], lines);
        var json = JsonElement.Parse(Run("show", "c.pt", "--json").AssertOk().Output);
        Assert.Equal(("pytorch zip", 3, 9L, 40L), (json.GetProperty("format").GetString(), json.GetProperty("count").GetInt32(), json.GetProperty("numbers").GetInt64(), json.GetProperty("bytes").GetInt64()));
        var first = json.GetProperty("tensors")[0];
        Assert.Equal(("state_dict.weight", "float32"), (first.GetProperty("name").GetString(), first.GetProperty("type").GetString()));
        Assert.Equal([2, 3], first.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32()));
    }

    [Fact]
    public void Converts_between_all_formats_and_back_to_the_same_numbers()
    {
        var net = new Linear(3, 2);
        net.Save(_folder["a.safetensors"]);
        string from = "a.safetensors";
        foreach (string to in (string[])["b.pt", "c.npz", "d.pth", "e.safetensors"])
        {
            Assert.EndsWith($": {to}\n", Run("convert", from, to).AssertOk().Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
            from = to;
        }
        Assert.Equal(File.ReadAllBytes(_folder["a.safetensors"]), File.ReadAllBytes(_folder["e.safetensors"]));
        Assert.Equal(["a.safetensors", "b.pt", "c.npz", "d.pth", "e.safetensors"], _folder.Files.Order());
    }

    [Fact]
    public void Renames_unwraps_and_rounds_on_the_way()
    {
        PyTorchFile.SaveContent(_folder["c.pt"], new Dictionary<string, object?> { ["state_dict"] = new Dictionary<string, Tensor> { ["module.a.gamma"] = Tensor.Ones([2]), ["module.n"] = Tensor.Arange(2) }, ["optimizer"] = Tensor.Ones([9]) });
        var json = JsonElement.Parse(Run("convert", "c.pt", "d.safetensors", "--unwrap", "--rename", "*.gamma=*.weight", "--type", "float16", "--json").AssertOk().Output);
        Assert.Equal(2, json.GetProperty("count").GetInt32());
        var loaded = Safetensors.Load(_folder["d.safetensors"]);
        Assert.Equal(DType.Float16, loaded["a.weight"].DType);
        Assert.Equal(DType.Int64, loaded["n"].DType);
    }

    [Fact]
    public void What_is_hostile_damaged_or_not_there_is_refused_in_one_sentence()
    {
        File.WriteAllBytes(_folder["evil.pt"], [0x80, 2, .. "cos\nsystem\nX\u0004\0\0\0true\u0085R."u8]);
        File.WriteAllText(_folder["text.safetensors"], "hello, I am no file of tensors");
        Run("show", "evil.pt").AssertRefused(1, "'os.system'", "nothing was run");
        Run("show", "text.safetensors").AssertRefused(1, "text.safetensors");
        Run("show", "nowhere.pt").AssertRefused(1, "nowhere.pt");
        Run("convert", "evil.pt", "out.npz").AssertRefused(1, "'os.system'");
        Assert.False(File.Exists(_folder["out.npz"]));
        Safetensors.Save(_folder["b.safetensors"], [new("x", Tensor.Ones([1], DType.BFloat16))]);
        Run("convert", "b.safetensors", "out.npz").AssertRefused(1, "bfloat16");
        Run("convert", "b.safetensors", "out.npz", "--type", "float32").AssertOk();
    }

    [Theory]
    [InlineData("show", "FILE")]
    [InlineData("convert a", "TO")]
    [InlineData("convert a b.xyz", ".safetensors")]
    [InlineData("convert a b.pt --type int8", "--type", "'int8'")]
    [InlineData("convert a b.pt --rename x", "--rename", "OLD=NEW")]
    [InlineData("convert a b.pt --rename x=*", "--rename", "stars")]
    [InlineData("shwo a", "perhaps show")]
    public void What_it_does_not_understand_is_refused_with_2(string line, params string[] words) => Run(line.Split(' ')).AssertRefused(2, words);
}
