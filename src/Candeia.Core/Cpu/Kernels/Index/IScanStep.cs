using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia.Kernels;

/// <summary>What a running result becomes with one more element.</summary>
internal interface IScanStep<T> where T : unmanaged
{
    /// <summary>Of one line.</summary>
    static abstract T One(T before, T x);

    /// <summary>Of neighbouring lines.</summary>
    static abstract void Many(ReadOnlySpan<T> before, ReadOnlySpan<T> x, Span<T> y);
}

/// <summary>Running sums.</summary>
internal readonly struct AddStep<T> : IScanStep<T> where T : unmanaged, INumberBase<T>
{
    public static T One(T before, T x) => before + x;
    public static void Many(ReadOnlySpan<T> before, ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Add(before, x, y);
}

/// <summary>Running products.</summary>
internal readonly struct MultiplyStep<T> : IScanStep<T> where T : unmanaged, INumberBase<T>
{
    public static T One(T before, T x) => before * x;
    public static void Many(ReadOnlySpan<T> before, ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Multiply(before, x, y);
}

/// <summary>Logarithms of running sums of powers of e.</summary>
internal readonly struct LogAddStep<T> : IScanStep<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T One(T before, T x)
    {
        if (before == x && T.IsInfinity(x)) return x;
        T part = T.Exp(-T.Abs(before - x));
        return T.Max(before, x) + (part < T.CreateTruncating(1e-3) ? part * (T.One - part / (T.One + T.One) * (T.One - part / T.CreateTruncating(1.5) * (T.One - part * T.CreateTruncating(0.75)))) : T.Log(T.One + part));
    }

    public static void Many(ReadOnlySpan<T> before, ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = One(before[i], x[i]);
    }
}
