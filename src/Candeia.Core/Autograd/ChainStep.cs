namespace Candeia;

/// <summary>One op of a chain.</summary>
/// <param name="Op">The op, an <see cref="IPointwise"/>.</param>
/// <param name="Type">The type of its result.</param>
/// <param name="First">That of its first input. What is only stored is computed with in its wide type; each result is rounded before it is read.</param>
/// <param name="Inputs">Its inputs: those of the chain, counted from 0, and behind them the results of the steps.</param>
/// <param name="Output">Which output of the chain its result is; −1 where it is not stored.</param>
internal sealed record ChainStep(Op Op, DType Type, DType First, int[] Inputs, int Output)
{
    /// <summary>Another output that gets the same result; −1 for none.</summary>
    public int Copy { get; init; } = -1;
}
