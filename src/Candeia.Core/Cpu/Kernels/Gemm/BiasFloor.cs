using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Adds a bias to the finished sum and raises it to a floor: zero for ReLU, minus infinity for none.</summary>
internal readonly unsafe struct BiasFloor<V>(byte* bias, V floor) : IEpilogue<V> where V : unmanaged, ISimd<V>
{
    [MethodImpl(AggressiveInlining)] public V Apply(V sum, byte* c, int column) => V.Max(floor, sum + V.Load(bias + column));
}
