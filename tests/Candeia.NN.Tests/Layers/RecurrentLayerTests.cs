using Candeia.NN;

namespace Candeia.Tests;

public class RecurrentLayerTests
{
    static readonly Generator s_generator = new(41);

    static Tensor Random(params int[] shape) => Tensor.Randn(Shape.Create(shape), generator: s_generator);

    [Fact]
    public void Dropout_stands_between_layers_alone_and_draws_from_the_generator()
    {
        var x = Random(6, 3, 4);
        float[] Run(int layers, double p, ulong seed, bool train)
        {
            var layer = new GRU(4, 5, layers, dropout: p, generator: new(seed));
            if (!train) layer.Eval();
            return layer.Forward(x).ToArray<float>();
        }
        Assert.Equal(Run(2, 0.5, 1, train: true), Run(2, 0.5, 1, train: true));
        Assert.NotEqual(Run(2, 0.5, 1, train: true), Run(2, 0.5, 1, train: false));
        Assert.Equal(Run(2, 0, 1, train: true), Run(2, 0.5, 1, train: false));
        Assert.Equal(Run(1, 0.5, 1, train: true), Run(1, 0, 1, train: true));

        var all = new GRU(4, 5, 2, dropout: 1, generator: new(2));
        var upper = new GRU(5, 5, generator: new(3));
        upper.LoadStateDict(all.StateDict().Where(s => s.Key.EndsWith("_l1", StringComparison.Ordinal)).ToDictionary(s => s.Key[..^1] + "0", s => s.Value));
        Assert.Equal(upper.Forward(Tensor.Zeros([6, 3, 5])).ToArray<float>(), all.Forward(x).ToArray<float>());
    }

    [Fact]
    public void The_end_of_one_piece_is_the_beginning_of_the_next()
    {
        var x = Random(7, 2, 4);
        var lstm = new LSTM(4, 5, 2, generator: new(4));
        var (whole, (h, c)) = lstm.Forward(x, null);
        var (first, state) = lstm.Forward(x[..3], null);
        var (second, (h2, c2)) = lstm.Forward(x[3..], state);
        foreach (var (a, b) in new[] { (whole, Tensor.Cat([first, second], 0)), (h, h2), (c, c2) })
            Assert.All(a.ToArray<float>().Zip(b.ToArray<float>()), v => Assert.Equal(v.First, v.Second, 1e-6f));
        var cell = new LSTMCell(4, 5, generator: new(4));
        cell.LoadStateDict(lstm.StateDict().Where(s => s.Key.EndsWith("_l0", StringComparison.Ordinal)).ToDictionary(s => s.Key[..^3], s => s.Value));
        (Tensor, Tensor)? by = null;
        for (int t = 0; t < 7; t++) by = cell.Forward(x[t], by);
        Assert.All(h[0].ToArray<float>().Zip(by!.Value.Item1.ToArray<float>()), v => Assert.Equal(v.First, v.Second, 1e-6f));
    }

    [Fact]
    public void A_layer_learns_second_derivatives_too()
    {
        var gru = new GRU(2, 3, bidirectional: true, generator: new(5)).To(DType.Float64);
        var x = Tensor.Randn([3, 2, 2], DType.Float64, new Generator(6));
        x.RequiresGrad = true;
        Autograd.GradGradCheck(t => [gru.Forward(t[0])], [x]);
    }

    [Fact]
    public void Sequences_are_padded_and_packed_and_come_back()
    {
        Tensor[] sequences = [Random(2, 3), Random(4, 3), Random(1, 3)];
        foreach (bool first in (bool[])[false, true])
        {
            var padded = Sequences.PadSequence(sequences, first, -1);
            Assert.Equal(Shape.Create(first ? [3, 4, 3] : [4, 3, 3]), padded.Shape);
            var packed = padded.PackPaddedSequence([2, 4, 1], first, enforceSorted: false);
            Assert.Equal([3, 2, 1, 1], packed.BatchSizes);
            Assert.Equal([1, 0, 2], packed.SortedIndices!);
            Assert.Equal([1, 0, 2], packed.UnsortedIndices!);
            Assert.Equal([2, 4, 1], packed.Lengths);
            var (again, lengths) = packed.PadPackedSequence(first, -1);
            Assert.Equal(padded.ToArray<float>(), again.ToArray<float>());
            foreach (var (a, b) in sequences.Zip(Sequences.UnpadSequence(again, lengths, first))) Assert.Equal(a.ToArray<float>(), b.ToArray<float>());
            foreach (var (a, b) in sequences.Zip(packed.UnpackSequence())) Assert.Equal(a.ToArray<float>(), b.ToArray<float>());
            Assert.Equal(Shape.Create(first ? [3, 6, 3] : [6, 3, 3]), packed.PadPackedSequence(first, totalLength: 6).Padded.Shape);
        }
        Assert.Equal(-1f, (float)Sequences.PadSequence(sequences, paddingValue: -1, left: true)[0, 0, 0]);
        Assert.Equal(sequences[0].ToArray<float>(), Sequences.PackSequence(sequences, enforceSorted: false).UnpackSequence()[0].ToArray<float>());
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_a_sentence()
    {
        string Message(Func<object?> call) => Assert.ThrowsAny<ArgumentException>(call).Message;
        Tensor x = Random(4, 3, 2);
        Assert.Contains("enforceSorted", Message(() => x.PackPaddedSequence([1, 2, 3])), StringComparison.Ordinal);
        Assert.Contains("between 1 and 4", Message(() => x.PackPaddedSequence([4, 0, 0])), StringComparison.Ordinal);
        Assert.Contains("2 lengths for 3 sequences", Message(() => x.PackPaddedSequence([4, 1])), StringComparison.Ordinal);
        Assert.Contains("no sequences", Message(() => Sequences.PadSequence([])), StringComparison.Ordinal);
        Assert.Contains("total length", Message(() => x.PackPaddedSequence([4, 1, 1]).PadPackedSequence(totalLength: 3)), StringComparison.Ordinal);
        var gru = new GRU(2, 3, batchFirst: true);
        Assert.Contains("[n, length, 2]", Message(() => gru.Forward(Random(4, 3, 3))), StringComparison.Ordinal);
        Assert.Contains("[1, 4, 3]", Message(() => gru.Forward(x, Random(1, 3, 3))), StringComparison.Ordinal);
        Assert.Contains("a step at least", Message(() => gru.Forward(Tensor.Zeros([4, 0, 2]))), StringComparison.Ordinal);
        Assert.Contains("Tanh or ReLU", Message(() => new RNN(2, 3, nonlinearity: Nonlinearity.SELU)), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LSTM(2, 3, projSize: 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LSTM(2, 3, dropout: 2));
        Assert.Equal("GRU 2→3", gru.ToString());
        Assert.Equal("LSTM 2→3→1 in 2 layers both ways without bias", new LSTM(2, 3, 2, bias: false, bidirectional: true, projSize: 1).ToString());
        Assert.Equal(gru["weight_ih_l0"], gru.NamedParameters()[0].Parameter);
        Assert.Contains("weight_hh_l0", Assert.Throws<KeyNotFoundException>(() => gru["weight"]).Message, StringComparison.Ordinal);
    }
}
