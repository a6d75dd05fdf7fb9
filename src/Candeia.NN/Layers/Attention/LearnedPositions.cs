namespace Candeia.NN;

/// <summary>Adds a learnt vector to each position of a sequence, as GPT-2 and BERT do: [n, length, model] → [n, length, model].</summary>
/// <example><code>
/// var positions = new LearnedPositions(maxLength: 16, model: 4);
/// Console.WriteLine(positions.Forward(Tensor.Zeros([2, 10, 4])).Shape);   // → [2, 10, 4]
/// </code></example>
public sealed class LearnedPositions : Layer
{
    /// <param name="maxLength">How long sequences may be.</param>
    /// <param name="model">How many numbers describe a position.</param>
    /// <param name="std">The spread of the initial values, normal around 0.</param>
    /// <param name="generator">Where they come from.</param>
    public LearnedPositions(int maxLength, int model, double std = 0.02, Generator? generator = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxLength);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(model);
        Weight = Parameter.Of(Init.Normal(Tensor.Empty([maxLength, model]), std: std, generator: generator));
    }

    /// <summary>What is added to each position: [maxLength, model].</summary>
    public Tensor Weight { get; set; }

    /// <inheritdoc/>
    protected internal override string Details => $"{Weight.Shape[0]} of {Weight.Shape[1]}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Forward(x, 0);

    /// <summary>The same for positions that follow others.</summary>
    /// <param name="x">[.., length, model].</param>
    /// <param name="before">How many positions stand before the first of these.</param>
    /// <exception cref="ShapeException">The sequence is longer than what was asked for, or of another size.</exception>
    public Tensor Forward(Tensor x, int before)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < 2 || x.Shape[^1] != Weight.Shape[1] || before < 0 || before + x.Shape[^2] > Weight.Shape[0])
            throw new ShapeException($"There are positions for [.., {Weight.Shape[0]}, {Weight.Shape[1]}], not for {x.Shape} behind {before} others.");
        return x + Weight.Narrow(0, before, x.Shape[^2]);
    }
}
