namespace Candeia.Gpu;

/// <summary>A launch that is written down: which kernel, in how many groups of threads, and its arguments.</summary>
internal sealed class Launched
{
    public Handle Kernel { get; private set; }

    public long Groups { get; private set; }

    public int Threads { get; private set; }

    public Arguments Arguments { get; } = new();

    /// <summary>Becomes a launch.</summary>
    public void Take(Handle kernel, long groups, int threads, Arguments arguments)
    {
        (Kernel, Groups, Threads) = (kernel, groups, threads);
        Arguments.Take(arguments);
    }

    /// <summary>The same launch, to be kept.</summary>
    public Launched Copy()
    {
        var copy = new Launched();
        copy.Take(Kernel, Groups, Threads, Arguments);
        return copy;
    }

    /// <summary>Whether another one differs in its arguments at most. The library's products are prepared calls, whose arguments are a part of what they are.</summary>
    public bool IsLike(Launched other) => Kernel == other.Kernel && Groups == other.Groups && Threads == other.Threads && (Kernel.Value >= 0 || Arguments.AreThoseOf(other.Arguments));

    /// <summary>Whether another one is the same launch.</summary>
    public bool IsSame(Launched other) => Kernel == other.Kernel && Groups == other.Groups && Threads == other.Threads && Arguments.AreThoseOf(other.Arguments);
}
