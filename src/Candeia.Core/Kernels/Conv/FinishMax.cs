using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Then the greatest of 2×2: the first of equals, and not-a-number before all. Its bit is set if the activation let it pass, all others are zero.</summary>
internal readonly unsafe struct FinishMax<V>(Finish<V> finish) : IPooling<V> where V : unmanaged, ISimd<V>
{
    readonly Finish<V> _finish = finish;

    [MethodImpl(AggressiveInlining)] public V Pool(V p, V q, V r, V s, int column, out uint bitsP, out uint bitsQ, out uint bitsR, out uint bitsS)
    {
        V m = _finish.Apply(p, null, column);
        q = _finish.Apply(q, null, column); uint beatsQ = V.Greater(q, m) | V.NaN(q); m = V.Select(beatsQ, q, m);
        r = _finish.Apply(r, null, column); uint beatsR = V.Greater(r, m) | V.NaN(r); m = V.Select(beatsR, r, m);
        s = _finish.Apply(s, null, column); uint beatsS = V.Greater(s, m) | V.NaN(s); m = V.Select(beatsS, s, m);
        uint passes = V.Greater(m, _finish.Floor);
        bitsS = passes & beatsS;
        bitsR = passes & beatsR & ~beatsS;
        bitsQ = passes & beatsQ & ~beatsR & ~beatsS;
        bitsP = passes & ~beatsQ & ~beatsR & ~beatsS;
        return m;
    }
}
