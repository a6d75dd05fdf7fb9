using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Powers of floats, computed in doubles: e^(b·log a) where a is positive and both are finite, one by one elsewhere.</summary>
internal static class Powers
{
    const int Chunk = 256;

    public static void Run(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y)
    {
        Span<double> power = stackalloc double[Chunk], exponent = stackalloc double[Chunk];
        Span<float> result = stackalloc float[Chunk];
        for (int done = 0; done < y.Length; done += Chunk)
        {
            int count = Math.Min(Chunk, y.Length - done);
            ReadOnlySpan<float> x = a.Slice(done, count), n = b.Slice(done, count);
            int whole = (count + 7) & ~7;                                    // so that the last ones meet the same instructions
            Span<double> p = power[..whole], e = exponent[..whole];
            p[count..].Fill(1);
            e[count..].Fill(1);
            TensorPrimitives.ConvertTruncating(x, p);
            TensorPrimitives.ConvertTruncating(n, e);
            Map.Run(new PowerMap(), (ReadOnlySpan<double>)p, e, p);
            TensorPrimitives.ConvertTruncating(p[..count], result[..count]);
            if (!IsOrdinary(x, n))
                for (int i = 0; i < count; i++) if (!(x[i] > 0 && float.IsFinite(x[i]) && float.IsFinite(n[i]))) result[i] = MathF.Pow(x[i], n[i]);
            result[..count].CopyTo(y[done..]);
        }
    }

    static bool IsOrdinary(ReadOnlySpan<float> x, ReadOnlySpan<float> n) =>
        Bounds.Hold(x, float.Epsilon, float.MaxValue) && Bounds.Hold(n, -float.MaxValue, float.MaxValue);
}

/// <summary>A positive double to some power, e^(power·log x), to 1e-11: more than a float can tell.</summary>
internal readonly struct PowerMap : IMap2
{
    const double Sqrt2 = 1.4142135623730951, Log2 = 0.6931471805599453;

    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x, V power) where V : unmanaged, ISimd<V> => Exp(power * Log(x));

    // As Functions.Log, with as many terms as that takes.
    [MethodImpl(AggressiveInlining)]
    static V Log<V>(V x) where V : unmanaged, ISimd<V>
    {
        V n = V.Exponent(x), m = V.Scale(x, -n), large = V.Less(V.Const(Sqrt2), m);
        n += V.Const(1) & large;
        m = V.Select(large, m * V.Const(0.5), m);
        V t = (m - V.Const(1)) / (m + V.Const(1)), z = t * t;
        V p = V.Fma(V.Const(1.0 / 13), z, V.Const(1.0 / 11));
        p = V.Fma(p, z, V.Const(1.0 / 9));
        p = V.Fma(p, z, V.Const(1.0 / 7));
        p = V.Fma(p, z, V.Const(1.0 / 5));
        p = V.Fma(p, z, V.Const(1.0 / 3));
        t += t;
        return V.Fma(n, V.Const(Log2), V.Fma(p * z, t, t));
    }

    // As Functions.Exp; beyond these bounds a float is zero or infinite.
    [MethodImpl(AggressiveInlining)]
    static V Exp<V>(V x) where V : unmanaged, ISimd<V>
    {
        V within = V.Min(V.Const(100), V.Max(V.Const(-150), x)), n = V.Round(within * V.Const(1 / Log2)), r = V.Fma(n, V.Const(-Log2), within);
        V p = V.Fma(V.Const(1.0 / 362880), r, V.Const(1.0 / 40320));
        p = V.Fma(p, r, V.Const(1.0 / 5040));
        p = V.Fma(p, r, V.Const(1.0 / 720));
        p = V.Fma(p, r, V.Const(1.0 / 120));
        p = V.Fma(p, r, V.Const(1.0 / 24));
        p = V.Fma(p, r, V.Const(1.0 / 6));
        p = V.Fma(p, r, V.Const(0.5));
        p = V.Fma(p, r, V.Const(1));
        return V.Scale(V.Fma(p, r, V.Const(1)), n);
    }
}
