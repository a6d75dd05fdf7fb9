using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Adds the bias and cuts off below <paramref name="floor"/>: 0 is ReLU, −∞ is no activation.</summary>
internal readonly unsafe struct Finish<V>(byte* bias, double floor) : IEpilogue<V> where V : unmanaged, ISimd<V>
{
    readonly byte* _bias = bias;
    readonly V _floor = V.Const(floor);
    public V Floor { [MethodImpl(AggressiveInlining)] get => _floor; }
    [MethodImpl(AggressiveInlining)] public V Apply(V sum, byte* c, int column) => V.Max(_floor, sum + V.Load(_bias + column));
}
