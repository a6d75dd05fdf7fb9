using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// What the gates of recurrent layers do to some rows of a step, while they lie in the first cache: to <c>n</c> numbers of each gate in each row. Strides are in bytes: <c>row</c> is that
/// of the gates, <c>gate</c> leads from one gate of a row to the next, <c>state</c> is that of everything with a number for each of a state. Each number meets the same instructions
/// wherever it stands.
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

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Sigmoid(byte* x, nint row, nint rows, nint n)
    {
        for (; rows > 0; rows--, x += row)
            for (nint at = 0, left = n; left > 0; left -= V.Size / V.Element, at += V.Size) Put(Functions.Sigmoid(Get(x + at, left)), x + at, left);
    }

    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Tanh(byte* x, nint row, nint rows, nint n)
    {
        for (; rows > 0; rows--, x += row)
            for (nint at = 0, left = n; left > 0; left -= V.Size / V.Element, at += V.Size) Put(Functions.Tanh(Get(x + at, left)), x + at, left);
    }

    /// <summary>max(x, 0). Not-a-number stays so.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Relu(byte* x, nint row, nint rows, nint n)
    {
        for (; rows > 0; rows--, x += row)
            for (nint at = 0, left = n; left > 0; left -= V.Size / V.Element, at += V.Size) Put(~V.Less(Get(x + at, left), V.Const(0)) & Get(x + at, left), x + at, left);
    }

    /// <summary>x += y.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Add(byte* x, nint row, byte* y, nint yRow, nint rows, nint n)
    {
        for (; rows > 0; rows--, x += row, y += yRow)
            for (nint at = 0, left = n; left > 0; left -= V.Size / V.Element, at += V.Size) Put(Get(x + at, left) + Get(y + at, left), x + at, left);
    }

    /// <summary>c = f·c + i·g and h = o·tanh(c), from the gates i, f, g, o after their functions; c also to a second place, if there is one.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Lstm(byte* gates, nint row, nint gate, byte* c, byte* kept, byte* h, nint state, nint rows, nint n)
    {
        for (; rows > 0; rows--, gates += row, c += state, kept = kept == null ? null : kept + state, h += state)
            for (nint at = 0, left = n; left > 0; left -= V.Size / V.Element, at += V.Size)
            {
                byte* g = gates + at;
                V cell = V.Fma(Get(g + gate, left), Get(c + at, left), Get(g, left) * Get(g + 2 * gate, left));
                Put(cell, c + at, left);
                if (kept != null) Put(cell, kept + at, left);
                Put(Get(g + 3 * gate, left) * Functions.Tanh(cell), h + at, left);
            }
    }

    /// <summary>h = o·tanh(c) once more.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void LstmOutput(byte* o, nint row, byte* c, byte* h, nint state, nint rows, nint n)
    {
        for (; rows > 0; rows--, o += row, c += state, h += state)
            for (nint at = 0, left = n; left > 0; left -= V.Size / V.Element, at += V.Size) Put(Get(o + at, left) * Functions.Tanh(Get(c + at, left)), h + at, left);
    }

    /// <summary>
    /// The gradients of the gates before their functions, from the gates after them, the state c after the step and that before it, and the gradient dh;
    /// dc is that of c, and becomes that of the state before.
    /// </summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void LstmBackward(byte* gates, nint row, nint gate, byte* c, byte* before, byte* dh, byte* dc, nint state, byte* to, nint toRow, nint rows, nint n)
    {
        V one = V.Const(1);
        for (; rows > 0; rows--, gates += row, c += state, before += state, dh += state, dc += state, to += toRow)
            for (nint at = 0, left = n; left > 0; left -= V.Size / V.Element, at += V.Size)
            {
                byte* from = gates + at, there = to + at;
                V i = Get(from, left), f = Get(from + gate, left), g = Get(from + 2 * gate, left), o = Get(from + 3 * gate, left);
                V t = Functions.Tanh(Get(c + at, left)), d = Get(dh + at, left);
                V cell = V.Fma(d * o, V.Fma(-t, t, one), Get(dc + at, left));
                Put(cell * g * i * (one - i), there, left);
                Put(cell * Get(before + at, left) * f * (one - f), there + gate, left);
                Put(cell * i * V.Fma(-g, g, one), there + 2 * gate, left);
                Put(d * t * o * (one - o), there + 3 * gate, left);
                Put(cell * f, dc + at, left);
            }
    }

    /// <summary>n = tanh(n + r·m) and h = (1 − z)·n + z·(h before), from the gates r, z after their function, n without the state's part m, and h before.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Gru(byte* gates, nint row, nint gate, byte* m, byte* before, byte* h, nint state, nint rows, nint n)
    {
        for (; rows > 0; rows--, gates += row, m += state, before += state, h += state)
            for (nint at = 0, left = n; left > 0; left -= V.Size / V.Element, at += V.Size)
            {
                byte* g = gates + at;
                V z = Get(g + gate, left), next = Functions.Tanh(V.Fma(Get(g, left), Get(m + at, left), Get(g + 2 * gate, left)));
                Put(next, g + 2 * gate, left);
                Put(V.Fma(z, Get(before + at, left) - next, next), h + at, left);
            }
    }

    /// <summary>The gradients of the gates before their functions, and that of m; dh becomes that part of the state's before which does not go through gates.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void GruBackward(byte* gates, nint row, nint gate, byte* m, byte* before, byte* dh, byte* dm, nint state, byte* to, nint toRow, nint rows, nint n)
    {
        V one = V.Const(1);
        for (; rows > 0; rows--, gates += row, m += state, before += state, dh += state, dm += state, to += toRow)
            for (nint at = 0, left = n; left > 0; left -= V.Size / V.Element, at += V.Size)
            {
                byte* from = gates + at, there = to + at;
                V r = Get(from, left), z = Get(from + gate, left), next = Get(from + 2 * gate, left), d = Get(dh + at, left);
                V inner = d * (one - z) * V.Fma(-next, next, one);
                Put(inner * Get(m + at, left) * r * (one - r), there, left);
                Put(d * (Get(before + at, left) - next) * z * (one - z), there + gate, left);
                Put(inner, there + 2 * gate, left);
                Put(inner * r, dm + at, left);
                Put(d * z, dh + at, left);
            }
    }

    /// <summary>dh·(1 − h²).</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void TanhBackward(byte* h, byte* dh, nint state, byte* to, nint toRow, nint rows, nint n)
    {
        for (; rows > 0; rows--, h += state, dh += state, to += toRow)
            for (nint at = 0, left = n; left > 0; left -= V.Size / V.Element, at += V.Size)
            {
                V y = Get(h + at, left);
                Put(Get(dh + at, left) * V.Fma(-y, y, V.Const(1)), to + at, left);
            }
    }

    /// <summary>dh where h is above 0.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void ReluBackward(byte* h, byte* dh, nint state, byte* to, nint toRow, nint rows, nint n)
    {
        for (; rows > 0; rows--, h += state, dh += state, to += toRow)
            for (nint at = 0, left = n; left > 0; left -= V.Size / V.Element, at += V.Size) Put(~V.LessOrEqual(Get(h + at, left), V.Const(0)) & Get(dh + at, left), to + at, left);
    }
}
