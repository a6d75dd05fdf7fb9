using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// One step of gradient descent for one parameter, in one pass over its memory, in the order of
/// <see href="https://pytorch.org/docs/stable/generated/torch.optim.SGD.html">PyTorch's single-tensor form</see>.
/// </summary>
internal readonly unsafe struct SgdUpdate
{
    const nint Grain = 1 << 14;                                 // numbers in an item

    public double LearningRate { get; init; }
    public double Momentum { get; init; }
    public double Dampening { get; init; }
    public double WeightDecay { get; init; }
    public bool Nesterov { get; init; }
    public bool Maximize { get; init; }

    /// <summary>The buffer is empty yet: it becomes the gradient, undampened.</summary>
    public bool First { get; init; }

    /// <summary>Updates a parameter and, with momentum, its buffer (null without).</summary>
    public void Run<T>(T* parameter, T* gradient, T* buffer, nint count) where T : unmanaged => Simd.Run<T, Call>(new(this, (byte*)parameter, (byte*)gradient, (byte*)buffer, count));

    internal readonly struct Call(SgdUpdate rule, byte* parameter, byte* gradient, byte* buffer, nint count) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V> => Workers.Split(count, Grain, new Work<V>(rule, parameter, gradient, buffer));
    }

    readonly struct Work<V>(SgdUpdate rule, byte* parameter, byte* gradient, byte* buffer) : IRangeWork where V : unmanaged, ISimd<V>
    {
        readonly SgdUpdate _rule = rule;

        public void Run(nint from, nint to)
        {
            nint lanes = V.Size / V.Element, whole = (to - from) / lanes, done = whole * V.Size;
            byte* p = parameter + from * V.Element, g = gradient + from * V.Element, b = buffer == null ? null : buffer + from * V.Element;
            Loop(_rule, p, g, b, whole);
            uint rest = (uint)((to - from - whole * lanes) * V.Element);
            if (rest == 0) return;
            V lastP = default, lastG = default, lastB = default;
            Unsafe.CopyBlockUnaligned(&lastP, p + done, rest);
            Unsafe.CopyBlockUnaligned(&lastG, g + done, rest);
            if (b != null) Unsafe.CopyBlockUnaligned(&lastB, b + done, rest);
            Loop(_rule, (byte*)&lastP, (byte*)&lastG, b != null ? (byte*)&lastB : null, 1);
            Unsafe.CopyBlockUnaligned(p + done, &lastP, rest);
            if (b != null) Unsafe.CopyBlockUnaligned(b + done, &lastB, rest);
        }

        [MethodImpl(AggressiveOptimization | NoInlining)]
        static void Loop(in SgdUpdate rule, byte* parameter, byte* gradient, byte* buffer, nint count)
        {
            V step = V.Const(-rule.LearningRate), momentum = V.Const(rule.Momentum), add = V.Const(1 - rule.Dampening), decay = V.Const(rule.WeightDecay);
            bool maximize = rule.Maximize, decays = rule.WeightDecay != 0, first = rule.First, nesterov = rule.Nesterov;
            for (nint at = 0; count > 0; count--, at += V.Size)
            {
                V p = V.Load(parameter + at), g = V.Load(gradient + at);
                if (maximize) g = -g;
                if (decays) g = V.Fma(p, decay, g);
                if (buffer != null)
                {
                    V b = first ? g : V.Fma(g, add, V.Load(buffer + at) * momentum);
                    b.Store(buffer + at);
                    g = nesterov ? V.Fma(b, momentum, g) : b;
                }
                V.Fma(g, step, p).Store(parameter + at);
            }
        }
    }
}
