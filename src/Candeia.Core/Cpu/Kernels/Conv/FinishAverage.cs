using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Then the mean of 2×2. A bit says that the activation let the value pass.</summary>
internal readonly unsafe struct FinishAverage<V>(Finish<V> finish) : IPooling<V> where V : unmanaged, ISimd<V>
{
    readonly Finish<V> _finish = finish;

    [MethodImpl(AggressiveInlining)] public V Pool(V p, V q, V r, V s, int column, out uint bitsP, out uint bitsQ, out uint bitsR, out uint bitsS)
    {
        p = _finish.Apply(p, null, column); q = _finish.Apply(q, null, column); r = _finish.Apply(r, null, column);
        s = _finish.Apply(s, null, column);
        bitsP = V.Greater(p, _finish.Floor); bitsQ = V.Greater(q, _finish.Floor); bitsR = V.Greater(r, _finish.Floor);
        bitsS = V.Greater(s, _finish.Floor);
        return V.Const(0.25) * (p + q + (r + s));
    }
}
