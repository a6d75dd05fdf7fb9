using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Candeia.Bench;

/// <summary>A kernel on certain sizes, the operations that it does (a multiply-add counts twice), and the machine's peak around the time when it was measured.</summary>
/// <param name="name">What the table shows.</param>
/// <param name="flop">Operations in one run.</param>
/// <param name="ofDoubles">Whether the peak of doubles counts.</param>
/// <param name="prepare">Takes memory and gives what is measured.</param>
public sealed class KernelCase(string name, double flop, bool ofDoubles, Func<KernelCase, Action> prepare)
{
    readonly List<nint> _blocks = [];
    Action _run = () => { };

    /// <summary>Operations in one run.</summary>
    public double Flop => flop;

    /// <summary>Operations per second that registers alone allow.</summary>
    public double Peak { get; private set; }

    /// <summary>What is measured.</summary>
    public void Run() => _run();

    /// <summary>Before the measurement.</summary>
    public void Begin()
    {
        _run = prepare(this);
        Peak = MeasurePeak();
    }

    /// <summary>After it: on a shared machine the peak has changed meanwhile.</summary>
    public unsafe void End()
    {
        Peak = (Peak + MeasurePeak()) / 2;
        foreach (nint block in _blocks) NativeMemory.AlignedFree((void*)block);
        _blocks.Clear();
    }

    /// <summary>Numbers between −½ and ½, until the end of the measurement.</summary>
    internal unsafe T* Fill<T>(nint count) where T : unmanaged
    {
        var p = (T*)NativeMemory.AlignedAlloc((nuint)(Math.Max(1, count) * sizeof(T)), 64);
        _blocks.Add((nint)p);
        var random = new Random(1);
        for (nint i = 0; i < count; i++)
            if (typeof(T) == typeof(float)) ((float*)p)[i] = random.NextSingle() - 0.5f;
            else if (typeof(T) == typeof(double)) ((double*)p)[i] = random.NextDouble() - 0.5;
            else p[i] = default;
        return p;
    }

    double MeasurePeak() => ofDoubles ? MeasurePeak<double>() : MeasurePeak<float>();

    static double MeasurePeak<T>() where T : unmanaged
    {
        double[] rates = new double[9];
        foreach (ref double rate in rates.AsSpan())
        {
            long start = Stopwatch.GetTimestamp();
            Candeia.Bench.Peak.Run<T>();
            rate = Candeia.Bench.Peak.Flop<T>() / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        return rates.Order().ElementAt(rates.Length / 2);
    }

    /// <inheritdoc/>
    public override string ToString() => name;
}
