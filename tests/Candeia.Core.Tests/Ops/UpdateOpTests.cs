namespace Candeia.Tests;

/// <summary>An update of several tensors in place does what its composition means, however the tensors lie in memory.</summary>
public class UpdateOpTests
{
    static readonly Dictionary<string, (UpdateOp Op, int Kinds)> s_ops = new()
    {
        ["blend"] = (new BlendOp(0.9, -0.2), 1),
        ["adam"] = (new AdamStepOp(0.1, 0.9, 0.99, 1e-8, 3), 3),
        ["adam, decay"] = (new AdamStepOp(0.1, 0.9, 0.99, 1e-8, 1) { WeightDecay = 0.2 }, 3),
        ["adamw, amsgrad"] = (new AdamStepOp(0.1, 0.8, 0.99, 1e-3, 7) { WeightDecay = 0.2, Decoupled = true, Amsgrad = true }, 4),
        ["sgd"] = (new SgdStepOp(0.1) { WeightDecay = 0.3 }, 1),
        ["sgd, first"] = (new SgdStepOp(0.1) { Momentum = 0.9, Dampening = 0.5, IsFirst = true }, 2),
        ["sgd, dampened"] = (new SgdStepOp(0.1) { Momentum = 0.9, Dampening = 0.5, WeightDecay = 0.1 }, 2),
        ["sgd, nesterov"] = (new SgdStepOp(0.1) { Momentum = 0.9, Nesterov = true }, 2),
    };

    static readonly Dictionary<string, Func<Tensor, Tensor>> s_memories = new()
    {
        ["row-major"] = x => x.Clone(),
        ["transposed"] = x => x.T().Contiguous().T(),
        ["with gaps"] = x => Tensor.Stack([x, x + 100], x.Rank).Select(x.Rank, 0),
    };

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            TheoryData<string, string, string> cases = [];
            foreach (string op in s_ops.Keys)
                foreach (string targets in s_memories.Keys) foreach (string gradients in s_memories.Keys) cases.Add(op, targets, gradients);
            return cases;
        }
    }

    static void Apply(UpdateOp op, Tensor[] gradients, Tensor[] targets)
    {
        if (op is AdamStepOp adam) adam.Apply(gradients, targets);
        else if (op is BlendOp blend) for (int i = 0; i < targets.Length; i++) blend.Apply(targets[i], gradients[i]);
        else ((SgdStepOp)op).Apply(gradients, targets);
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_kernel_does_what_the_composition_means(string name, string targetMemory, string gradientMemory)
    {
        var (op, kinds) = s_ops[name];
        foreach (var dtype in (DType[])[DType.Float32, DType.Float64])
        {
            var g = new Generator(5);
            Shape[] shapes = [[3, 5], [7, 11], [1, 1]];
            Tensor[] gradients = [.. shapes.Select(s => s_memories[gradientMemory](Tensor.Randn(s, dtype, g)))];
            Tensor[] targets = [.. Enumerable.Range(0, kinds * 3).Select(i => s_memories[targetMemory](Tensor.Rand(shapes[i % 3], dtype, g)))];
            double[][] want = op is BlendOp
                ? [.. targets.Select((t, i) => op.Compose([gradients[i]], [t])[0].ToArray<double>())]
                : [.. op.Compose(gradients, targets).Select(t => t.ToArray<double>())];
            int[] versions = [.. targets.Select(t => t.Version)];
            Apply(op, gradients, targets);
            for (int i = 0; i < targets.Length; i++)
            {
                Assert.Equal(versions[i] + 1, targets[i].Version);
                foreach (var (p, q) in want[i].Zip(targets[i].ToArray<double>())) Assert.Equal(p, q, dtype == DType.Float64 ? 1e-12 : 1e-5);
            }
        }
    }

    [Fact]
    public void What_lies_between_the_elements_of_a_target_stays()
    {
        var all = Tensor.Ones([4, 2]);
        new SgdStepOp(1).Apply([Tensor.Ones([4])], [all.Select(1, 0)]);
        Assert.Equal([0f, 1, 0, 1, 0, 1, 0, 1], all.ToArray<float>());
    }

    [Fact]
    public void Running_moments_move_by_the_unbiased_variance()
    {
        Tensor mean = Tensor.From([1f, 2]), variance = Tensor.From([3f, 4]);
        new RunningMomentsOp(0.25, 5).Apply(mean, variance, Tensor.From([5f, 6]), Tensor.From([8f, 16]));
        Assert.Equal([2f, 3], mean.ToArray<float>());
        Assert.Equal([4.75f, 8], variance.ToArray<float>());
    }

    [Fact]
    public void Targets_that_do_not_fit_are_refused_with_both_sides()
    {
        var op = new SgdStepOp(0.1) { Momentum = 0.9 };
        Assert.Contains("2 targets for each", Assert.Throws<ArgumentException>(() => op.Apply([Tensor.Ones([2])], [Tensor.Ones([2])])).Message,
            StringComparison.Ordinal);
        string shapes = Assert.Throws<ShapeException>(() => op.Apply([Tensor.Ones([2])], [Tensor.Ones([2]), Tensor.Ones([3])])).Message;
        Assert.Contains("[3]", shapes, StringComparison.Ordinal);
        Assert.Contains("[2]", shapes, StringComparison.Ordinal);
    }
}
