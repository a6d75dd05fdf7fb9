using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// Adds the bias and cuts off below a number: 0 is ReLU, −∞ is no activation. It holds pointers only: a register in it would go through memory at
/// every call.
/// </summary>
internal readonly unsafe struct Finish<V>(byte* bias, byte* floor) : IEpilogue<V> where V : unmanaged, ISimd<V>
{
    readonly byte* _bias = bias, _floor = floor;
    public V Floor { [MethodImpl(AggressiveInlining)] get => V.Splat(_floor); }
    [MethodImpl(AggressiveInlining)] public V Apply(V sum, byte* c, int column) => V.Max(V.Splat(_floor), sum + V.Load(_bias + column));
}

/// <summary>
/// Adds the bias and what lies at the same place of another tensor, <paramref name="apart"/> bytes from where the result is written, if <paramref name="adds"/>; then
/// cuts off below one number and above the next.
/// </summary>
internal readonly unsafe struct FinishBounded<V>(byte* bias, byte* bounds, bool adds, nint apart) : IEpilogue<V> where V : unmanaged, ISimd<V>
{
    [MethodImpl(AggressiveInlining)] public V Apply(V sum, byte* c, int column)
    {
        sum += V.Load(bias + column);
        if (adds) sum += V.Load(c + apart);
        return V.Min(V.Splat(bounds + V.Element), V.Max(V.Splat(bounds), sum));
    }
}
