using System.Diagnostics;
using Candeia.NN;

namespace Candeia.Bench;

/// <summary>
/// Chains of point-wise operations as users write them, one by one and in one pass, beside the operation that does the same: milliseconds of processor time at
/// best of many, in turn, forward alone and with the backward pass.
/// </summary>
static class Chains
{
    const double Budget = 2;                                                 // seconds for each line's half
    static readonly Generator s_random = new(1);

    sealed record Case(string Name, Func<Tensor, Tensor[], Tensor> ByHand, Func<Tensor, Tensor[], Tensor> BuiltIn);

    static readonly Case[] s_cases =
    [
        new("gelu", (x, _) => 0.5 * x * (1 + (x / Math.Sqrt(2)).Erf()), (x, _) => x.Gelu()),
        new("gelu, tanh", (x, _) => 0.5 * x * (1 + (Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)).Tanh()), (x, _) => x.Gelu(GeluApproximation.Tanh)),
        new("swish", (x, _) => x * x.Sigmoid(), (x, _) => x.Silu()),
        new("residual + scale", (x, p) => p[2] + x * p[0], (x, p) => p[2].AddCMul(x, p[0])),
        new("layer norm", LayerNorm, (x, p) => x.LayerNorm([x.Shape[^1]], p[0], p[1])),
        new("softmax", Softmax, (x, _) => x.Softmax(-1)),
    ];

    static Tensor LayerNorm(Tensor x, Tensor[] p)
    {
        var d = x - x.Mean([-1], keepDim: true);
        var variance = (d * d).Mean([-1], keepDim: true);
        return d * (variance + 1e-5).Rsqrt() * p[0] + p[1];
    }

    static Tensor Softmax(Tensor x, Tensor[] _)
    {
        var e = (x - x.Amax([-1], keepDim: true).Detach()).Exp();
        return e / e.Sum([-1], keepDim: true);
    }

    public static void Report(string? only)
    {
        foreach (int rows in new[] { 64, 1024, 16384 })
        {
            const int columns = 1024;
            Console.WriteLine($"[{rows}, {columns}], {Threads.Count} threads: forward one by one, by hand, built in; with backward likewise (ms)");
            var x = Tensor.Randn([rows, columns], generator: s_random);
            var grad = Tensor.Randn([rows, columns], generator: s_random);
            Tensor[] p = [Tensor.Randn([columns], generator: s_random), Tensor.Randn([columns], generator: s_random), Tensor.Randn([rows, columns], generator: s_random)];
            foreach (var c in s_cases)
                if (only is null || c.Name.StartsWith(only, StringComparison.Ordinal))
                    Print(c.Name, InTurn(Forward(c.ByHand, x, p), Forward(c.BuiltIn, x, p)), InTurn(Training(c.ByHand, x, p, grad), Training(c.BuiltIn, x, p, grad)));
            if (only is null or "adam") Print("adam", InTurn(Adam(x, grad, byHand: true), Adam(x, grad, byHand: false)), []);
        }
    }

    static void Print(string name, double[] forward, double[] training) =>
        Console.WriteLine($"  {name,-18}{string.Concat(forward.Select(ms => $"{ms,9:F3}"))}  {string.Concat(training.Select(ms => $"{ms,9:F3}"))}");

    static Action Forward(Func<Tensor, Tensor[], Tensor> f, Tensor x, Tensor[] p) => () =>
    {
        using var noGrad = Autograd.NoGrad();
        f(x, p).Settle();
    };

    static Action Training(Func<Tensor, Tensor[], Tensor> f, Tensor x, Tensor[] p, Tensor grad)
    {
        Tensor leaf = x.Detach();
        Tensor[] parameters = [.. p.Select(t => t.Detach())];
        foreach (var t in parameters.Append(leaf)) t.RequiresGrad = true;
        return () =>
        {
            foreach (var t in parameters.Append(leaf)) t.Grad = null;
            f(leaf, parameters).Settle().Backward(grad);
        };
    }

    static Action Adam(Tensor x, Tensor grad, bool byHand)
    {
        Tensor p = x.Clone(), m = Tensor.Zeros(x.Shape), v = Tensor.Zeros(x.Shape);
        if (byHand)
            return () =>
            {
                using var noGrad = Autograd.NoGrad();
                m[..] = m * 0.9 + grad * 0.1;
                v[..] = v * 0.999 + grad * grad * 0.001;
                p[..] -= 1e-9 * (m / 0.5) / ((v / 0.25).Sqrt() + 1e-8);
            };
        var parameter = Parameter.Of(p);
        parameter.Grad = grad;
        var adam = new Adam([parameter], 1e-9);
        return () => adam.Step();
    }

    /// <summary>By hand one by one, by hand in one pass, built in.</summary>
    static double[] InTurn(Action byHand, Action builtIn)
    {
        var all = Stopwatch.StartNew();
        double[] best = [double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity];
        for (int i = 0; i < 5 || all.Elapsed.TotalSeconds < Budget; i++)
            for (int way = 0; way < best.Length; way++)
            {
                using var _ = Absorption.Allow(way != 0);
                var start = Environment.CpuUsage.TotalTime;
                using (Scope.Begin()) (way == 2 ? builtIn : byHand)();
                best[way] = Math.Min(best[way], (Environment.CpuUsage.TotalTime - start).TotalMilliseconds);
            }
        return best;
    }
}
