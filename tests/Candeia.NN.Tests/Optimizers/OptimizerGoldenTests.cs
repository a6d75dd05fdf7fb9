using System.Text.Json;
using Candeia.NN;

namespace Candeia.Tests;

/// <summary>Twenty steps of every optimizer against PyTorch's, and six of L-BFGS, which computes losses itself.</summary>
public class OptimizerGoldenTests
{
    public static IEnumerable<object[]> Cases => Golden.Names("optimizers").Where(c => !((string)c[1]).StartsWith("LBFGS", StringComparison.Ordinal));

    [Theory, MemberData(nameof(Cases))]
    public void Twenty_steps_are_those_of_PyTorch(string family, string name)
    {
        var c = Golden.Open(family)[name];
        double[] grads = c["grads"].Doubles, path = c["params"].Doubles;
        Tensor[] p = Start(path);
        var optimizer = Make(c, p);
        int sign = c.Flag("maximize") ? -1 : 1;
        double tolerance = c.Op is "ASGD" or "NAdam" ? 1e-6 : 1e-12;         // whose η and Πμ PyTorch 1.13 keeps in single precision
        for (int step = 0; step < 20; step++)
        {
            p[0].Grad = Tensor.From(grads[(step * 9)..(step * 9 + 3)]) * sign;
            p[1].Grad = Tensor.From(grads[(step * 9 + 3)..(step * 9 + 9)], [2, 3]) * sign;
            optimizer.Step();
            AssertNear(path[((step + 1) * 9)..((step + 2) * 9)], p, tolerance, step);
            if (step == 10) optimizer = Resume(optimizer, c, p);
        }
    }

    public static IEnumerable<object[]> Searches => Golden.Names("optimizers", "LBFGS");

    [Theory, MemberData(nameof(Searches))]
    public void LBFGS_goes_the_way_of_PyTorch(string family, string name)
    {
        var c = Golden.Open(family)[name];
        double[] path = c["params"].Doubles, losses = c["losses"].Doubles;
        Tensor[] p = Start(path);
        var optimizer = Make(c, p);
        int count = 0;
        for (int step = 0; step < 6; step++)
        {
            var first = optimizer.Step(() =>
            {
                count++;
                optimizer.ZeroGrad();
                var (a, b) = (p[0], p[1]);
                var loss = a.Square().Square().Sum() / 4 + (b.MatMul(a) - 1).Square().Sum() + (b * b).Sum() / 8 + (3 * b).Sin().Sum() / 4;
                loss.Backward();
                return loss;
            });
            Assert.Equal(losses[step], first.Item(), 1e-9);
            AssertNear(path[((step + 1) * 9)..((step + 2) * 9)], p, 1e-6, step);
            Assert.Equal(c["evaluations"].Longs[step], count);
            if (step == 1) optimizer = Resume(optimizer, c, p);
        }
        Assert.Throws<InvalidOperationException>(optimizer.Step);
    }

    static Tensor[] Start(double[] path) => [Parameter.Of(Tensor.From(path[..3])), Parameter.Of(Tensor.From(path[3..9], [2, 3]))];

    static Optimizer Resume(Optimizer optimizer, GoldenCase c, Tensor[] p)
    {
        var state = optimizer.StateDict().ToDictionary(s => s.Key, s => s.Value.Clone());
        var another = Make(c, p);
        another.LoadStateDict(state);
        return another;
    }

    static void AssertNear(double[] expected, Tensor[] p, double tolerance, int step)
    {
        double[] actual = [.. p[0].ToArray<double>(), .. p[1].ToArray<double>()];
        for (int i = 0; i < 9; i++) Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * (1 + Math.Abs(expected[i])), $"After step {step}, parameter {i} is {actual[i]:r}, not {expected[i]:r}.");
    }

    static Optimizer Make(GoldenCase c, Tensor[] p)
    {
        if (!c.Has("groups")) return Make(c, c.Op, p);
        JsonElement a = c.Args.GetProperty("groups")[0], b = c.Args.GetProperty("groups")[1];
        Optimizer optimizer = c.Op == "SGD" ? new SGD([p[0]], a.GetProperty("lr").GetDouble(), c.Number("momentum")) : new Adam([p[0]], a.GetProperty("lr").GetDouble());
        return optimizer.AddGroup([p[1]], b.GetProperty("lr").GetDouble(), b.GetProperty("weight_decay").GetDouble());
    }

    static Optimizer Make(GoldenCase c, string op, Tensor[] p)
    {
        double Lr(double otherwise) => c.Number("lr", otherwise);
        double Beta(int i) => c.Has("betas") ? c.Args.GetProperty("betas")[i].GetDouble() : i == 0 ? 0.9 : 0.999;
        double Pair(string name, int i, double otherwise) => c.Has(name) ? c.Args.GetProperty(name)[i].GetDouble() : otherwise;
        double decay = c.Number("weight_decay");
        return op switch
        {
            "SGD" => new SGD(p, Lr(0), c.Number("momentum"), c.Number("dampening"), decay, c.Flag("nesterov")),
            "Adam" => new Adam(p, Lr(1e-3), Beta(0), Beta(1), c.Number("eps", 1e-8), decay, c.Flag("amsgrad")),
            "AdamW" => new AdamW(p, Lr(1e-3), Beta(0), Beta(1), c.Number("eps", 1e-8), c.Number("weight_decay", 0.01), c.Flag("amsgrad")),
            "RMSprop" => new RMSprop(p, Lr(1e-2), c.Number("alpha", 0.99), c.Number("eps", 1e-8), decay, c.Number("momentum"), c.Flag("centered")),
            "Adagrad" => new Adagrad(p, Lr(1e-2), c.Number("lr_decay"), decay, c.Number("initial_accumulator_value")),
            "Adadelta" => new Adadelta(p, Lr(1), c.Number("rho", 0.9), c.Number("eps", 1e-6), decay),
            "Adamax" => new Adamax(p, Lr(2e-3), Beta(0), Beta(1), weightDecay: decay),
            "NAdam" => new NAdam(p, Lr(2e-3), weightDecay: decay, momentumDecay: c.Number("momentum_decay", 4e-3)),
            "RAdam" => new RAdam(p, Lr(1e-3), Beta(0), Beta(1), weightDecay: decay),
            "ASGD" => new ASGD(p, Lr(1e-2), c.Number("lambd", 1e-4), c.Number("alpha", 0.75), c.Number("t0", 1e6), decay),
            "Rprop" => new Rprop(p, Lr(1e-2), Pair("etas", 0, 0.5), Pair("etas", 1, 1.2), Pair("step_sizes", 0, 1e-6), Pair("step_sizes", 1, 50)),
            "LBFGS" => new LBFGS(p, Lr(1), c.Int("max_iter", 20), c.Has("max_eval") ? c.Int("max_eval") : null, historySize: c.Int("history_size", 100), strongWolfe: c.Has("line_search_fn")),
            _ => throw new NotSupportedException(op),
        };
    }
}
