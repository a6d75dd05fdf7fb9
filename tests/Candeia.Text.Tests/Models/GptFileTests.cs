using Candeia.NN;

namespace Candeia.Text.Tests;

public sealed class GptFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_gives_the_same_model_back()
    {
        var gpt = GptTests.Small().Eval();
        string folder = _folder["little"];
        gpt.SavePretrained(folder);
        var again = Gpt.FromPretrained(folder).Eval();
        Assert.Equal(gpt.Config, again.Config);
        var tokens = Tensor.From([1L, 2, 3], [1, 3]);
        Assert.Equal(gpt.Forward(tokens).ToArray<float>(), again.Forward(tokens).ToArray<float>());
        Assert.Equal([8, 24], Safetensors.Load(Path.Combine(folder, "model.safetensors"))["h.0.attn.c_attn.weight"].Shape);
    }

    [Fact]
    public void Masks_prefixes_and_the_second_name_of_the_head_are_left_out()
    {
        var gpt = GptTests.Small();
        gpt.SavePretrained(_folder["plain"]);
        var published = Safetensors.Load(Path.Combine(_folder["plain"], "model.safetensors")).ToDictionary(t => $"transformer.{t.Key}", t => t.Value);
        published["lm_head.weight"] = published["transformer.wte.weight"];
        for (int i = 0; i < 2; i++) (published[$"transformer.h.{i}.attn.bias"], published[$"transformer.h.{i}.attn.masked_bias"]) = (Tensor.Ones([1, 1, 6, 6]).Tril(), Tensor.Zeros([]));
        Directory.CreateDirectory(_folder["full"]);
        File.Copy(Path.Combine(_folder["plain"], "config.json"), Path.Combine(_folder["full"], "config.json"));
        TensorFile.Save(Path.Combine(_folder["full"], "pytorch_model.bin"), published);
        Assert.All(gpt.StateDict().Zip(Gpt.FromPretrained(_folder["full"]).StateDict()), p => Assert.Equal(p.First.Value.ToArray<float>(), p.Second.Value.ToArray<float>()));
    }

    [Theory]
    [InlineData("""{"model_type": "bert"}""", "not a gpt2")]
    [InlineData("""{"model_type": "gpt2", "n_embd": 8, "n_head": 3, "n_layer": 1, "n_positions": 4, "vocab_size": 5}""", "divided among 3 heads")]
    [InlineData("""{"model_type": "gpt2", "n_embd": 8, "n_head": 2, "n_layer": 0, "n_positions": 4, "vocab_size": 5}""", "n_layer")]
    [InlineData("""{"model_type": "gpt2", "n_embd": 8, "n_head": 2, "n_layer": 1, "n_positions": 4}""", "vocab_size")]
    [InlineData("""{"model_type": "gpt2", "n_embd": 8, "n_head": 2, "n_layer": 1, "n_positions": 4, "vocab_size": 2000000000}""", "vocab_size")]
    [InlineData("""{"model_type": "gpt2", "activation_function": "relu", "n_embd": 8, "n_head": 2}""", "gelu_new")]
    [InlineData("""{"model_type": "gpt2", "n_embd": 8, "n_head": 2, "n_inner": 9}""", "n_inner")]
    [InlineData("""{"model_type": "gpt2", "n_embd": 8, "n_head": 2, "scale_attn_by_inverse_layer_idx": true}""", "scale_attn")]
    [InlineData("""{"model_type": "gpt2", "n_embd": 8, "n_head": 2, "n_layer": 1, "n_positions": 4, "vocab_size": 5, "resid_pdrop": 7}""", "resid_pdrop")]
    [InlineData("[1]", "JSON object")]
    public void Settings_that_are_none_are_refused(string json, string says)
    {
        File.WriteAllText(_folder["config.json"], json);
        string message = Assert.Throws<TensorFileException>(() => GptConfig.Load(_folder["config.json"])).Message;
        Assert.Contains(says, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_other_sizes_are_refused()
    {
        string folder = _folder["little"];
        GptTests.Small().SavePretrained(folder);
        new GptConfig(11, 6, 3, 2, 8).Save(folder);
        Assert.Contains("h.2.", Assert.Throws<StateDictException>(() => Gpt.FromPretrained(folder)).Message, StringComparison.Ordinal);
    }
}
