using System.Diagnostics;

namespace Candeia;

/// <summary>
/// Whether an op may do the next one in the same pass, as a convolution does with ReLU and pooling. Values have the same bits either way, but for a
/// batch normalization that is folded into a convolution's weights in inference, where they differ by rounding.
/// </summary>
public static class Absorption
{
    static long s_repeated;
    [ThreadStatic] static bool s_off;

    /// <summary>Whether results of this thread may wait for its next op; if not, every op is computed when it is applied.</summary>
    public static bool IsAllowed => !s_off;

    /// <summary>Says whether results of this thread may wait, until the result is disposed of: <c>using var _ = Absorption.Allow(false);</c></summary>
    public static Switched Allow(bool allowed)
    {
        Waiting.Settle();
        return new(ref s_off, !allowed);
    }

    /// <summary>Whether results may wait on this thread now: not while anomalies are looked for, op by op.</summary>
    internal static bool IsOn => IsAllowed && !Anomaly.IsOn;

    /// <summary>How many results were computed although a shared pass had already gone over them: work done twice.</summary>
    public static long Repeated => Interlocked.Read(ref s_repeated);

    /// <summary>Counts work done twice; the first time, a trace warning names it and the cure.</summary>
    internal static void Repeat(Node node)
    {
        if (Interlocked.Increment(ref s_repeated) == 1)
            Trace.TraceWarning($"The {node.Output.Shape} from {node.Op.Name} is computed twice: it was skipped when the next op was done in the same pass, and is read now. Call Settle() on it before the next op. This is said once; Absorption.Repeated counts.");
    }
}
