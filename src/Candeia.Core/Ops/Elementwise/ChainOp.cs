namespace Candeia;

/// <summary>One op of a chain.</summary>
/// <param name="Op">The op, an <see cref="IPointwise"/>.</param>
/// <param name="Type">The type of its result.</param>
/// <param name="First">That of its first input.</param>
/// <param name="Inputs">Its inputs: those of the chain, counted from 0, and behind them the results of the steps.</param>
/// <param name="Output">Which output of the chain its result is; −1 where it is not stored.</param>
internal sealed record ChainStep(Op Op, DType Type, DType First, int[] Inputs, int Output)
{
    /// <summary>Another output that gets the same result; −1 for none.</summary>
    public int Copy { get; init; } = -1;
}

/// <summary>
/// Point-wise ops one after the other in one pass over memory, block by block: what one step gives the next ones read while it is in the cache. Every step runs
/// its op's own code, so that results have the bits of the ops one by one. It is how results that wait are computed, and stands in no graph.
/// </summary>
internal sealed record ChainOp(ChainStep[] Steps) : Op
{
    /// <inheritdoc/>
    protected internal override bool TakesNarrow => true;

    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => ChainRuns.Run(Steps, x, outputs);

    /// <summary>Adds up rows of the last step's result, which need not be one of the outputs.</summary>
    internal void Sum(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs, Tensor last, Tensor sums, long rows, long n) => ChainRuns.Sum(Steps, x, outputs, last, sums, rows, n);
}
