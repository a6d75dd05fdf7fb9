using Candeia.NN;

namespace Candeia.Tests;

public sealed class LoadTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static Sequential Net(int classes = 3) => [new Conv2d(1, 2, 3), new BatchNorm2d(2), new ReLU(), new Linear(4, classes)];

    static void Same(Module a, Module b)
    {
        var (x, y) = (a.StateDict(), b.StateDict());
        Assert.Equal(x.Keys, y.Keys);
        foreach (string name in x.Keys) Assert.Equal(x[name].ToArray<double>(), y[name].ToArray<double>());
    }

    [Theory]
    [InlineData("net.safetensors")]
    [InlineData("net.pt")]
    [InlineData("net.npz")]
    [InlineData("net.weights")]
    public void What_is_saved_in_any_format_is_loaded(string name)
    {
        var net = Net();
        net.Save(_folder[name]);
        var other = Net();
        Assert.True(other.Load(_folder[name]).IsComplete);
        Same(net, other);
    }

    [Fact]
    public void A_checkpoint_is_unwrapped_where_the_names_are_not_those_of_the_model()
    {
        var net = Net();
        var state = net.StateDict().ToDictionary(t => $"module.{t.Key}", t => t.Value);
        PyTorchFile.SaveContent(_folder["c.pth"], new Dictionary<string, object?> { ["state_dict"] = state, ["optimizer"] = new Dictionary<string, Tensor> { ["exp_avg"] = Tensor.Ones([3]) }, ["epoch"] = 3 });
        var other = Net();
        Assert.True(other.Load(_folder["c.pth"]).IsComplete);
        Same(net, other);
        Assert.Throws<StateDictException>(() => Net().Load(_folder["c.pth"], TensorNames.AsTheyAre));
    }

    [Fact]
    public void Rules_bring_names_and_layouts_together()
    {
        Sequential net = [new Linear(4, 6), new Linear(6, 2)];
        var state = net.StateDict();
        PyTorchFile.Save(_folder["c.pt"], new Dictionary<string, Tensor>
        {
            ["h.a.q"] = state["0.weight"][..3, ..].T(), ["h.a.k"] = state["0.weight"][3.., ..].T(), ["h.a.bias"] = state["0.bias"], ["out.weight"] = state["1.weight"], ["out.bias"] = state["1.bias"], ["position_ids"] = Tensor.Arange(4),
        });
        var names = TensorNames.AsTheyAre.Drop("position_ids").Join("h.*.weight", 1, "h.*.q", "h.*.k").Transpose("h.*.weight").Rename("h.a.*", "0.*").Rename("out.*", "1.*");
        Sequential other = [new Linear(4, 6), new Linear(6, 2)];
        Assert.True(other.Load(_folder["c.pt"], names).IsComplete);
        Same(net, other);
    }

    [Fact]
    public void Another_head_is_one_argument()
    {
        var net = Net(1000);
        net.Save(_folder["net.pt"]);
        var other = Net(3);
        var head = other.StateDict()["3.weight"].Clone();
        string message = Assert.Throws<StateDictException>(() => other.Load(_folder["net.pt"])).Message;
        Assert.Contains("3.weight: given [1000, 4], expected [3, 4]", message, StringComparison.Ordinal);
        var report = other.Load(_folder["net.pt"], except: "3.*");
        Assert.DoesNotContain(report.Loaded, n => n.StartsWith("3.", StringComparison.Ordinal));
        Assert.True(report.IsComplete);
        Assert.Equal(head.ToArray<float>(), other.StateDict()["3.weight"].ToArray<float>());
        Assert.Equal(net.StateDict()["0.weight"].ToArray<float>(), other.StateDict()["0.weight"].ToArray<float>());
    }

    [Fact]
    public void Counters_of_batch_normalization_may_be_missing_and_nothing_else()
    {
        var state = Net().StateDict();
        state.Remove("1.num_batches_tracked");
        Safetensors.Save(_folder["old.safetensors"], state);
        Assert.True(Net().Load(_folder["old.safetensors"]).IsComplete);
        state.Remove("1.running_var");
        Safetensors.Save(_folder["older.safetensors"], state);
        Assert.Contains("1.running_var", Assert.Throws<StateDictException>(() => Net().Load(_folder["older.safetensors"])).Message, StringComparison.Ordinal);
        Assert.Equal("1.running_var", Assert.Single(Net().Load(_folder["older.safetensors"], strict: false).Missing));
    }
}
