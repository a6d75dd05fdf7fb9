namespace Candeia.NN;

/// <summary>
/// Long short-term memory (<see href="https://www.bioinf.jku.at/publications/older/2604.pdf">Hochreiter and Schmidhuber 1997</see>): i, f, o = σ(W·x + b + U·h + b'),
/// g = tanh(W·x + b + U·h + b'), c' = f·c + i·g, h' = o·tanh(c'), step by step.
/// </summary>
/// <example><code>
/// var lstm = new LSTM(3, 8, batchFirst: true);
/// var (y, (h, c)) = lstm.Forward(Tensor.Ones([4, 10, 3]), null);
/// Console.WriteLine($"{y.Shape} {h.Shape} {c.Shape}");                    // → [4, 10, 8] [1, 4, 8] [1, 4, 8]
/// </code></example>
public sealed class LSTM : RecurrentLayer
{
    /// <param name="inputSize">The features of a step.</param>
    /// <param name="hiddenSize">The numbers in a state.</param>
    /// <param name="numLayers">How many layers stand one above the other.</param>
    /// <param name="bias">Whether b and b' are added.</param>
    /// <param name="batchFirst">Whether padded sequences are [n, length, features], not [length, n, features].</param>
    /// <param name="dropout">The probability with which an output is dropped in training, between layers.</param>
    /// <param name="bidirectional">Whether a second one goes from the last step to the first; outputs stand side by side.</param>
    /// <param name="projSize">How many numbers outputs and h are projected to (<see href="https://arxiv.org/abs/1402.1128">Sak et al. 2014</see>); 0 for none.</param>
    /// <param name="generator">Where initial values, uniform on ±1/√hiddenSize, and the randomness of dropout come from.</param>
    public LSTM(
        int inputSize, int hiddenSize, int numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0, bool bidirectional = false,
        int projSize = 0, Generator? generator = null)
        : base(RecurrentKind.Lstm, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, projSize, generator)
    {
    }

    /// <summary>The outputs alone, from states of zeros.</summary>
    /// <param name="x">[length, n, features], [n, length, features] if batchFirst, or one sequence [length, features].</param>
    public override Tensor Forward(Tensor x) => Run(x, null, null).Output;

    /// <summary>
    /// The outputs of the last layer [length, n, directions · out] and the last states of all: h [layers · directions, n, out] and c [layers · directions, n,
    /// hidden], where out is hidden unless outputs are projected.
    /// </summary>
    /// <param name="x">As above.</param>
    /// <param name="state">The first states, for one sequence without n; zeros, if there are none.</param>
    public (Tensor Output, (Tensor Hidden, Tensor Cell) State) Forward(Tensor x, (Tensor Hidden, Tensor Cell)? state) =>
        Run(x, state?.Hidden, state?.Cell) is var (y, h, c) ? (y, (h, c!)) : default;

    /// <summary>The same for packed sequences; states are those after each sequence's own end.</summary>
    public (PackedSequence Output, (Tensor Hidden, Tensor Cell) State) Forward(PackedSequence x, (Tensor Hidden, Tensor Cell)? state = null) =>
        Run(x, state?.Hidden, state?.Cell) is var (y, h, c) ? (y, (h, c!)) : default;
}
