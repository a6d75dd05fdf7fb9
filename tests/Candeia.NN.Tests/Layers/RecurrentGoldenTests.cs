using System.Text.Json;
using Candeia.NN;

namespace Candeia.Tests;

/// <summary>Recurrent layers and cells with every option beside PyTorch's.</summary>
public class RecurrentGoldenTests
{
    public static IEnumerable<object[]> Layers => Golden.Names("sequences", "rnn", "lstm", "gru").Concat(Golden.Names("layers", "rnn", "lstm", "gru"));

    [Theory, MemberData(nameof(Layers))]
    public void Layers_are_those_of_PyTorch(string family, string name)
    {
        var c = Golden.Open(family)[name];
        var a = c.Args.GetProperty("arguments");
        (int inputs, int hidden) = family == "layers" ? (3, 2) : (2, 3);
        int layers = Number(a, "num_layers", 1), projected = Number(a, "proj_size", 0);
        bool bias = Flag(a, "bias", true), first = Flag(a, "batch_first"), both = Flag(a, "bidirectional");
        RecurrentLayer layer = c.Op switch
        {
            "lstm" => new LSTM(inputs, hidden, layers, bias, first, bidirectional: both, projSize: projected),
            "gru" => new GRU(inputs, hidden, layers, bias, first, bidirectional: both),
            _ => new RNN(inputs, hidden, layers, Kind(a), bias, first, bidirectional: both),
        };
        SequenceCase.Check(c, layer, (x, _) =>
        {
            Tensor? h = x.Length > 1 ? x[1] : null;
            (Tensor, Tensor)? state = x.Length > 2 ? (x[1], x[2]) : null;
            if (!c.Has("lengths"))
                return layer switch
                {
                    LSTM lstm => lstm.Forward(x[0], state) is var (y, (after, cell)) ? [y, after, cell] : [],
                    GRU gru => gru.Forward(x[0], h) is var (y, after) ? [y, after] : [],
                    RNN rnn => rnn.Forward(x[0], h) is var (y, after) ? [y, after] : [],
                    _ => [],
                };
            var packed = x[0].PackPaddedSequence(c.Ints("lengths")!, first, enforceSorted: false);
            Tensor Padded(PackedSequence y)
            {
                var (padded, lengths) = y.PadPackedSequence(first, paddingValue: 0.5);
                Assert.Equal(c.Ints("lengths")!, lengths);
                return padded;
            }
            return layer switch
            {
                LSTM lstm => lstm.Forward(packed, state) is var (y, (after, cell)) ? [Padded(y), after, cell] : [],
                GRU gru => gru.Forward(packed, h) is var (y, after) ? [Padded(y), after] : [],
                RNN rnn => rnn.Forward(packed, h) is var (y, after) ? [Padded(y), after] : [],
                _ => [],
            };
        });
    }

    public static IEnumerable<object[]> Cells => Golden.Names("sequences", "rnncell", "lstmcell", "grucell");

    [Theory, MemberData(nameof(Cells))]
    public void Cells_are_those_of_PyTorch(string family, string name)
    {
        var c = Golden.Open(family)[name];
        var a = c.Args.GetProperty("arguments");
        bool bias = Flag(a, "bias", true);
        RecurrentCell cell = c.Op switch { "lstmcell" => new LSTMCell(2, 3, bias), "grucell" => new GRUCell(2, 3, bias), _ => new RNNCell(2, 3, bias, Kind(a)) };
        SequenceCase.Check(c, cell, (x, _) => cell switch
        {
            LSTMCell lstm => lstm.Forward(x[0], x.Length > 2 ? (x[1], x[2]) : null) is var (h, state) ? [h, state] : [],
            GRUCell gru => [gru.Forward(x[0], x.Length > 1 ? x[1] : null)],
            _ => [((RNNCell)cell).Forward(x[0], x.Length > 1 ? x[1] : null)],
        });
    }

    static int Number(JsonElement a, string name, int otherwise) => a.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;

    static bool Flag(JsonElement a, string name, bool otherwise = false) => a.TryGetProperty(name, out var value) ? value.GetBoolean() : otherwise;

    static Nonlinearity Kind(JsonElement a) => a.TryGetProperty("nonlinearity", out var value) && value.GetString() == "relu" ? Nonlinearity.ReLU : Nonlinearity.Tanh;
}
