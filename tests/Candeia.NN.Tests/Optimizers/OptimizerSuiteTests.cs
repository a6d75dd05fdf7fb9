using System.Text.Json;
using Candeia.NN;

namespace Candeia.Tests;

/// <summary>Long runs recorded by PyTorch, candle and burn, where they lie beside the checkout.</summary>
public class OptimizerSuiteTests
{
    [SkippableFact]
    public void All_14_paths_of_1001_steps_are_those_of_PyTorch()
    {
        var file = JsonElement.Parse(File.ReadAllText(SharedFolder.Require("suites/optim/pytorch-optim-baseline.json")));
        int count = 0;
        foreach (var c in file.GetProperty("cases").EnumerateObject())
        {
            double[][] init = Rows(file.GetProperty("init"));
            Tensor[] p = [Parameter.Of(Tensor.From(init[0], [3, 2])), Parameter.Of(Tensor.From(init[1])), Parameter.Of(Tensor.From(init[2], [1, 3])), Parameter.Of(Tensor.From(init[3]))];
            var x = Tensor.From([.. Rows(file.GetProperty("input")).SelectMany(r => r)], [3, 2]);
            var optimizer = Make(c.Value.GetProperty("hyper"), p);
            var expected = c.Value.GetProperty("expected");
            for (int step = 0; step <= 1000; step++)
            {
                using var scope = Scope.Begin();
                var loss = optimizer.Step(() =>
                {
                    optimizer.ZeroGrad();
                    var y = x.Linear(p[0], p[1]).Sigmoid().Linear(p[2], p[3]).Sigmoid().Sum();
                    y.Backward();
                    return y;
                });
                if (step % 100 != 0) continue;
                for (int i = 0; i < 4; i++)
                {
                    double[] want = Numbers(expected[step / 100][i]), have = p[i].ToArray<double>();
                    for (int k = 0; k < want.Length; k++) Assert.True(Math.Abs(want[k] - have[k]) <= 5e-4 + 1e-3 * Math.Abs(want[k]), $"{c.Name}, step {step}: {have[k]}, not {want[k]}");
                }
            }
            count++;
        }
        Assert.Equal(14, count);
    }

    [SkippableFact]
    public void Regressions_of_candle_and_steps_of_burn_come_out()
    {
        var file = JsonElement.Parse(File.ReadAllText(SharedFolder.Require("suites/optim/optimizer-numbers.json")));
        foreach (var c in file.GetProperty("cases").EnumerateArray())
        {
            bool candle = c.GetProperty("name").GetString()!.StartsWith("candle", StringComparison.Ordinal);
            double tolerance = c.GetProperty("atol").GetDouble();
            Tensor w, b;
            if (candle)
            {
                (w, b) = (Parameter.Of(Tensor.Zeros([1, 2])), Parameter.Of(Tensor.Zeros([1])));
                Tensor x = [[2f, 1f], [7f, 4f], [-4f, 12f], [5f, 8f]], y = Tensor.From([5f, 23, -2, 21], [4, 1]);
                var optimizer = Make(c.GetProperty("opt"), [w, b]);
                for (int step = 0; step < c.GetProperty("steps").GetInt32(); step++)
                {
                    using var scope = Scope.Begin();
                    optimizer.ZeroGrad();
                    x.Linear(w, b).MseLoss(y, Reduction.Sum).Backward();
                    optimizer.Step();
                }
                Assert.Equal(c.GetProperty("b").GetDouble(), b.Item(), tolerance);
                Near(Rows(c.GetProperty("w")), w, tolerance);
                continue;
            }
            (w, b) = (Parameter.Of(Matrix(c.GetProperty("w0"))), Parameter.Of(Tensor.From(Numbers(c.GetProperty("b0")))));
            var two = Make(c.GetProperty("opt"), [w, b]);
            foreach (string x in new[] { "x1", "x2" })
            {
                two.ZeroGrad();
                (Matrix(c.GetProperty(x)).MatMul(w) + b).Sum().Backward();
                two.Step();
            }
            Near(Rows(c.GetProperty("w")), w, tolerance);
            Near([Numbers(c.GetProperty("b"))], b, tolerance);
        }
    }

    static Optimizer Make(JsonElement h, Tensor[] p)
    {
        double N(string name, double otherwise) => h.TryGetProperty(name, out var x) ? x.GetDouble() : otherwise;
        bool B(string name) => h.TryGetProperty(name, out var x) && x.GetBoolean();
        double lr = N("lr", 1e-3), decay = N("weight_decay", 0);
        return h.GetProperty("opt").GetString() switch
        {
            "SGD" => new SGD(p, lr, N("momentum", 0), N("dampening", 0), decay, B("nesterov")),
            "Adam" => new Adam(p, lr, weightDecay: decay, amsgrad: B("amsgrad")),
            "AdamW" => new AdamW(p, lr, weightDecay: N("weight_decay", 0.01), amsgrad: B("amsgrad")),
            "RMSprop" => new RMSprop(p, lr, N("alpha", 0.99), N("eps", 1e-8), decay, N("momentum", 0), B("centered")),
            "Adagrad" => new Adagrad(p, lr, N("lr_decay", 0), decay, 0, N("eps", 1e-10)),
            "LBFGS" => new LBFGS(p, lr),
            var name => throw new NotSupportedException(name),
        };
    }

    static void Near(double[][] expected, Tensor actual, double tolerance)
    {
        double[] want = [.. expected.SelectMany(r => r)], have = actual.ToArray<double>();
        for (int i = 0; i < want.Length; i++) Assert.Equal(want[i], have[i], tolerance);
    }

    static Tensor Matrix(JsonElement rows) => Tensor.From([.. Rows(rows).SelectMany(r => r)], [rows.GetArrayLength(), rows[0].GetArrayLength()]);

    static double[][] Rows(JsonElement rows) => [.. rows.EnumerateArray().Select(Numbers)];

    static double[] Numbers(JsonElement row) => [.. row.EnumerateArray().Select(x => x.GetDouble())];
}
