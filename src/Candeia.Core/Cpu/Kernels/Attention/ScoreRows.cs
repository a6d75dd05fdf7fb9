using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>What masks and dropout do to the scores of one query for the keys of a block.</summary>
internal static unsafe class ScoreRows<V> where V : unmanaged, ISimd<V>
{
    /// <summary>x + y, to x; in whole registers.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Add(byte* x, byte* y, nint n)
    {
        for (; n > 0; n -= V.Size / V.Element, x += V.Size, y += V.Size) (V.Load(x) + V.Load(y)).Store(x);
    }

    /// <summary>x · y, to x; in whole registers.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Multiply(byte* x, byte* y, nint n)
    {
        for (; n > 0; n -= V.Size / V.Element, x += V.Size, y += V.Size) (V.Load(x) * V.Load(y)).Store(x);
    }

    /// <summary>Minus infinity everywhere.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Hide(byte* x, nint n)
    {
        V hidden = V.Const(double.NegativeInfinity);
        for (; n >= V.Size / V.Element; n -= V.Size / V.Element, x += V.Size) hidden.Store(x);
        if (n > 0) hidden.StorePart(x, (int)n);
    }

    /// <summary>A row of a mask as numbers to be added.</summary>
    public static void Mask(in AttentionShape shape, nint head, nint query, nint first, nint count, byte* to)
    {
        byte* from = shape.Mask[head] + query * shape.Mask.Row + first * shape.Mask.Step;
        for (nint i = 0; i < count; i++, from += shape.Mask.Step)
            Reducer.Write<V>(to + i * V.Element, shape.MaskIsBool ? *from != 0 ? 0 : double.NegativeInfinity : Reducer.Read<V>(from));
    }

    /// <summary>What the weights of a query are multiplied by: 0 for those that are dropped. Word i of the stream belongs to weight i of all, in order.</summary>
    [SkipLocalsInit]
    public static void Kept(in AttentionShape shape, nint head, nint query, nint first, nint count, byte* to)
    {
        uint* words = stackalloc uint[(int)AttentionShape.Block];
        ulong position = shape.Words.Position + (ulong)((head * shape.Queries + query) * shape.Keys + first);
        Philox.Words(shape.Words.Key, shape.Words.Stream, position, new Span<uint>(words, (int)count));
        for (nint i = 0; i < count; i++) Reducer.Write<V>(to + i * V.Element, words[i] < shape.Threshold ? shape.Keep : 0);
    }

    /// <summary>A row of numbers with any distance between them, times a factor, without gaps.</summary>
    public static void Gather(byte* from, nint step, byte* to, nint n, double factor)
    {
        if (step == V.Element) Rows<V>.Scale(from, to, n, factor);
        else for (nint i = 0; i < n; i++) Reducer.Write<V>(to + i * V.Element, Reducer.Read<V>(from + i * step) * factor);
    }
}
