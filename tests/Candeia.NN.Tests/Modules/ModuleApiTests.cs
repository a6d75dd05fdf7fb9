using Candeia.NN;

namespace Candeia.Tests;

public class ModuleApiTests
{
    sealed class Block : Layer
    {
        readonly Linear conv1 = new(3, 3), conv2 = new(3, 3);
        readonly Generator noise = new(5);
        public override Tensor Forward(Tensor x) => x + x.Apply(conv1).Relu().Dropout(0.5, IsTraining, noise).Apply(conv2);
    }

    sealed class Net : Layer
    {
        readonly List<Layer> layer1 = [new Block(), new Block()];
        readonly Dictionary<string, Layer> byName = new() { ["norm"] = new BatchNorm1d(3) };
        readonly Layer fc = new Linear(3, 2);
        readonly Linear tied;
        public Net() => tied = (Linear)fc;
        public override Tensor Forward(Tensor x) => x.Apply(layer1[0]).Apply(layer1[1]).Apply(byName["norm"]).Apply(fc) + x.Apply(tied);
    }

    static readonly Tensor s_x = Tensor.Randn([4, 3], generator: new Generator(1));

    [Fact]
    public void Modules_and_tensors_are_found_by_path()
    {
        var net = new Net();
        Assert.IsType<Linear>(net.Get("layer1.0.conv1"));
        Assert.Same(net, net.Get(""));
        Assert.IsType<BatchNorm1d>(net.Get<Layer>("by_name.norm"));
        Assert.Same(net.Get<Linear>("tied").Weight, net.GetTensor("fc.weight"));
        Assert.Contains("Block has conv1, conv2", Assert.Throws<ArgumentException>(() => net.Get("layer1.0.conv3")).Message, StringComparison.Ordinal);
        Assert.Contains("is a Linear, not a BatchNorm1d", Assert.Throws<ArgumentException>(() => net.Get<BatchNorm1d>("fc")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => net.GetTensor("fc.height"));
    }

    sealed class Unnamed : Layer
    {
        [StateName("")] readonly OrderedDictionary<string, Layer> _steps = new() { ["Mixed_1a"] = new Linear(3, 3), ["norm"] = new BatchNorm1d(3) };
        readonly Linear fc = new(3, 2);
        public override Tensor Forward(Tensor x) => _steps.Aggregate(x, (y, step) => y.Apply(step.Value, name: step.Key)).Apply(fc);
    }

    [Fact]
    public void Layers_have_names_instead_of_numbers_where_they_are_given()
    {
        var net = Sequential.Named(("hidden", new Linear(3, 4)), ("relu", new ReLU()), ("output", new Linear(4, 2)));
        Assert.Equal(["hidden.weight", "hidden.bias", "output.weight", "output.bias"], net.StateDict().Keys);
        Assert.Equal([4, 2], net.Forward(s_x).Shape);
        Assert.Same(net[2], net.Get("output"));
        net.Replace("output", new Linear(4, 7));
        Assert.Equal([4, 7], net.Clone().Forward(s_x).Shape);
        Assert.Contains("output (Linear", Assert.Throws<ShapeException>(() => Sequential.Named(("output", new Linear(4, 2))).Forward(s_x)).Message, StringComparison.Ordinal);
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => Sequential.Named(("a", new ReLU()), ("a", new ReLU()))).Message, StringComparison.Ordinal);
        Assert.Contains("dot", Assert.Throws<ArgumentException>(() => Sequential.Named(("a.b", new ReLU()))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Sequential.Named((" ", new ReLU())));
    }

    [Fact]
    public void Elements_stand_under_their_keys_alone_where_the_field_has_no_name()
    {
        var net = new Unnamed();
        Assert.Equal(["Mixed_1a.weight", "Mixed_1a.bias", "norm.weight", "norm.bias", "norm.running_mean", "norm.running_var", "norm.num_batches_tracked", "fc.weight", "fc.bias"], net.StateDict().Keys);
        net.Replace("Mixed_1a", new Linear(3, 3, bias: false));
        net.Replace("fc", new Linear(3, 5));
        Assert.Equal([4, 5], net.Forward(s_x).Shape);
        Assert.Throws<ArgumentException>(() => new StateNameAttribute(" "));
    }

    [Fact]
    public void A_copy_computes_the_same_and_shares_nothing()
    {
        var net = new Net();
        var copy = net.Clone();
        using (Mode.Training())
        {
            float[] y = net.Forward(s_x).ToArray<float>();                   // draws, and moves running statistics
            Assert.Equal(y, copy.Forward(s_x).ToArray<float>());
        }
        Assert.Equal(net.StateDict().Keys.ToArray(), copy.StateDict().Keys.ToArray());
        foreach (var (_, parameter) in copy.NamedParameters()) Init.Constant(parameter, 9);
        Assert.All(net.Parameters(), p => Assert.DoesNotContain(9f, p.ToArray<float>()));
        Assert.Same(copy.Get("fc"), copy.Get("tied"));
        Assert.NotSame(net.Get("fc"), copy.Get("fc"));
        Assert.All(net.Freeze().Clone().Parameters(), p => Assert.False(p.RequiresGrad));
    }

    sealed class Paired : Module
    {
        readonly (Linear, Linear) pair = (new(1, 1), new(1, 1));
        public Linear First => pair.Item1;
    }

    [Fact]
    public void What_cannot_be_copied_is_refused() => Assert.Contains("in a tuple", Assert.Throws<InvalidOperationException>(() => new Paired().Clone()).Message, StringComparison.Ordinal);

    [Fact]
    public void Heads_are_replaced_where_the_field_can_hold_them()
    {
        var net = new Net();
        var old = net.Replace("fc", new Linear(3, 7));
        Assert.Equal([2, 3], ((Linear)old).Weight.Shape);
        Assert.Equal([7, 3], net.GetTensor("fc.weight").Shape);
        net.Replace("layer1.1", new Identity());
        Assert.IsType<Identity>(net.Get("layer1.1"));
        net.Replace("by_name.norm", new Identity());
        Assert.IsType<Identity>(net.Get("by_name.norm"));
        Assert.Contains("Declare the field as Layer", Assert.Throws<ArgumentException>(() => net.Replace("tied", new Identity())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => net.Replace("layer1.5", new Identity()));
    }

    [Fact]
    public void Mode_and_gradients_are_set_at_once()
    {
        var net = new Net();
        Assert.False(net.Train(false).Get("fc").IsTraining);
        Assert.True(net.Train(true).Get("fc").IsTraining);
        net.Forward(s_x).Sum().Backward();
        Assert.NotNull(net.GetTensor("fc.weight").Grad);
        Assert.All(net.ZeroGrad().Parameters(), p => Assert.Null(p.Grad));
    }

    [Fact]
    public void Parameters_become_a_vector_and_back()
    {
        var net = new Net();
        var vector = net.Parameters().ParametersToVector();
        Assert.Equal(net.Parameters().Sum(p => p.Numel), vector.Numel);
        (vector * 2).VectorToParameters(net.Parameters());
        Assert.Equal((vector * 2).ToArray<float>(), net.Parameters().ParametersToVector().ToArray<float>());
        Assert.Throws<ShapeException>(() => Tensor.Zeros([3]).VectorToParameters(net.Parameters()));
        net.Parameters().ParametersToVector().Sum().Backward();
        Assert.All(net.GetTensor("fc.bias").Grad!.ToArray<float>(), g => Assert.Equal(1, g));
    }

    [Fact]
    public void Hooks_see_and_replace_what_passes_until_they_are_removed()
    {
        Sequential net = [new Linear(3, 3), new ReLU(), new Linear(3, 1)];
        var middle = net.Get<Layer>("1");
        float[] plain = net.Forward(s_x).ToArray<float>();
        List<string> seen = [];
        using (middle.RegisterForwardPreHook((layer, x) => { seen.Add($"in {x.Shape}"); return x * 0; }))
        using (middle.RegisterForwardHook((layer, x, y) => { seen.Add($"out {(double)y.Abs().Sum()}"); return null; }))
        using (net.Get<Layer>("2").RegisterForwardHook((layer, x, y) => y + 1))
            Assert.Equal((net.Get<Linear>("2").Bias! + 1).Expand([4, 1]).Reshape(-1).ToArray<float>(), net.Forward(s_x).Reshape(-1).ToArray<float>());
        Assert.Equal(["in [4, 3]", "out 0"], seen);
        Assert.Equal(plain, net.Forward(s_x).ToArray<float>());
    }

    [Fact]
    public void Backward_hooks_see_the_gradients_of_input_and_output()
    {
        Sequential net = [new Linear(3, 3), new Linear(3, 1)];
        float[] input = [], output = [];
        bool first = false;
        using var hook = net.Get<Layer>("1").RegisterBackwardHook((layer, dx, dy) => { (input, output) = (dx!.ToArray<float>(), dy.ToArray<float>()); return dx * 2; });
        using var early = net.Get<Layer>("0").RegisterBackwardHook((layer, dx, dy) => { first = dx is null && dy is not null; return null; });
        net.Forward(s_x).Sum().Backward();
        Assert.True(first);
        Assert.Equal([1f, 1, 1, 1], output);
        Assert.Equal(net.GetTensor("1.weight").Expand([4, 3]).Reshape(-1).ToArray<float>(), input);
        float[] doubled = net.GetTensor("0.weight").Grad!.ToArray<float>();
        hook.Dispose();
        net.ZeroGrad().Forward(s_x).Sum().Backward();
        Assert.Equal(doubled, net.GetTensor("0.weight").Grad!.ToArray<float>().Select(g => g * 2));
    }

    [Fact]
    public void Features_are_what_layers_inside_make()
    {
        var net = new Net().Eval();
        var features = net.Features(s_x, "layer1.0", "by_name.norm");
        Assert.Equal(net.Get<Layer>("layer1.0").Forward(s_x).ToArray<float>(), features["layer1.0"].ToArray<float>());
        Assert.Equal(["layer1.0", "by_name.norm"], features.Keys);
        Assert.Throws<ArgumentException>(() => net.Features(s_x, "nowhere"));
    }

    [Fact]
    public void A_call_with_other_parameters_sends_gradients_to_those()
    {
        var layer = new Linear(3, 1);
        var w = Tensor.Randn([1, 3]);
        w.RequiresGrad = true;
        var stepped = w * 2;
        var y = layer.FunctionalCall(new Dictionary<string, Tensor> { ["weight"] = stepped }, s_x);
        Assert.Equal(s_x.Linear(stepped, layer.Bias).ToArray<float>(), y.ToArray<float>());
        y.Sum().Backward();
        Assert.Equal((s_x.Sum(0) * 2).ToArray<float>(), w.Grad!.Reshape(-1).ToArray<float>());
        Assert.True(layer.Weight is { IsLeaf: true, RequiresGrad: true });
        Assert.Null(layer.Weight.Grad);
        Assert.Throws<ShapeException>(() => layer.FunctionalCall(new Dictionary<string, Tensor> { ["weight"] = s_x }, s_x));
        var net = new Net();
        double inside = net.FunctionalCall(new Dictionary<string, Tensor> { ["layer1.1.conv2.bias"] = Tensor.Zeros([3]) }, n => (double)n.Get<Linear>("layer1.1.conv2").Bias!.Abs().Sum());
        Assert.Equal(0, inside);
        Assert.NotEqual(0, (double)net.GetTensor("layer1.1.conv2.bias").Abs().Sum());
    }
}
