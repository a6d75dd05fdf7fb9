using System.Diagnostics;

namespace Candeia;

/// <summary>A short time of staying awake: waking a thread that sleeps costs far more.</summary>
internal struct Patience()
{
    static readonly long s_length = Stopwatch.Frequency / 20_000;   // 50 µs
    readonly long _end = Stopwatch.GetTimestamp() + s_length;

    /// <summary>Idles for some ten nanoseconds; false when the time is over.</summary>
    public readonly bool Spin()
    {
        Thread.SpinWait(1);
        return Stopwatch.GetTimestamp() < _end;
    }
}
