namespace Candeia.Data;

/// <summary>The random stream of the enumeration that this thread works for.</summary>
internal static class Draw
{
    [ThreadStatic] static Generator? s_epoch;

    /// <summary>
    /// The stream of one item for the random change that has so many others below it; outside of a loader, that of the global generator's seed.
    /// </summary>
    public static Generator For(int index, int below)
    {
        var item = (s_epoch ?? Generator.Default).Split(index);
        return below == 0 ? item : item.Split(below);
    }

    /// <summary>Names the stream of the current epoch for this thread.</summary>
    public static void Begin(Generator? epoch) => s_epoch = epoch;
}
