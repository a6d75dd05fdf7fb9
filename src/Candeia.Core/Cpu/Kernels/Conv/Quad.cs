using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>2×2 pixels.</summary>
internal unsafe struct Quad<V, R> : IQuads<V> where V : unmanaged, ISimd<V> where R : unmanaged, IPixel<V>
{
    R _p, _q, _r, _s;
    public static int Count => 1;

    [MethodImpl(AggressiveInlining)] public void Add(byte* a, nint row, nint down, V b0, V b1)
    {
        _p.Add(a, row, down, b0, b1); _q.Add(a + row, row, down, b0, b1);
        _r.Add(a + down, row, down, b0, b1); _s.Add(a + down + row, row, down, b0, b1);
    }

    [MethodImpl(AggressiveInlining)]
    public readonly void Store<E>(byte* c, nint row, byte* mask, nint maskRow, E epilogue) where E : struct, IPooling<V>
    {
        epilogue.Pool(_p.Low, _q.Low, _r.Low, _s.Low, 0, out uint p, out uint q, out uint r, out uint s).Store(c);
        epilogue.Pool(_p.High, _q.High, _r.High, _s.High, V.Size, out uint p1, out uint q1, out uint r1, out uint s1).Store(c + V.Size);
        int lanes = V.Size / V.Element;
        if (mask != null) Mask<V>.Write(mask, p | p1 << lanes, q | q1 << lanes, r | r1 << lanes, s | s1 << lanes);
    }
}
