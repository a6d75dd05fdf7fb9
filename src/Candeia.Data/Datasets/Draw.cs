namespace Candeia.Data;

/// <summary>The random stream of the enumeration that this thread works for.</summary>
internal static class Draw
{
    [ThreadStatic] static Generator? s_epoch;

    /// <summary>The stream of one item; outside of a loader, that of the global generator's seed.</summary>
    public static Generator For(int index) => (s_epoch ?? Generator.Default).Split(index);

    /// <summary>Names the stream of the current epoch for this thread.</summary>
    public static void Begin(Generator? epoch) => s_epoch = epoch;
}
