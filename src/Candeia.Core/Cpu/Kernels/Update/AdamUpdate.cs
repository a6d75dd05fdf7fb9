using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// One step of Adam or AdamW for one parameter, in one pass over its memory, in the order of
/// <see href="https://pytorch.org/docs/stable/generated/torch.optim.AdamW.html">PyTorch's single-tensor form</see>.
/// </summary>
internal readonly unsafe struct AdamUpdate
{
    const nint Grain = 1 << 14;                                 // numbers in an item

    public double LearningRate { get; init; }
    public double Beta1 { get; init; }
    public double Beta2 { get; init; }
    public double Epsilon { get; init; }
    public double WeightDecay { get; init; }

    /// <summary>Weight decay shrinks the parameter, as in AdamW, instead of joining the gradient.</summary>
    public bool Decoupled { get; init; }
    public bool Maximize { get; init; }

    /// <summary>1 at the first step.</summary>
    public long Step { get; init; }

    /// <summary>Updates a parameter and its averages m and v; <paramref name="most"/> is AMSGrad's largest v so far, or null.</summary>
    public void Run<T>(T* parameter, T* gradient, T* m, T* v, T* most, nint count) where T : unmanaged =>
        Simd.Run<T, Call>(new(this, new() { Parameter = (byte*)parameter, Gradient = (byte*)gradient, M = (byte*)m, V = (byte*)v, Most = (byte*)most }, count));

    internal struct State
    {
        public byte* Parameter, Gradient, M, V, Most;
    }

    internal readonly struct Call(AdamUpdate rule, State state, nint count) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V> => Workers.Split(count, Grain, new Work<V>(rule, state));
    }

    readonly struct Work<V>(AdamUpdate rule, State state) : IRangeWork where V : unmanaged, ISimd<V>
    {
        readonly AdamUpdate _rule = rule;

        // Powers of our own: those of the C library differ in their last bits from system to system, and so would weights.
        readonly double _size = -rule.LearningRate / (1 - PortableMath.Power(rule.Beta1, rule.Step));
        readonly double _correction = Math.Sqrt(1 - PortableMath.Power(rule.Beta2, rule.Step));

        public void Run(nint from, nint to)
        {
            nint lanes = V.Size / V.Element, whole = (to - from) / lanes, at = from * V.Element, done = whole * V.Size;
            State s = state;
            s.Parameter += at;
            s.Gradient += at;
            s.M += at;
            s.V += at;
            if (s.Most != null) s.Most += at;
            Loop(_rule, _size, _correction, s, whole);
            uint rest = (uint)((to - from - whole * lanes) * V.Element);
            if (rest == 0) return;
            V parameter = default, gradient = default, m = default, v = default, most = default;
            Unsafe.CopyBlockUnaligned(&parameter, s.Parameter + done, rest);
            Unsafe.CopyBlockUnaligned(&gradient, s.Gradient + done, rest);
            Unsafe.CopyBlockUnaligned(&m, s.M + done, rest);
            Unsafe.CopyBlockUnaligned(&v, s.V + done, rest);
            if (s.Most != null) Unsafe.CopyBlockUnaligned(&most, s.Most + done, rest);
            State last = new() { Parameter = (byte*)&parameter, Gradient = (byte*)&gradient, M = (byte*)&m, V = (byte*)&v, Most = s.Most != null ? (byte*)&most : null };
            Loop(_rule, _size, _correction, last, 1);
            Unsafe.CopyBlockUnaligned(s.Parameter + done, &parameter, rest);
            Unsafe.CopyBlockUnaligned(s.M + done, &m, rest);
            Unsafe.CopyBlockUnaligned(s.V + done, &v, rest);
            if (s.Most != null) Unsafe.CopyBlockUnaligned(s.Most + done, &most, rest);
        }

        [MethodImpl(AggressiveOptimization | NoInlining)]
        static void Loop(in AdamUpdate rule, double size, double correction, State s, nint count)
        {
            V step = V.Const(size), root = V.Const(correction);
            V keepM = V.Const(rule.Beta1), addM = V.Const(1 - rule.Beta1), keepV = V.Const(rule.Beta2), addV = V.Const(1 - rule.Beta2);
            V epsilon = V.Const(rule.Epsilon), decay = V.Const(rule.WeightDecay), shrink = V.Const(1 - rule.LearningRate * rule.WeightDecay);
            bool maximize = rule.Maximize, shrinks = rule.Decoupled && rule.WeightDecay != 0, decays = !rule.Decoupled && rule.WeightDecay != 0;
            for (nint at = 0; count > 0; count--, at += V.Size)
            {
                V p = V.Load(s.Parameter + at), g = V.Load(s.Gradient + at);
                if (maximize) g = -g;
                if (shrinks) p *= shrink;
                if (decays) g = V.Fma(p, decay, g);
                V m = V.Fma(g, addM, V.Load(s.M + at) * keepM), v = V.Fma(g * addV, g, V.Load(s.V + at) * keepV);
                m.Store(s.M + at);
                v.Store(s.V + at);
                if (s.Most != null)
                {
                    v = V.Max(V.Load(s.Most + at), v);
                    v.Store(s.Most + at);
                }
                (p + step * m / (V.Sqrt(v) / root + epsilon)).Store(s.Parameter + at);
            }
        }
    }
}
