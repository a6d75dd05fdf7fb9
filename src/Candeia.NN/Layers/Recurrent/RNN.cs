namespace Candeia.NN;

/// <summary>
/// A plain recurrent network (<see href="https://doi.org/10.1207/s15516709cog1402_1">Elman 1990</see>): h' = f(W·x + b + U·h + b'), step by step, with f the
/// hyperbolic tangent or ReLU.
/// </summary>
/// <example><code>
/// var rnn = new RNN(3, 8, numLayers: 2, batchFirst: true);
/// var (y, h) = rnn.Forward(Tensor.Ones([4, 10, 3]), null);
/// Console.WriteLine($"{y.Shape} {h.Shape}");                              // → [4, 10, 8] [2, 4, 8]
/// </code></example>
public sealed class RNN : RecurrentLayer
{
    /// <param name="inputSize">The features of a step.</param>
    /// <param name="hiddenSize">The numbers in a state.</param>
    /// <param name="numLayers">How many layers stand one above the other.</param>
    /// <param name="nonlinearity">f: the hyperbolic tangent, or ReLU.</param>
    /// <param name="bias">Whether b and b' are added.</param>
    /// <param name="batchFirst">Whether padded sequences are [n, length, features], not [length, n, features].</param>
    /// <param name="dropout">The probability with which an output is dropped in training, between layers.</param>
    /// <param name="bidirectional">Whether a second one goes from the last step to the first; outputs stand side by side.</param>
    /// <param name="generator">Where initial values, uniform on ±1/√hiddenSize, and the randomness of dropout come from.</param>
    public RNN(
        int inputSize, int hiddenSize, int numLayers = 1, Nonlinearity nonlinearity = Nonlinearity.Tanh, bool bias = true, bool batchFirst = false,
        double dropout = 0, bool bidirectional = false, Generator? generator = null)
        : base(KindOf(nonlinearity), inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, 0, generator)
    {
    }

    internal static RecurrentKind KindOf(Nonlinearity nonlinearity) => nonlinearity switch
    {
        Nonlinearity.Tanh => RecurrentKind.Tanh,
        Nonlinearity.ReLU => RecurrentKind.Relu,
        _ => throw new ArgumentException($"A plain recurrent network has Tanh or ReLU, not {nonlinearity}."),
    };

    /// <summary>The outputs alone, from states of zeros.</summary>
    /// <param name="x">[length, n, features], [n, length, features] if batchFirst, or one sequence [length, features].</param>
    public override Tensor Forward(Tensor x) => Run(x, null, null).Output;

    /// <summary>The outputs of the last layer [length, n, directions · hidden] and the last states of all [layers · directions, n, hidden].</summary>
    /// <param name="x">As above.</param>
    /// <param name="hidden">The first states [layers · directions, n, hidden], for one sequence without n; zeros, if there are none.</param>
    public (Tensor Output, Tensor Hidden) Forward(Tensor x, Tensor? hidden) => Run(x, hidden, null) is var (y, h, _) ? (y, h) : default;

    /// <summary>The same for packed sequences; states are those after each sequence's own end.</summary>
    public (PackedSequence Output, Tensor Hidden) Forward(PackedSequence x, Tensor? hidden = null) => Run(x, hidden, null) is var (y, h, _) ? (y, h) : default;
}
