namespace Candeia.NN;

/// <summary>One step of an <see cref="RNN"/>: [n, in] and [n, hidden] give [n, hidden].</summary>
/// <example><code>
/// var cell = new RNNCell(3, 8);
/// var h = cell.Forward(Tensor.Ones([4, 3]));
/// Console.WriteLine(cell.Forward(Tensor.Ones([4, 3]), h).Shape);          // → [4, 8]
/// </code></example>
/// <param name="inputSize">The features of a step.</param>
/// <param name="hiddenSize">The numbers in a state.</param>
/// <param name="bias">Whether biases are added.</param>
/// <param name="nonlinearity">The hyperbolic tangent, or ReLU.</param>
/// <param name="generator">Where initial values come from: uniform on ±1/√hiddenSize.</param>
public sealed class RNNCell(int inputSize, int hiddenSize, bool bias = true, Nonlinearity nonlinearity = Nonlinearity.Tanh, Generator? generator = null)
    : RecurrentCell(RNN.KindOf(nonlinearity), inputSize, hiddenSize, bias, generator)
{
    /// <summary>The next state.</summary>
    /// <param name="x">[n, in], or [in].</param>
    /// <param name="hidden">The state [n, hidden], or [hidden]; zeros, if there is none.</param>
    public Tensor Forward(Tensor x, Tensor? hidden = null) => Step(x, hidden, null).Hidden;
}

/// <summary>One step of a <see cref="GRU"/>: [n, in] and [n, hidden] give [n, hidden].</summary>
/// <example><code>
/// var cell = new GRUCell(3, 8);
/// Console.WriteLine(cell.Forward(Tensor.Ones([4, 3])).Shape);             // → [4, 8]
/// </code></example>
/// <param name="inputSize">The features of a step.</param>
/// <param name="hiddenSize">The numbers in a state.</param>
/// <param name="bias">Whether biases are added.</param>
/// <param name="generator">Where initial values come from: uniform on ±1/√hiddenSize.</param>
public sealed class GRUCell(int inputSize, int hiddenSize, bool bias = true, Generator? generator = null)
    : RecurrentCell(RecurrentKind.Gru, inputSize, hiddenSize, bias, generator)
{
    /// <summary>The next state.</summary>
    /// <param name="x">[n, in], or [in].</param>
    /// <param name="hidden">The state [n, hidden], or [hidden]; zeros, if there is none.</param>
    public Tensor Forward(Tensor x, Tensor? hidden = null) => Step(x, hidden, null).Hidden;
}

/// <summary>One step of an <see cref="LSTM"/>: [n, in] and states h and c [n, hidden] give the next ones.</summary>
/// <example><code>
/// var cell = new LSTMCell(3, 8);
/// var state = cell.Forward(Tensor.Ones([4, 3]));
/// var (h, c) = cell.Forward(Tensor.Ones([4, 3]), state);
/// Console.WriteLine($"{h.Shape} {c.Shape}");                              // → [4, 8] [4, 8]
/// </code></example>
/// <param name="inputSize">The features of a step.</param>
/// <param name="hiddenSize">The numbers in a state.</param>
/// <param name="bias">Whether biases are added.</param>
/// <param name="generator">Where initial values come from: uniform on ±1/√hiddenSize.</param>
public sealed class LSTMCell(int inputSize, int hiddenSize, bool bias = true, Generator? generator = null)
    : RecurrentCell(RecurrentKind.Lstm, inputSize, hiddenSize, bias, generator)
{
    /// <summary>The next states.</summary>
    /// <param name="x">[n, in], or [in].</param>
    /// <param name="state">The states [n, hidden], or [hidden]; zeros, if there are none.</param>
    public (Tensor Hidden, Tensor Cell) Forward(Tensor x, (Tensor Hidden, Tensor Cell)? state = null) =>
        Step(x, state?.Hidden, state?.Cell) is var (h, c) ? (h, c!) : default;
}
