namespace Candeia.Kernels;

/// <summary>Channels cut into panels of two registers. Each group starts a panel of its own; what a panel has too many is padding.</summary>
internal readonly struct Panels(int channels, int groups, int lanes)
{
    public readonly int Lanes = lanes, Group = channels / groups, PerGroup = (channels / groups + lanes - 1) / lanes;
    public readonly int Count = groups * ((channels / groups + lanes - 1) / lanes);
    public int Padded => Count * Lanes;
    public int GroupOf(int panel) => panel / PerGroup;
    /// <summary>The first channel of a panel, among all channels.</summary>
    public int From(int panel) => panel / PerGroup * Group + panel % PerGroup * Lanes;
    /// <summary>How many of a panel's channels are real.</summary>
    public int Width(int panel) => Math.Min(Lanes, Group - panel % PerGroup * Lanes);
}
