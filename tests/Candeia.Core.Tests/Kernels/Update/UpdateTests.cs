using Candeia.Kernels;

namespace Candeia.Tests;

[Collection(nameof(ThreadCount))]
public sealed unsafe class UpdateTests
{
    static readonly int[] s_lengths = [1, 2, 7, 16, 33, 100];

    [Fact]
    public void Adam_follows_PyTorchs_rule()
    {
        foreach (bool decoupled in new[] { false, true })
            foreach (bool amsgrad in new[] { false, true })
                foreach (double decay in new[] { 0, 0.1 })
                    foreach (bool maximize in new[] { false, true })
                        EachRegister.Run(new Adam(new() { LearningRate = 0.01, Beta1 = 0.9, Beta2 = 0.99, Epsilon = 1e-8, WeightDecay = decay, Decoupled = decoupled, Maximize = maximize }, amsgrad));
    }

    [Fact]
    public void Sgd_follows_PyTorchs_rule()
    {
        foreach (double momentum in new[] { 0, 0.9 })
            foreach (bool nesterov in new[] { false, true })
                foreach (double decay in new[] { 0, 0.1 })
                    foreach (bool maximize in new[] { false, true })
                        EachRegister.Run(new Sgd(new() { LearningRate = 0.01, Momentum = momentum, Dampening = nesterov ? 0 : 0.3, WeightDecay = decay, Nesterov = nesterov, Maximize = maximize }));
    }

    [Fact]
    public void The_bits_do_not_depend_on_the_threads()
    {
        const int N = 100_001;
        long[]? first = null;
        foreach (int threads in new[] { 1, 4 })
        {
            using var _ = new ThreadCount(threads);
            using var p = Numbers.Random(4, N, 1);
            using var g = Numbers.Random(4, N, 2);
            using var m = new Numbers(4, N, _ => 0);
            using var v = new Numbers(4, N, _ => 0);
            new AdamUpdate { LearningRate = 0.1, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8, Step = 1 }.Run((float*)p.At, (float*)g.At, (float*)m.At, (float*)v.At, null, N);
            Assert.Equal(first ??= p.Bits(), p.Bits());
            p.CheckGuard();
        }
    }

    static void Close(double[] want, Numbers got, int element)
    {
        for (int i = 0; i < want.Length; i++) Assert.Equal(want[i], got[i], (element == 4 ? 1e-6 : 1e-14) * (1 + Math.Abs(want[i])));
        got.CheckGuard();
    }

    readonly struct Adam(AdamUpdate rule, bool amsgrad) : ISimdCall
    {
        readonly AdamUpdate _rule = rule;

        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            foreach (int n in s_lengths)
            {
                using var p = Numbers.Random(V.Element, n, 1);
                using var m = new Numbers(V.Element, n, _ => 0);
                using var v = new Numbers(V.Element, n, _ => 0);
                using var most = new Numbers(V.Element, n, _ => 0);
                double[] wantP = p.ToArray(), wantM = new double[n], wantV = new double[n], wantMost = new double[n];
                for (int step = 1; step <= 3; step++)
                {
                    using var g = Numbers.Random(V.Element, n, 10 + step, scale: 4 - step);
                    var now = _rule with { Step = step };
                    new AdamUpdate.Call(now, new() { Parameter = p.At, Gradient = g.At, M = m.At, V = v.At, Most = amsgrad ? most.At : null }, n).Run<V>();
                    for (int i = 0; i < n; i++)
                    {
                        double grad = now.Maximize ? -g[i] : g[i];
                        if (now.Decoupled) wantP[i] *= 1 - now.LearningRate * now.WeightDecay;
                        else grad += now.WeightDecay * wantP[i];
                        wantM[i] = now.Beta1 * wantM[i] + (1 - now.Beta1) * grad;
                        wantV[i] = now.Beta2 * wantV[i] + (1 - now.Beta2) * grad * grad;
                        wantMost[i] = Math.Max(wantMost[i], wantV[i]);
                        double root = Math.Sqrt(amsgrad ? wantMost[i] : wantV[i]) / Math.Sqrt(1 - Math.Pow(now.Beta2, step)) + now.Epsilon;
                        wantP[i] -= now.LearningRate / (1 - Math.Pow(now.Beta1, step)) * wantM[i] / root;
                    }
                }
                Close(wantP, p, V.Element);
                Close(wantM, m, V.Element);
                Close(wantV, v, V.Element);
                if (amsgrad) Close(wantMost, most, V.Element);
            }
        }
    }

    readonly struct Sgd(SgdUpdate rule) : ISimdCall
    {
        readonly SgdUpdate _rule = rule;

        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            foreach (int n in s_lengths)
            {
                using var p = Numbers.Random(V.Element, n, 1);
                using var b = new Numbers(V.Element, n);
                double[] wantP = p.ToArray(), wantB = new double[n];
                for (int step = 1; step <= 3; step++)
                {
                    using var g = Numbers.Random(V.Element, n, 10 + step);
                    var now = _rule with { First = step == 1 };
                    new SgdUpdate.Call(now, p.At, g.At, now.Momentum != 0 ? b.At : null, n).Run<V>();
                    for (int i = 0; i < n; i++)
                    {
                        double grad = (now.Maximize ? -g[i] : g[i]) + now.WeightDecay * wantP[i];
                        if (now.Momentum != 0)
                        {
                            wantB[i] = step == 1 ? grad : now.Momentum * wantB[i] + (1 - now.Dampening) * grad;
                            grad = now.Nesterov ? grad + now.Momentum * wantB[i] : wantB[i];
                        }
                        wantP[i] -= now.LearningRate * grad;
                    }
                }
                Close(wantP, p, V.Element);
                if (_rule.Momentum != 0) Close(wantB, b, V.Element);
            }
        }
    }
}
