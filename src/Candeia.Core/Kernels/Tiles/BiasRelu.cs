using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

internal unsafe struct BiasRelu<V>(void* bias) : IEpilogue<V> where V : unmanaged, ISimd<V>
{
    readonly byte* bias = (byte*)bias;
    [MethodImpl(AggressiveInlining)] public V Apply(V sum, byte* c, int column) => V.Max(V.Const(0), sum + V.Load(bias + column));
}
