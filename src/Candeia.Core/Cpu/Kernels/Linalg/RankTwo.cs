using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>For some rows of n numbers: A −= v·wᵀ + w·vᵀ, and in the same pass y = A·x.</summary>
internal readonly unsafe struct RankTwo(void* a, nint row, void* v, void* w, void* x, void* y, nint n, nint from, nint to) : ISimdCall
{
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public void Run<V>() where V : unmanaged, ISimd<V>
    {
        nint lanes = V.Size / V.Element;
        for (nint i = from; i < to; i++)
        {
            byte* line = (byte*)a + i * row * V.Element, p = (byte*)v, q = (byte*)w, r = (byte*)x;
            V vi = -V.Splat(p + i * V.Element), wi = -V.Splat(q + i * V.Element), s0 = V.Const(0), s1 = s0;
            nint j = 0;
            for (; j + 2 * lanes <= n; j += 2 * lanes, line += 2 * V.Size, p += 2 * V.Size, q += 2 * V.Size, r += 2 * V.Size)
            {
                V one = V.Fma(wi, V.Load(p), V.Fma(vi, V.Load(q), V.Load(line))), two = V.Fma(wi, V.Load(p + V.Size), V.Fma(vi, V.Load(q + V.Size), V.Load(line + V.Size)));
                one.Store(line);
                two.Store(line + V.Size);
                s0 = V.Fma(one, V.Load(r), s0);
                s1 = V.Fma(two, V.Load(r + V.Size), s1);
            }
            for (; j < n; j += lanes, line += V.Size, p += V.Size, q += V.Size, r += V.Size)
            {
                int some = (int)Math.Min(lanes, n - j);
                V one = V.Fma(wi, V.LoadPart(p, some), V.Fma(vi, V.LoadPart(q, some), V.LoadPart(line, some)));
                one.StorePart(line, some);
                s0 = V.Fma(one, V.LoadPart(r, some), s0);
            }
            double sum = V.Sum(s0 + s1);
            if (V.Element == sizeof(float)) ((float*)y)[i] = (float)sum;
            else ((double*)y)[i] = sum;
        }
    }
}
