using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// Then the greatest of 2×2: the first of equals, and not-a-number before all. Its bit is set if the activation let it pass, all others are zero.
/// </summary>
internal readonly unsafe struct FinishMax<V>(Finish<V> finish) : IPooling<V> where V : unmanaged, ISimd<V>
{
    readonly Finish<V> _finish = finish;

    [MethodImpl(AggressiveInlining)] public V Pool(V p, V q, V r, V s, int column, out uint bitsP, out uint bitsQ, out uint bitsR, out uint bitsS)
    {
        V m = _finish.Apply(p, null, column);
        q = _finish.Apply(q, null, column); V beats = V.Less(m, q) | ~V.Equal(q, q); m = V.Select(beats, q, m); uint beatsQ = V.Signs(beats);
        r = _finish.Apply(r, null, column); beats = V.Less(m, r) | ~V.Equal(r, r); m = V.Select(beats, r, m); uint beatsR = V.Signs(beats);
        s = _finish.Apply(s, null, column); beats = V.Less(m, s) | ~V.Equal(s, s); m = V.Select(beats, s, m); uint beatsS = V.Signs(beats);
        uint passes = V.Greater(m, _finish.Floor);
        bitsS = passes & beatsS;
        bitsR = passes & beatsR & ~beatsS;
        bitsQ = passes & beatsQ & ~beatsR & ~beatsS;
        bitsP = passes & ~beatsQ & ~beatsR & ~beatsS;
        return m;
    }
}
