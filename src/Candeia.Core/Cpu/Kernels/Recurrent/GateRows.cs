using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// What the gates of recurrent layers do to one row of a step, while it lies in the first cache. Gates stand side by side, each <c>n</c> numbers long.
/// Each number meets the same instructions wherever it stands.
/// </summary>
internal static unsafe class GateRows<V> where V : unmanaged, ISimd<V>
{
    [MethodImpl(AggressiveInlining)]
    static V Get(byte* p, nint left) => left >= V.Size / V.Element ? V.Load(p) : V.LoadPart(p, (int)left);

    [MethodImpl(AggressiveInlining)]
    static void Put(V x, byte* p, nint left)
    {
        if (left >= V.Size / V.Element) x.Store(p);
        else x.StorePart(p, (int)left);
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Sigmoid(byte* x, nint n)
    {
        for (; n > 0; n -= V.Size / V.Element, x += V.Size) Put(Functions.Sigmoid(Get(x, n)), x, n);
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Tanh(byte* x, nint n)
    {
        for (; n > 0; n -= V.Size / V.Element, x += V.Size) Put(Functions.Tanh(Get(x, n)), x, n);
    }

    /// <summary>Not-a-number stays so.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Relu(byte* x, nint n)
    {
        for (; n > 0; n -= V.Size / V.Element, x += V.Size)
        {
            V v = Get(x, n);
            Put(~V.Less(v, V.Const(0)) & v, x, n);
        }
    }

    /// <summary>x += y.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Add(byte* x, byte* y, nint n)
    {
        for (; n > 0; n -= V.Size / V.Element, x += V.Size, y += V.Size) Put(Get(x, n) + Get(y, n), x, n);
    }

    /// <summary>c = f·c + i·g and h = o·tanh(c), from the gates i, f, g, o after their functions; c also to a second place, if there is one.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Lstm(byte* gates, byte* c, byte* kept, byte* h, nint n)
    {
        nint gate = n * V.Element;
        for (; n > 0; n -= V.Size / V.Element, gates += V.Size, c += V.Size, h += V.Size)
        {
            V cell = V.Fma(Get(gates + gate, n), Get(c, n), Get(gates, n) * Get(gates + 2 * gate, n));
            Put(cell, c, n);
            if (kept != null)
            {
                Put(cell, kept, n);
                kept += V.Size;
            }
            Put(Get(gates + 3 * gate, n) * Functions.Tanh(cell), h, n);
        }
    }

    /// <summary>h = o·tanh(c) once more.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void LstmOutput(byte* o, byte* c, byte* h, nint n)
    {
        for (; n > 0; n -= V.Size / V.Element, o += V.Size, c += V.Size, h += V.Size) Put(Get(o, n) * Functions.Tanh(Get(c, n)), h, n);
    }

    /// <summary>
    /// The gradients of the gates before their functions, from the gates after them, the state c after the step and that before it, and the gradient dh;
    /// dc is that of c, and becomes that of the state before.
    /// </summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void LstmBackward(byte* gates, byte* c, byte* before, byte* dh, byte* dc, byte* to, nint n)
    {
        nint gate = n * V.Element;
        V one = V.Const(1);
        for (; n > 0; n -= V.Size / V.Element, gates += V.Size, c += V.Size, before += V.Size, dh += V.Size, dc += V.Size, to += V.Size)
        {
            V i = Get(gates, n), f = Get(gates + gate, n), g = Get(gates + 2 * gate, n), o = Get(gates + 3 * gate, n);
            V t = Functions.Tanh(Get(c, n)), d = Get(dh, n);
            V cell = V.Fma(d * o, V.Fma(-t, t, one), Get(dc, n));
            Put(cell * g * i * (one - i), to, n);
            Put(cell * Get(before, n) * f * (one - f), to + gate, n);
            Put(cell * i * V.Fma(-g, g, one), to + 2 * gate, n);
            Put(d * t * o * (one - o), to + 3 * gate, n);
            Put(cell * f, dc, n);
        }
    }

    /// <summary>n = tanh(n + r·m) and h = (1 − z)·n + z·h, from the gates r, z after their function, n without the state's part m, and h.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Gru(byte* gates, byte* m, byte* h, nint n)
    {
        nint gate = n * V.Element;
        for (; n > 0; n -= V.Size / V.Element, gates += V.Size, m += V.Size, h += V.Size)
        {
            V z = Get(gates + gate, n), next = Functions.Tanh(V.Fma(Get(gates, n), Get(m, n), Get(gates + 2 * gate, n)));
            Put(next, gates + 2 * gate, n);
            Put(V.Fma(z, Get(h, n) - next, next), h, n);
        }
    }

    /// <summary>The gradients of the gates before their functions, and that of m; dh becomes that part of the state's before which does not go through gates.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void GruBackward(byte* gates, byte* m, byte* before, byte* dh, byte* to, byte* dm, nint n)
    {
        nint gate = n * V.Element;
        V one = V.Const(1);
        for (; n > 0; n -= V.Size / V.Element, gates += V.Size, m += V.Size, before += V.Size, dh += V.Size, to += V.Size, dm += V.Size)
        {
            V r = Get(gates, n), z = Get(gates + gate, n), next = Get(gates + 2 * gate, n), d = Get(dh, n);
            V inner = d * (one - z) * V.Fma(-next, next, one);
            Put(inner * Get(m, n) * r * (one - r), to, n);
            Put(d * (Get(before, n) - next) * z * (one - z), to + gate, n);
            Put(inner, to + 2 * gate, n);
            Put(inner * r, dm, n);
            Put(d * z, dh, n);
        }
    }

    /// <summary>dh·(1 − h²).</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void TanhBackward(byte* h, byte* dh, byte* to, nint n)
    {
        for (; n > 0; n -= V.Size / V.Element, h += V.Size, dh += V.Size, to += V.Size)
        {
            V y = Get(h, n);
            Put(Get(dh, n) * V.Fma(-y, y, V.Const(1)), to, n);
        }
    }

    /// <summary>dh where h is above 0.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void ReluBackward(byte* h, byte* dh, byte* to, nint n)
    {
        for (; n > 0; n -= V.Size / V.Element, h += V.Size, dh += V.Size, to += V.Size) Put(~V.LessOrEqual(Get(h, n), V.Const(0)) & Get(dh, n), to, n);
    }
}
