using Candeia.NN;

namespace Candeia.Tests;

public class ModuleTests
{
    sealed class Block(Linear first) : Layer
    {
        readonly Linear _second = new(2, 2);
        public Linear Third { get; } = new(2, 2);
        readonly Tensor scale = Parameter.Of(Tensor.Ones([2]));
        [Buffer] Tensor RunningMean { get; set; } = Tensor.Zeros([2]);
        [Buffer(persistent: false)] readonly Tensor cache = Tensor.Zeros([5]);

        public override Tensor Forward(Tensor x) => (x.Apply(first).Apply(_second).Apply(Third) - RunningMean) * scale + cache.Sum();
    }

    sealed class Net : Layer
    {
        readonly Block block = new(new Linear(2, 2, bias: false));
        readonly List<Linear> layers = [new(2, 3), new(3, 2)];
        readonly Dictionary<string, Layer> heads = new() { ["left"] = new Linear(2, 1), ["right"] = new Linear(2, 1) };
        readonly (Linear, Tensor) pair = (new(1, 1), Parameter.Of(Tensor.Ones([1])));
        readonly Linear[][] grid = [[new(1, 1)], []];
        readonly Func<Tensor, Tensor> activation = x => x.Relu();
        readonly string note = "not state";
        readonly Tensor? none = Environment.ProcessorCount == 0 ? Tensor.Ones([1]) : null;

        public override Tensor Forward(Tensor x) => activation(x.Apply(block).Apply(layers[0]).Apply(layers[1])).Apply(heads[note.Length > 0 ? "left" : "right"]) * pair.Item2 + grid.Length + (none?.Rank ?? 0);
    }

    [Fact]
    public void Names_are_those_of_PyTorch()
    {
        Assert.Equal(
        [
            "block.first.weight", "block.second.weight", "block.second.bias", "block.third.weight", "block.third.bias", "block.scale", "block.running_mean",
            "layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias", "heads.left.weight", "heads.left.bias", "heads.right.weight", "heads.right.bias",
            "pair.0.weight", "pair.0.bias", "pair.1", "grid.0.0.weight", "grid.0.0.bias",
        ], new Net().StateDict().Keys.Order().OrderBy(Position));

        static int Position(string key) => Array.FindIndex(["block.first", "block.second.w", "block.second.b", "block.third.w", "block.third.b", "block.scale", "block.running", "layers.0.w", "layers.0.b", "layers.1.w", "layers.1.b",
            "heads.left.w", "heads.left.b", "heads.right.w", "heads.right.b", "pair.0.w", "pair.0.b", "pair.1", "grid.0.0.w", "grid"], key.StartsWith);
    }

    [Theory]
    [InlineData("fc1", "fc1"), InlineData("_fc1", "fc1"), InlineData("Fc1", "fc1"), InlineData("runningMean", "running_mean"), InlineData("RunningMean", "running_mean")]
    [InlineData("numBatchesTracked", "num_batches_tracked"), InlineData("RGBNet", "rgb_net"), InlineData("in_proj", "in_proj"), InlineData("conv2dBlock", "conv2d_block"), InlineData("weightIhL0", "weight_ih_l0")]
    public void Names_become_snake_case(string name, string expected) => Assert.Equal(expected, StateField.SnakeCase(name));

    [Fact]
    public void Parameters_are_not_buffers_and_frozen_ones_remain_parameters()
    {
        var net = new Net();
        Assert.Equal(19, net.Parameters().Count);
        Assert.Equal(2, net.Buffers().Count);
        net.Freeze();
        Assert.Equal(19, net.Parameters().Count);
        Assert.DoesNotContain(net.Parameters(), p => p.RequiresGrad);
        Assert.False(net.Forward(Tensor.Ones([1, 2])).RequiresGrad);
        net.Unfreeze();
        Assert.All(net.Parameters(), p => Assert.True(p.RequiresGrad));
        Assert.DoesNotContain(net.Buffers(), b => b.RequiresGrad);
    }

    sealed class Undecided : Module
    {
        public Tensor Scale { get; } = Tensor.Ones([3]);
    }

    [Fact]
    public void A_tensor_that_is_neither_parameter_nor_buffer_is_refused()
    {
        var e = Assert.Throws<InvalidOperationException>(() => new Undecided().Parameters());
        Assert.Equal("Undecided.scale is a tensor [3] that is neither a parameter nor a buffer. Make it with Parameter.Of(…), or mark the field [Buffer].", e.Message);
    }

    sealed class Ring : Module
    {
        public Module? Next { get; set; }
    }

    [Fact]
    public void A_module_that_contains_itself_is_refused()
    {
        var ring = new Ring();
        ring.Next = new Ring { Next = ring };
        Assert.StartsWith("Ring contains itself: next.next is the Ring that it lies in.", Assert.Throws<InvalidOperationException>(() => ring.Parameters()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Modules_that_lie_too_deep_are_refused_before_the_stack_overflows()
    {
        Layer net = new Linear(2, 2);
        for (int i = 0; i < 20_000; i++) net = new Sequential(net);
        foreach (Action use in (Action[])[() => net.Parameters(), () => net.StateDict(), () => net.Eval(), () => net.ToString()])
            Assert.StartsWith("Modules lie in modules more than 1000 deep.", Assert.Throws<InvalidOperationException>(use).Message, StringComparison.Ordinal);
        // Forward takes more of the stack, or less, as the compiler likes it; a loop without end always takes all.
        Assert.Contains("does Endless apply itself?", Assert.Throws<InvalidOperationException>(() => new Endless().Forward(Tensor.Ones([2]))).Message, StringComparison.Ordinal);
        net = new Linear(2, 2);
        for (int i = 0; i < 900; i++) net = new Sequential(net);
        Assert.Equal([3, 2], net.Forward(Tensor.Ones([3, 2])).Shape);
        Assert.Equal(2, net.Parameters().Count);
    }

    sealed class Endless : Layer
    {
        public override Tensor Forward(Tensor x) => x.Apply(this);
    }

    sealed class Tied : Layer
    {
        readonly Linear a = new(2, 2), b;
        readonly Linear c = new(2, 2);

        public Tied()
        {
            b = a;
            c.Weight = a.Weight;
        }

        public override Tensor Forward(Tensor x) => x.Apply(a).Apply(b).Apply(c);
    }

    [Fact]
    public void What_is_shared_counts_once_but_stands_in_the_state_dict_under_each_name()
    {
        var tied = new Tied();
        Assert.Equal(["a.weight", "a.bias", "c.bias"], tied.NamedParameters().Select(p => p.Name));
        Assert.Equal(["", "a", "c"], tied.NamedModules().Select(m => m.Name));
        Assert.Equal(2, tied.Children().Count);
        Assert.Equal(["a.weight", "a.bias", "b.weight", "b.bias", "c.weight", "c.bias"], tied.StateDict().Keys);
    }

    class Base : Module
    {
        readonly Linear hidden = new(1, 1);
        public Linear Shown => hidden;
    }

    sealed class Derived : Base
    {
        readonly Linear own = new(1, 1);
        public Linear Own => own;
    }

    sealed class Clash : Base
    {
        readonly Linear Hidden = new(1, 1);
        public Linear Other => Hidden;
    }

    [Fact]
    public void Private_fields_of_base_types_count_and_equal_names_are_refused()
    {
        Assert.Equal(["hidden.weight", "hidden.bias", "own.weight", "own.bias"], new Derived().StateDict().Keys);
        Assert.Contains("Base.hidden and Clash.Hidden", Assert.Throws<InvalidOperationException>(() => new Clash().Parameters()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_and_Eval_reach_every_module()
    {
        var net = new Net().Eval();
        Assert.All(net.NamedModules(), m => Assert.False(m.Module.IsTraining));
        Assert.All(net.Train().NamedModules(), m => Assert.True(m.Module.IsTraining));
    }

    [Fact]
    public void Another_type_keeps_the_tensors_that_an_optimizer_knows()
    {
        var layer = new Linear(2, 1);
        var (weight, before) = (layer.Weight, layer.Weight.ToArray<float>());
        layer.Forward(Tensor.Ones([1, 2])).Sum().Backward();
        layer.To(DType.Float64);
        Assert.Same(weight, layer.Weight);
        Assert.Equal(DType.Float64, weight.DType);
        Assert.Equal(DType.Float64, weight.Grad!.DType);
        Assert.Equal(before, weight.ToArray<float>());
        Assert.Equal(DType.Float64, layer.Forward(Tensor.Ones([1, 2], DType.Float64)).DType);
        Assert.Throws<ArgumentException>(() => layer.To(DType.Int64));
    }

    [Fact]
    public void A_tree_shows_what_is_where() => Assert.Equal("""
        Tied(
          a: Linear 2→2
          b: Linear 2→2
          c: Linear 2→2
        )
        """, new Tied().ToString());

    sealed class Outer : Layer
    {
        readonly Block block = new(new Linear(3, 2));
        public override Tensor Forward(Tensor x) => x.Apply(block);
    }

    [Fact]
    public void A_wrong_shape_names_the_layer_by_its_path()
    {
        var e = Assert.Throws<ShapeException>(() => new Outer().Forward(Tensor.Ones([4, 5])));
        Assert.StartsWith("block.first (Linear 3→2): input Float32 [4, 5]: ", e.Message, StringComparison.Ordinal);
        Assert.IsType<ShapeException>(e.InnerException);
    }

    [Fact]
    public void A_model_made_in_a_scope_outlives_it()
    {
        Linear layer;
        using (Scope.Begin()) layer = new(2, 2);
        Assert.Equal(4, layer.Weight.ToArray<float>().Length);
    }
}
