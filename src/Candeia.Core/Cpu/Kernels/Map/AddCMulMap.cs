using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>a + value·b·c.</summary>
internal readonly struct AddCMulMap(double value) : IMap3
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V a, V b, V c) where V : unmanaged, ISimd<V> => a + b * c * V.Const(value);
}
