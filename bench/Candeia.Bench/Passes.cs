using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Candeia.Kernels;

namespace Candeia.Bench;

/// <summary>Kernels that pass over memory once, beside System.Numerics.Tensors where it has the same; by processor time, at best of many, in turn.</summary>
static unsafe class Passes
{
    const int Small = 8192, Large = 8 << 20;                    // floats: in the first cache, in memory

    static readonly float* s_x = Fill(Large), s_y = Fill(Large), s_z = Fill(Large), s_w = Fill(Large);

    public static void Report()
    {
        foreach (int n in new[] { Small, Large })
        {
            Console.WriteLine($"{n} floats, on the calling thread");
            ReadOnlySpan<float> X() => new(s_x, n);
            Span<float> Y() => new(s_y, n);
            Beside("erf", n, () => Map.Run(new ErfMap(), s_x, s_y, n), null);
            Beside("gelu", n, () => Map.Run(new GeluMap(), s_x, s_y, n), null);
            Beside("gelu gradient", n, () => Map.Run(new GeluGradientMap(), s_x, s_y, s_z, n), null);
            Beside("silu", n, () => Map.Run(new SiluMap(), s_x, s_y, n), null);
            Beside("relu gradient", n, () => Map.Run(new ReluGradientMap(), s_x, s_y, s_z, n), () => TensorPrimitives.Multiply(X(), Y(), new Span<float>(s_z, n)));
            Beside("sum", n, () => Reduce.Sum(s_x, s_y, 1, n, 1), () => s_y[0] = TensorPrimitives.Sum(X()));
            Beside("max", n, () => Reduce.Max(s_x, s_y, 1, n, 1), () => s_y[0] = TensorPrimitives.Max(X()));
            Beside("sum of 32 columns", n, () => Reduce.Sum(s_x, s_y, 1, n / 32, 32), null);
            Beside("sum of columns, 64 rows", n, () => Reduce.Sum(s_x, s_y, 1, 64, n / 64), null);
            Beside("softmax, rows of 1024", n, () => Softmax.Run(s_x, s_y, n / 1024, 1024), () => { for (int i = 0; i < n; i += 1024) TensorPrimitives.SoftMax(new ReadOnlySpan<float>(s_x + i, 1024), new Span<float>(s_y + i, 1024)); });
            Beside("log-softmax, rows of 16", n, () => Softmax.Log(s_x, s_y, n / 16, 16), null);
            Beside("adam", n, () => new AdamUpdate { LearningRate = 1e-9, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8, Step = 5 }.Run(s_x, s_y, s_z, s_w, null, n), null);
            Beside("sgd with momentum", n, () => new SgdUpdate { LearningRate = 1e-9, Momentum = 0.9 }.Run(s_x, s_y, s_z, n), null);
            Beside("copy", n, () => X().CopyTo(Y()), null);
        }
    }

    static void Beside(string name, int n, Action ours, Action? theirs)
    {
        int times = Math.Max(1, (1 << 22) / n);
        double mine = double.PositiveInfinity, other = mine;
        for (int i = 0; i < 40; i++)
        {
            mine = Math.Min(mine, Seconds(ours, times));
            if (theirs is not null) other = Math.Min(other, Seconds(theirs, times));
        }
        Console.WriteLine($"  {name,-26}{n / mine / 1e9,8:F2} Gelem/s" + (theirs is null ? "" : $", System.Numerics.Tensors {n / other / 1e9,8:F2}"));
    }

    static double Seconds(Action action, int times)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < times; i++) action();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds / times;
    }

    static float* Fill(nint count)
    {
        float* p = (float*)NativeMemory.AlignedAlloc((nuint)(count * sizeof(float)), 64);
        var random = new Random(1);
        for (nint i = 0; i < count; i++) p[i] = random.NextSingle() + 0.1f;
        return p;
    }
}
