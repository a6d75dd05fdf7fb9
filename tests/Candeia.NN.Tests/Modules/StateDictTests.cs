using Candeia.NN;

namespace Candeia.Tests;

public class StateDictTests
{
    sealed class Net : Layer
    {
        readonly Linear fc1 = new(2, 3), fc2 = new(3, 1);
        [Buffer] readonly Tensor count = Tensor.Scalar(5, DType.Int64);
        public override Tensor Forward(Tensor x) => x.Apply(fc1).Apply(fc2) * count.To(x.DType);
    }

    [Fact]
    public void What_is_saved_loads_into_another_model()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.safetensors");
        try
        {
            Net a = new(), b = new();
            var x = Tensor.Ones([1, 2]);
            a.Save(path);
            Assert.NotEqual((float)a.Forward(x), (float)b.Forward(x));
            var difference = b.Load(path);
            Assert.Empty(difference.Missing);
            Assert.Equal((float)a.Forward(x), (float)b.Forward(x));
            Assert.All(b.Parameters(), p => Assert.True(p.RequiresGrad));
        }
        finally { File.Delete(path); }
    }

    [Fact]
    public void What_does_not_fit_is_listed_and_nothing_is_written()
    {
        var net = new Net();
        var before = net.StateDict().ToDictionary(t => t.Key, t => t.Value.Clone());
        OrderedDictionary<string, Tensor> state = net.StateDict();
        state["fc1.weight"] = Tensor.Zeros([3, 2]);
        state["fc1.bias"] = Tensor.Zeros([7]);
        state.Remove("fc2.bias");
        state["fc3.bias"] = Tensor.Zeros([1]);
        var e = Assert.Throws<StateDictException>(() => net.LoadStateDict(state));
        Assert.Equal("""
            The state does not fit Net:
              missing: fc2.bias
              unexpected: fc3.bias
              fc1.bias: given [7], expected [3]
            """, e.Message);
        Assert.All(net.StateDict(), t => Assert.Equal(before[t.Key].ToArray<double>(), t.Value.ToArray<double>()));
    }

    [Fact]
    public void Names_may_differ_if_that_is_said_but_shapes_may_not()
    {
        var net = new Net();
        var difference = net.LoadStateDict(new Dictionary<string, Tensor> { ["fc2.bias"] = Tensor.Full([1], 3, DType.Float64), ["else"] = Tensor.Zeros([1]) }, strict: false);
        Assert.Equal(["fc1.weight", "fc1.bias", "fc2.weight", "count"], difference.Missing.OrderBy(n => n switch { "fc1.weight" => 0, "fc1.bias" => 1, "fc2.weight" => 2, _ => 3 }));
        Assert.Equal("else", Assert.Single(difference.Unexpected));
        Assert.Equal([3f], net.StateDict()["fc2.bias"].ToArray<float>());
        Assert.Throws<StateDictException>(() => net.LoadStateDict(new Dictionary<string, Tensor> { ["fc2.bias"] = Tensor.Zeros([2]) }, strict: false));
    }

    [Fact]
    public void Values_written_after_use_are_noticed_by_autograd()
    {
        var net = new Net();
        var x = Tensor.Ones([1, 2]);
        x.RequiresGrad = true;
        var y = net.Forward(x).Sum();
        net.LoadStateDict(net.StateDict());
        Assert.Throws<InvalidOperationException>(() => y.Backward());
    }

    [Fact]
    public void What_fits_is_written_and_the_report_says_what_did_not()
    {
        var net = new Net();
        var bias = net.StateDict()["fc2.bias"].Clone();
        var report = net.LoadWhatFits(new Dictionary<string, Tensor>
        {
            ["fc1.bias"] = Tensor.From([1f, 2, 3]), ["fc1.weight"] = Tensor.Zeros([3, 7]), ["fc2.bias"] = Tensor.Complex(Tensor.Ones([1]), Tensor.Ones([1])), ["fc9"] = bias,
        });
        Assert.Equal("fc1.bias", Assert.Single(report.Loaded));
        Assert.Equal("count, fc2.weight", string.Join(", ", report.Missing.Order()));
        Assert.Equal("fc9", Assert.Single(report.Unexpected));
        Assert.Equal("fc1.weight: given [3, 7], expected [3, 2]; fc2.bias: given complex64, expected float32", string.Join("; ", report.Mismatched.Select(m => $"{m}").Order()));
        Assert.False(report.IsComplete);
        Assert.StartsWith("1 of 5 tensors were written\n  missing: ", $"{report}", StringComparison.Ordinal);
        Assert.Equal([1f, 2, 3], net.StateDict()["fc1.bias"].ToArray<float>());
        Assert.Equal(bias.ToArray<float>(), net.StateDict()["fc2.bias"].ToArray<float>());
    }

    [Theory]
    [InlineData("module.", "Remove 'module.' from the front of the given names.")]
    [InlineData("", "")]
    public void Names_that_differ_in_front_alone_get_a_hint(string prefix, string hint)
    {
        var net = new Net();
        var report = net.LoadWhatFits(net.StateDict().ToDictionary(t => prefix + t.Key, t => t.Value));
        Assert.Equal(hint, report.Hint);
        Assert.Equal(prefix.Length == 0, report.IsComplete);
    }

    [Fact]
    public void A_prefix_that_is_missing_gets_a_hint_too() => Assert.Equal("Put 'fc1.' in front of the given names.", new Wrapped().LoadWhatFits(new Linear(2, 3).StateDict()).Hint);

    sealed class Wrapped : Module
    {
        readonly Linear fc1 = new(2, 3);
        public Linear Inner => fc1;
    }

    sealed class Renamed : Layer
    {
        [StateName("fc")] readonly Linear head = new(2, 3);
        [StateName("layer4.scale")] public Tensor Scale { get; } = Parameter.Of(Tensor.Ones([3]));
        public override Tensor Forward(Tensor x) => x.Apply(head) * Scale;
    }

    [Fact]
    public void A_field_may_have_another_name_in_state_dicts() => Assert.Equal(["layer4.scale", "fc.weight", "fc.bias"], new Renamed().StateDict().Keys.ToArray());
}
