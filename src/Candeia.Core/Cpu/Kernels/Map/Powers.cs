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

/// <summary>A positive double to some power, which is to be a float.</summary>
internal readonly struct PowerMap : IMap2
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x, V power) where V : unmanaged, ISimd<V> => Functions.Exp(power * Functions.Log(x, forFloats: true), forFloats: true);
}
