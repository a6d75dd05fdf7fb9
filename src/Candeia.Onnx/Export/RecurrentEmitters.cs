namespace Candeia.Onnx;

/// <summary>Recurrent layers: a node for each layer and direction.</summary>
internal static class RecurrentEmitters
{
    public static Dictionary<Type, Action<Emission>> All { get; } = new() { [typeof(RecurrentOp)] = Recurrent };

    /// <summary>Why ONNX has no node for it; null where it has one.</summary>
    public static string? Refusal(RecurrentOp op) => op.BatchSizes.Distinct().Count() > 1 ? "packed sequences of different lengths go through a recurrent layer, where a file has sequences of one length" : null;

    // Weights stay as they are in the file, under their names; nodes put their gates into ONNX's order.
    static void Recurrent(Emission e)
    {
        var op = (RecurrentOp)e.Op;
        bool lstm = op.Kind == RecurrentKind.Lstm;
        int steps = op.BatchSizes.Count, inputs = e.X(0).Shape[1], hidden = e.X(1).Shape[1], weight = lstm ? 3 : 2;
        long[] order = [.. (op.Kind switch { RecurrentKind.Lstm => [0, 3, 1, 2], RecurrentKind.Gru => [1, 0, 2], _ => (int[])[0] }).SelectMany(g => Enumerable.Range(g * hidden, hidden).Select(i => (long)i))];
        string front = e.Integers(0), rows = e.Integers(order);
        string Turned(int input) => order.Length == hidden ? e.In(input) : e.Node("Gather", [e.In(input), rows], ("axis", 0L));
        string First(string value) => e.Node("Unsqueeze", [value, front]);
        // Either the sequences or the steps may be as many as they like.
        int n = op.BatchSizes[0];
        bool freeSteps = ((RecurrentOp)e.Other).BatchSizes.Count != steps;
        if (freeSteps && ((RecurrentOp)e.Other).BatchSizes[0] != n) throw Emission.Refused("the length of sequences and their number both depend on the size of the batch");
        string x = e.Node("Reshape", [e.In(0), freeSteps ? e.Integers(-1, n, inputs) : e.Integers(steps, -1, inputs)]);
        string bias = op.HasBias ? First(e.Node("Concat", [Turned(weight + 2), Turned(weight + 3)], ("axis", 0L))) : "";
        string[] given = [x, First(Turned(weight)), First(Turned(weight + 1)), bias, "", First(e.In(1)), .. lstm ? [First(e.In(2))] : (string[])[]];
        List<(string, object)> attributes = [("hidden_size", (long)hidden), ("direction", op.Reverse ? "reverse" : "forward")];
        if (op.Kind == RecurrentKind.Gru) attributes.Add(("linear_before_reset", 1L));
        if (op.Kind == RecurrentKind.Relu) attributes.Add(("activations", (string[])["Relu"]));
        string[] y = e.Nodes(lstm ? "LSTM" : op.Kind == RecurrentKind.Gru ? "GRU" : "RNN", given, lstm ? 3 : 2, [.. attributes]);
        string[] last = [.. y[1..].Select(s => e.Node("Squeeze", [s, front]))];
        e.Are([e.Node("Reshape", [y[0], e.Integers(-1, hidden)]), .. last]);
    }
}
