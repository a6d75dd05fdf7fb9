using System.Diagnostics;
using Candeia.NN;

namespace Candeia.Bench;

/// <summary>Chains of point-wise operations as users write them, beside the operation that does the same: milliseconds at best of many, forward alone and with the backward pass.</summary>
static class Chains
{
    const double Budget = 1.2;                                               // seconds for each figure
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
            Console.WriteLine($"[{rows}, {columns}], {Threads.Count} threads: forward by hand, built in; with backward by hand, built in (ms)");
            var x = Tensor.Randn([rows, columns], generator: s_random);
            var grad = Tensor.Randn([rows, columns], generator: s_random);
            Tensor[] p = [Tensor.Randn([columns], generator: s_random), Tensor.Randn([columns], generator: s_random), Tensor.Randn([rows, columns], generator: s_random)];
            foreach (var c in s_cases)
                if (only is null || c.Name.StartsWith(only, StringComparison.Ordinal))
                    Console.WriteLine($"  {c.Name,-18}{Forward(c.ByHand, x, p),9:F3}{Forward(c.BuiltIn, x, p),9:F3}  {Training(c.ByHand, x, p, grad),9:F3}{Training(c.BuiltIn, x, p, grad),9:F3}");
            if (only is null or "adam") Console.WriteLine($"  {"adam",-18}{Adam(x, grad, byHand: true),9:F3}{Adam(x, grad, byHand: false),9:F3}");
        }
    }

    static double Forward(Func<Tensor, Tensor[], Tensor> f, Tensor x, Tensor[] p) => Best(() =>
    {
        using var noGrad = Autograd.NoGrad();
        f(x, p).Settle();
    });

    static double Training(Func<Tensor, Tensor[], Tensor> f, Tensor x, Tensor[] p, Tensor grad)
    {
        Tensor leaf = x.Detach();
        Tensor[] parameters = [.. p.Select(t => t.Detach())];
        foreach (var t in parameters.Append(leaf)) t.RequiresGrad = true;
        return Best(() =>
        {
            foreach (var t in parameters.Append(leaf)) t.Grad = null;
            f(leaf, parameters).Settle().Backward(grad);
        });
    }

    static double Adam(Tensor x, Tensor grad, bool byHand)
    {
        Tensor p = x.Clone(), m = Tensor.Zeros(x.Shape), v = Tensor.Zeros(x.Shape);
        if (byHand)
            return Best(() =>
            {
                using var noGrad = Autograd.NoGrad();
                m[..] = m * 0.9 + grad * 0.1;
                v[..] = v * 0.999 + grad * grad * 0.001;
                p[..] -= 1e-9 * (m / 0.5) / ((v / 0.25).Sqrt() + 1e-8);
            });
        var parameter = Parameter.Of(p);
        parameter.Grad = grad;
        var adam = new Adam([parameter], 1e-9);
        return Best(() => adam.Step());
    }

    static double Best(Action action)
    {
        var all = Stopwatch.StartNew();
        double best = double.PositiveInfinity;
        for (int i = 0; i < 5 || all.Elapsed.TotalSeconds < Budget; i++)
        {
            var watch = Stopwatch.StartNew();
            using (Scope.Begin()) action();
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
        }
        return best;
    }
}
