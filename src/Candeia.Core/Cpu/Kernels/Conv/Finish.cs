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
    public byte* Bias => _bias;
    public byte* Bounds => _floor;
    public V Floor { [MethodImpl(AggressiveInlining)] get => V.Splat(_floor); }
    [MethodImpl(AggressiveInlining)] public V Apply(V sum, byte* c, int column) => V.Max(V.Splat(_floor), sum + V.Load(_bias + column));
}

/// <summary>Adds the bias and cuts off below one number and above the next.</summary>
internal readonly unsafe struct FinishBounded<V>(byte* bias, byte* bounds) : IEpilogue<V> where V : unmanaged, ISimd<V>
{
    [MethodImpl(AggressiveInlining)] public V Apply(V sum, byte* c, int column) => V.Min(V.Splat(bounds + V.Element), V.Max(V.Splat(bounds), sum + V.Load(bias + column)));
}

/// <summary>The same with what lies at the same place of another tensor, some bytes from where the result is written, added before.</summary>
internal readonly unsafe struct FinishAdded<V>(byte* bias, byte* bounds, nint apart) : IEpilogue<V> where V : unmanaged, ISimd<V>
{
    [MethodImpl(AggressiveInlining)] public V Apply(V sum, byte* c, int column) =>
        V.Min(V.Splat(bounds + V.Element), V.Max(V.Splat(bounds), sum + V.Load(bias + column) + V.Load(c + apart)));
}
