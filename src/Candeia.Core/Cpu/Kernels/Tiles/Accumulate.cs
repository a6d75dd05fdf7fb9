using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

internal unsafe struct Accumulate<V> : IEpilogue<V> where V : unmanaged, ISimd<V>
{
    [MethodImpl(AggressiveInlining)] public V Apply(V sum, byte* c, int column) => V.Load(c) + sum;
}
