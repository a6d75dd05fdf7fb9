namespace Candeia.NN;

/// <summary>
/// Adds to each position of a sequence sines and cosines of its number, from which attention can tell how far two positions are from each other
/// (<see href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017</see>): [n, length, model] → [n, length, model]. Nothing is learnt.
/// </summary>
/// <example><code>
/// var positions = new SinusoidalPositions(model: 4);
/// var y = positions.Forward(Tensor.Zeros([1, 3, 4]));
/// Console.WriteLine($"{(float)y[0, 0, 0]} {(float)y[0, 0, 1]}");          // → 0 1
/// </code></example>
public sealed class SinusoidalPositions : Layer
{
    readonly Dropout _dropout;

    /// <param name="model">How many numbers describe a position: an even number.</param>
    /// <param name="maxLength">How long sequences may be.</param>
    /// <param name="dropout">How likely a number of the result becomes zero in training.</param>
    /// <param name="generator">Where the randomness of dropout comes from.</param>
    public SinusoidalPositions(int model, int maxLength = 5000, double dropout = 0, Generator? generator = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxLength);
        if (model % 2 != 0) throw new ArgumentException($"Sines and cosines come in pairs, which {model} numbers are not.");
        var table = new double[maxLength * model];
        for (int t = 0; t < maxLength; t++)
            for (int i = 0; i < model; i += 2)
                (table[t * model + i], table[t * model + i + 1]) = PortableMath.SinCos(t * PortableMath.Power(10000, -(double)i / model));
        Table = Tensor.From(table, [maxLength, model]).To(Tensor.DefaultDType);
        _dropout = new(dropout, generator);
    }

    /// <summary>What is added to each position: [maxLength, model].</summary>
    [Buffer(persistent: false)]
    public Tensor Table { get; set; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Forward(x, 0);

    /// <summary>The same for positions that follow others.</summary>
    /// <param name="x">[.., length, model].</param>
    /// <param name="before">How many positions stand before the first of these.</param>
    /// <exception cref="ShapeException">The sequence is longer than what was asked for, or of another size.</exception>
    public Tensor Forward(Tensor x, int before)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < 2 || x.Shape[^1] != Table.Shape[1] || before < 0 || before + x.Shape[^2] > Table.Shape[0])
            throw new ShapeException($"There are positions for [.., {Table.Shape[0]}, {Table.Shape[1]}], not for {x.Shape} behind {before} others.");
        return (x + Table.Narrow(0, before, x.Shape[^2])).Apply(_dropout);
    }
}
