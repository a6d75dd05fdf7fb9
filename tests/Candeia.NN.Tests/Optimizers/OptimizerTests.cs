using Candeia.NN;

namespace Candeia.Tests;

public class OptimizerTests
{
    [Fact]
    public void Parameters_without_gradients_stay()
    {
        Tensor a = Parameter.Of(Tensor.Ones([2])), b = Parameter.Of(Tensor.Ones([2]));
        var sgd = new SGD([a, b], 0.5);
        sgd.Step();
        Assert.Equal([1f, 1f], a.ToArray<float>());
        a.Sum().Backward();
        sgd.Step();
        Assert.Equal([0.5f, 0.5f], a.ToArray<float>());
        Assert.Equal([1f, 1f], b.ToArray<float>());
        Assert.True(a.RequiresGrad);
    }

    [Fact]
    public void Groups_have_numbers_of_their_own()
    {
        Tensor a = Parameter.Of(Tensor.Ones([1])), b = Parameter.Of(Tensor.Ones([1]));
        var sgd = new SGD([a], 0.5).AddGroup([b], learningRate: 0.25, weightDecay: 1);
        (a + b).Sum().Backward();
        sgd.Step();
        Assert.Equal(0.5f, (float)a);
        Assert.Equal(0.5f, (float)b);
        Assert.Equal([0.5, 0.25], sgd.Groups.Select(g => g.LearningRate));
        Assert.Throws<ArgumentException>(() => sgd.AddGroup([a]));
        Assert.Throws<ArgumentException>(() => sgd.AddGroup([]));
        Assert.Throws<ArgumentException>(() => new SGD([a * 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SGD([a], -1));
    }

    [Fact]
    public void Parameters_can_leave_their_group_for_one_of_their_own()
    {
        Tensor a = Parameter.Of(Tensor.Ones([1])), b = Parameter.Of(Tensor.Ones([1])), c = Parameter.Of(Tensor.Ones([1]));
        var sgd = new SGD([a, b, c], 0.5, momentum: 0.9);
        (a + b + c).Sum().Backward();
        sgd.Step();
        var group = sgd.Regroup([b], learningRate: 0.25);
        Assert.True(sgd.Groups[0].Parameters is [var first, var last] && first == a && last == c);
        Assert.Equal((0.25, 0.25, 0.9), (group.LearningRate, group.InitialLearningRate, group.Momentum));
        sgd.Step();                                                            // the momentum of before is remembered: 0.9 · 1 + 1
        Assert.Equal([0.5f - 0.95f, 0.5f - 0.475f], new[] { (float)a, (float)b }, (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Throws<ArgumentException>(() => sgd.Regroup([a, b]));
        Assert.Throws<ArgumentException>(() => sgd.Regroup([b]));
        Assert.Throws<ArgumentException>(() => sgd.Regroup([]));
    }

    [Fact]
    public void ZeroGrad_forgets_and_state_outlives_scopes()
    {
        var w = Parameter.Of(Tensor.Ones([2]));
        var adam = new Adam([w], 0.1);
        for (int step = 0; step < 3; step++)
        {
            using var scope = Scope.Begin();
            adam.ZeroGrad();
            Assert.Null(w.Grad);
            (w * w).Sum().Backward();
            adam.Step();
        }
        Assert.All(w.ToArray<float>(), x => Assert.InRange(x, 0.69f, 0.71f));
        Assert.Equal(2, w.Grad!.ToArray<float>().Length);
    }

    /// <summary>θ ← θ − γ·g, which fails once on request.</summary>
    sealed class Failing(Tensor[] parameters) : Optimizer(parameters, 0.25)
    {
        public bool Fails { get; set; }

        protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters)
        {
            if (Fails) throw new InvalidOperationException("Not now.");
            foreach (var p in parameters) p.Parameter.CopyFrom(p.Parameter - group.LearningRate * p.Gradient);
        }
    }

    [Fact]
    public void A_step_after_one_that_failed_is_made_once()
    {
        Tensor a = Parameter.Of(Tensor.Ones([1])), b = Parameter.Of(Tensor.Ones([1]));
        var optimizer = new Failing([a]);
        optimizer.AddGroup([b], learningRate: 0.5);
        (a + b).Sum().Backward();
        optimizer.Fails = true;
        Assert.Throws<InvalidOperationException>(optimizer.Step);
        Assert.Equal((1f, 1f), ((float)a, (float)b));
        optimizer.Fails = false;
        optimizer.Step();
        Assert.Equal((0.75f, 0.5f), ((float)a, (float)b));
    }

    [Fact]
    public void A_closure_returns_the_loss_before_the_step()
    {
        var w = Parameter.Of(Tensor.Ones([1]));
        var sgd = new SGD([w], 0.25);
        var loss = sgd.Step(() =>
        {
            sgd.ZeroGrad();
            var y = (w * w).Sum();
            y.Backward();
            return y;
        });
        Assert.Equal(1f, (float)loss);
        Assert.Equal(0.5f, (float)w);
    }

    [Fact]
    public void A_gradient_in_another_order_of_memory_is_the_same_gradient()
    {
        Func<Tensor[], Optimizer>[] makers =
        [
            p => new SGD(p, 0.1, momentum: 0.9, dampening: 0.1, weightDecay: 0.1), p => new SGD(p, 0.1, momentum: 0.9, nesterov: true), p => new SGD(p, 0.1),
            p => new Adam(p, 0.1, weightDecay: 0.1, amsgrad: true), p => new AdamW(p, 0.1, weightDecay: 0.1),
        ];
        foreach (var make in makers)
        {
            Tensor a = Parameter.Of(Tensor.Ones([3, 2], DType.Float64)), b = Parameter.Of(Tensor.Ones([3, 2], DType.Float64));
            Optimizer one = make([a]), other = make([b]);
            for (int step = 0; step < 3; step++)
            {
                var g = Tensor.From([1.0, -2, 3, -4, 5, step], [2, 3]).T();
                (a.Grad, b.Grad) = (g.Contiguous(), g);
                one.Step();
                other.Step();
            }
            Assert.All(a.ToArray<double>().Zip(b.ToArray<double>()), p => Assert.Equal(p.First, p.Second, 1e-14));
        }
    }

    [Fact]
    public void A_state_of_other_parameters_or_of_another_optimizer_is_refused()
    {
        Tensor a = Parameter.Of(Tensor.Ones([2])), b = Parameter.Of(Tensor.Ones([3]));
        var adam = new Adam([a]);
        a.Sum().Backward();
        adam.Step();
        var state = adam.StateDict();
        Assert.Equal(1, state["Adam.numbers.0.step"].Item());
        Assert.Equal("Adam.state.0.exp_avg [2] does not fit this Adam with 1 groups and 1 parameters, whose number 0 is [3].", Assert.Throws<StateDictException>(() => new Adam([b]).LoadStateDict(state)).Message);
        Assert.Contains("is not part of the state of AdamW", Assert.Throws<StateDictException>(() => new AdamW([a]).LoadStateDict(state)).Message, StringComparison.Ordinal);
        foreach (string name in new[] { "Adam.state.1.exp_avg", "Adam.groups.1.momentum", "Adam.groups.0.else", "Adam.state.-1.exp_avg", "Adam.numbers.9.step", "Adam.x" })
            Assert.Throws<StateDictException>(() => adam.LoadStateDict(new Dictionary<string, Tensor> { [name] = Tensor.Zeros([2]) }));
        new Adam([a], 0.5).LoadStateDict(state);
    }

    public static TheoryData<string> Refused => [.. s_refused.Keys];

    static readonly Dictionary<string, Func<Tensor[], Optimizer>> s_refused = new()
    {
        ["Adam beta1"] = p => new Adam(p, beta1: 1.5), ["Adam beta2"] = p => new Adam(p, beta2: 1), ["Adam epsilon"] = p => new Adam(p, epsilon: -1e-8),
        ["Adam learning rate"] = p => new Adam(p, double.PositiveInfinity), ["Adam weight decay"] = p => new Adam(p, weightDecay: -1),
        ["AdamW beta1"] = p => new AdamW(p, beta1: 1), ["AdamW epsilon"] = p => new AdamW(p, epsilon: double.NaN),
        ["SGD learning rate"] = p => new SGD(p, double.NaN), ["SGD momentum"] = p => new SGD(p, momentum: double.PositiveInfinity),
        ["Adamax beta2"] = p => new Adamax(p, beta2: 2), ["Lion beta2"] = p => new Lion(p, beta2: -0.1), ["NAdam beta1"] = p => new NAdam(p, beta1: 1),
        ["RAdam epsilon"] = p => new RAdam(p, epsilon: -1), ["RMSprop alpha"] = p => new RMSprop(p, alpha: -1), ["RMSprop epsilon"] = p => new RMSprop(p, epsilon: -1),
        ["Adadelta rho"] = p => new Adadelta(p, rho: 1.1), ["Adagrad initial"] = p => new Adagrad(p, initialAccumulator: -1),
        ["integers"] = _ => new SGD([Tensor.Zeros([2], DType.Int64)]),
    };

    [Theory, MemberData(nameof(Refused))]
    public void Numbers_with_which_nothing_is_learnt_are_refused(string what) =>
        Assert.ThrowsAny<ArgumentException>(() => s_refused[what]([Parameter.Of(Tensor.Zeros([2]))]));

    [Fact]
    public void A_negative_deviation_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Init.Normal(Tensor.Zeros([2]), std: -1));
}
