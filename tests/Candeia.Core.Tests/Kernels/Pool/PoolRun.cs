using System.Numerics;
using System.Runtime.Intrinsics;
using Candeia.Kernels;

namespace Candeia.Tests;

/// <summary>Runs pooling kernels of one register type on arrays. What lies behind an output must stay as it was.</summary>
internal abstract unsafe class PoolRun
{
    public static PoolRun For(string register)
    {
        Skip.If(register.StartsWith("V512", StringComparison.Ordinal) && !Vector512.IsHardwareAccelerated, "no 512-bit registers here");
        Skip.If(register.StartsWith("V256", StringComparison.Ordinal) && !Vector256.IsHardwareAccelerated, "no 256-bit registers here");
        return register switch
        {
            "V512 float" => new Of<V512<float>, float>(), "V256 float" => new Of<V256<float>, float>(), "V1 float" => new Of<V1<float>, float>(),
            "V512 double" => new Of<V512<double>, double>(), "V256 double" => new Of<V256<double>, double>(), _ => new Of<V1<double>, double>(),
        };
    }

    public abstract double[] Average(PoolShape s, double[] x);
    public abstract double[] AverageBackward(PoolShape s, double[] dy);
    public abstract (double[] Y, long[] Indices) Max(PoolShape s, double[] x);
    public abstract double[] MaxBackward(PoolShape s, double[] dy, long[] indices);

    sealed class Of<V, T> : PoolRun where V : unmanaged, ISimd<V> where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Guard = 64;
        delegate void Body(T* input, T* output);

        public override double[] Average(PoolShape s, double[] x) =>
            Run(x, s.Batch * s.OutHeight * s.OutWidth * s.Channels, (i, o) => AverageForward<V, T>.Run(s, i, o));
        public override double[] AverageBackward(PoolShape s, double[] dy) =>
            Run(dy, s.Batch * s.Height * s.Width * s.Channels, (i, o) => AverageBackward<V, T>.Run(s, i, o));
        public override double[] MaxBackward(PoolShape s, double[] dy, long[] indices) => Run(dy, s.Batch * s.Height * s.Width * s.Channels, (i, o) =>
        {
            fixed (long* p = indices) MaxScatter<T>.Run(s, i, p, o);
        });

        public override (double[] Y, long[] Indices) Max(PoolShape s, double[] x)
        {
            var indices = new long[s.Batch * s.OutHeight * s.OutWidth * s.Channels];
            var y = Run(x, indices.Length, (i, o) =>
            {
                fixed (long* p = indices) MaxForward<V, T>.Run(s, i, o, p);
            });
            Assert.Equal(y, Run(x, y.Length, (i, o) => MaxForward<V, T>.Run(s, i, o, null)));
            return (y, indices);
        }

        static double[] Run(double[] input, int outputs, Body body)
        {
            var y = new T[outputs + Guard];
            Array.Fill(y, T.CreateTruncating(-77));
            fixed (T* px = Array.ConvertAll(input, T.CreateTruncating), py = y) body(px, py);
            Assert.All(y[^Guard..], v => Assert.Equal(T.CreateTruncating(-77), v));
            return Array.ConvertAll(y[..^Guard], double.CreateTruncating);
        }
    }
}
