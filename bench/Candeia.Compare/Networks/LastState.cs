using Candeia.NN;

namespace Candeia.Compare;

/// <summary>A class from the last state of a recurrent network.</summary>
sealed class LastState(Layer rnn) : Layer
{
    readonly Layer rnn = rnn;
    readonly Linear head = new(256, 10);

    public override Tensor Forward(Tensor x) => x.Apply(rnn)[.., -1].Apply(head);

    public static LastState Lstm() => new(new LSTM(128, 256, 2, batchFirst: true));

    public static LastState Gru() => new(new GRU(128, 256, 2, batchFirst: true));
}
