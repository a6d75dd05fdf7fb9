namespace Candeia.Tests;

/// <summary>The lines of the tables for recurrent layers and attention.</summary>
static class SequenceOps
{
    /// <summary>Three sequences, of four, three and one step.</summary>
    static readonly Dims s_sizes = [3, 2, 2, 1];

    sealed record Kind(RecurrentOp Op, params Shape[] Shapes)
    {
        public Tensor[] Run(Tensor[] x)
        {
            bool lstm = Op.Kind == RecurrentKind.Lstm;
            int at = lstm ? 3 : 2, behind = at + (Op.HasBias ? 4 : 2);
            var (y, h, c) = Op.Apply(x[0], x[1], lstm ? x[2] : null, x[at], x[at + 1], Op.HasBias ? x[at + 2] : null, Op.HasBias ? x[at + 3] : null,
                x.Length > behind ? x[behind] : null);
            return c is null ? [y, h] : [y, h, c];
        }
    }

    static readonly Dictionary<string, Kind> s_kinds = new()
    {
        ["rnn, tanh"] = new(new(RecurrentKind.Tanh, s_sizes), [8, 2], [3, 3], [3, 2], [3, 3], [3], [3]),
        ["rnn, relu, backwards"] = new(new(RecurrentKind.Relu, s_sizes, Reverse: true, HasBias: false), [8, 2], [3, 3], [3, 2], [3, 3]),
        ["lstm"] = new(new(RecurrentKind.Lstm, s_sizes), [8, 2], [3, 3], [3, 3], [12, 2], [12, 3], [12], [12]),
        ["lstm, projected, backwards"] = new(new(RecurrentKind.Lstm, s_sizes, Reverse: true, HasBias: false), [8, 2], [3, 2], [3, 3], [12, 2], [12, 2], [2, 3]),
        ["gru"] = new(new(RecurrentKind.Gru, s_sizes), [8, 2], [3, 3], [9, 2], [9, 3], [9], [9]),
        ["gru, backwards"] = new(new(RecurrentKind.Gru, s_sizes, Reverse: true, HasBias: false), [8, 2], [3, 3], [9, 2], [9, 3]),
    };

    static Tensor Flat(IEnumerable<Tensor> results) => Tensor.Cat([.. results.Select(t => t.Flatten())]);

    public static IEnumerable<OpTable.Row> Rows =>
    [
        .. s_kinds.Select(k => new OpTable.Row(k.Key, x => Flat(k.Value.Run(x)), k.Value.Shapes, -1, 1)),
        .. s_attentions.Select(a => new OpTable.Row(a.Key, x => a.Value.Op.Apply(x[0], x[1], x[2], a.Value.Mask?.To(x[0].Device)), a.Value.Shapes)),
        new("parts", x => Tensor.Cat([.. new PartsOp(1, [2, 1]).Apply(x[0])[..1], x[1]], 1), [[2, 3], [2, 2]]),
    ];

    public static IEnumerable<GradientOpTable.Row> Gradients => [.. s_kinds.Select(k => Recurrent(k.Key, k.Value)), .. s_attentions.Select(a => Attention(a.Key, a.Value))];

    sealed record Kept(AttentionOp Op, Shape[] Shapes, Tensor? Mask = null);

    static readonly Tensor s_mask = Tensor.From([true, false, true, true, false, false, false, false, false, false, true, true, true, true, false], [3, 5]);

    /// <summary>The second query of the mask sees nothing.</summary>
    static readonly Dictionary<string, Kept> s_attentions = new()
    {
        ["attention"] = new(new(0.5), [[2, 2, 3, 4], [2, 2, 5, 4], [2, 2, 5, 3]]),
        ["attention, causal"] = new(new(0.5, Causal: true, Before: 1), [[2, 3, 4], [2, 5, 4], [2, 5, 3]]),
        ["attention, masked"] = new(new(0.7), [[2, 3, 4], [2, 5, 4], [2, 5, 3]], s_mask),
        ["attention, masked alike"] = new(new(0.7), [[2, 3, 4], [2, 5, 4], [2, 5, 3]], s_mask[..1]),
        ["attention, shared heads"] = new(new(0.5, Causal: true), [[2, 4, 3, 2], [2, 2, 4, 2], [2, 2, 4, 2]]),
        ["attention, dropped"] = new(new(0.5, Dropout: 0.4, Start: new(3, 0, 5)), [[2, 3, 4], [2, 5, 4], [2, 5, 3]]),
        ["attention of one head"] = new(new(0.5), [[3, 4], [5, 4], [5, 3]]),
    };

    static GradientOpTable.Row Attention(string name, Kept kept)
    {
        Shape grad = [.. kept.Shapes[0].Sizes[..^1], kept.Shapes[2][^1]];
        return new($"{name} gradients", w => new AttentionGradientsOp(kept.Op, w == Wanted.Input ? Wanted.Input : Wanted.Input | Wanted.Weight | Wanted.Bias),
            (o, x) => ((AttentionGradientsOp)o).Apply(x), x => [.. x, .. Passed(x), .. kept.Mask is null ? [] : (Tensor[])[kept.Mask]], [grad, .. kept.Shapes]);

        Tensor[] Passed(Tensor[] x)
        {
            Tensor[] inputs = [.. x[1..].Select(t => t.Detach()), .. kept.Mask is null ? [] : (Tensor[])[kept.Mask]];
            Tensor[] outputs = [Device.Cpu.Empty(Layout.Of(grad), x[0].DType), .. kept.Op.Saves(inputs).Select(s => Device.Cpu.Empty(s.Layout, s.DType))];
            new OpCall(kept.Op, inputs, outputs).Compute();
            return outputs;
        }
    }

    static GradientOpTable.Row Recurrent(string name, Kind kind)
    {
        int inputs = kind.Shapes.Length;
        Shape[] grads = kind.Op.Kind == RecurrentKind.Lstm ? [[8, kind.Shapes[1][1]], kind.Shapes[1], kind.Shapes[2]] : [[8, kind.Shapes[1][1]], kind.Shapes[1]];
        return new($"{name} gradients", _ => new RecurrentGradientsOp(kind.Op, inputs) { Given = (RecurrentResults)((1 << grads.Length) - 1) }, (o, x) => ((RecurrentGradientsOp)o).Apply(x),
            x => [.. x[..inputs], .. Passed(x[..inputs]), .. x[inputs..]], [.. kind.Shapes, .. grads]);

        Tensor[] Passed(Tensor[] x)                                          // output and what is saved, as the forward pass leaves them
        {
            x = Array.ConvertAll(x, t => t.Detach());
            Tensor[] outputs = [.. grads.Select(s => Device.Cpu.Empty(Layout.Of(s), x[0].DType)), .. kind.Op.Saves(x).Select(s => Device.Cpu.Empty(s.Layout, s.DType))];
            new OpCall(kind.Op, x, outputs).Compute();
            return [outputs[0], .. outputs[grads.Length..]];
        }
    }
}
