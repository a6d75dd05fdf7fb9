namespace Candeia.Training;

/// <summary>Something in a training is not a number, or infinite; the message names it, the epoch and the batch.</summary>
/// <param name="message">What was found where.</param>
/// <param name="kind">What it is.</param>
/// <param name="name">The layer's or parameter's name in the model; empty for inputs and loss.</param>
/// <param name="epoch">Counted from 1.</param>
/// <param name="batch">Counted from 1.</param>
public sealed class NanException(string message, NanKind kind, string name, int epoch, int batch) : ArithmeticException(message)
{
    /// <summary>What is not a number.</summary>
    public NanKind Kind => kind;

    /// <summary>The layer's or parameter's name in the model: <c>conv2</c>, <c>fc1.weight</c>; empty for inputs and loss.</summary>
    public string Name => name;

    /// <summary>The epoch, counted from 1.</summary>
    public int Epoch => epoch;

    /// <summary>The batch, counted from 1.</summary>
    public int Batch => batch;
}
