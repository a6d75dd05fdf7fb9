namespace Candeia.Kernels;

/// <summary>What attention is over: sizes, masks, and the words from which weights are dropped.</summary>
internal unsafe struct AttentionShape
{
    /// <summary>Heads of keys; heads of queries for each of them; queries, keys, and numbers in a key and in a value.</summary>
    public nint KeyHeads, Group, Queries, Keys, Size, ValueSize;

    public double Scale;

    /// <summary>Whether query i sees the keys up to i + <see cref="Before"/> only.</summary>
    public bool Causal;

    public nint Before;

    /// <summary>What is added to the scores, or truth values; a mask for each head of queries.</summary>
    public Heads Mask;

    public bool MaskIsBool;

    /// <summary>A weight is kept if its word is below this; 2³² where none is dropped.</summary>
    public ulong Threshold;

    /// <summary>What kept weights are multiplied by.</summary>
    public double Keep;

    public GeneratorState Words;

    public const ulong All = 1UL << 32;

    public readonly bool Drops => Threshold != All;

    public readonly nint Heads => KeyHeads * Group;

    /// <summary>Keys in a block. The order in which a query's sums are added follows from it.</summary>
    public const nint Block = 128;

    /// <summary>How many of the keys from <paramref name="first"/> on a query sees.</summary>
    public readonly nint Seen(nint query, nint first) => Causal ? Math.Clamp(query + Before + 1 - first, 0, Keys - first) : Keys - first;
}
