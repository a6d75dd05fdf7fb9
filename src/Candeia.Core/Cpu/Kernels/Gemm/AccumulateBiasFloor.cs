using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The last part of a sum that began in C, then what <see cref="BiasFloor{V}"/> does.</summary>
internal readonly unsafe struct AccumulateBiasFloor<V>(byte* bias, V floor) : IEpilogue<V> where V : unmanaged, ISimd<V>
{
    [MethodImpl(AggressiveInlining)] public V Apply(V sum, byte* c, int column) => V.Max(floor, V.Load(c) + sum + V.Load(bias + column));
}
