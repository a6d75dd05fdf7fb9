namespace Candeia.Onnx;

/// <summary>Operators that hold graphs, and choose among them or repeat them.</summary>
internal static class ControlOperators
{
    public static Operator[] All { get; } =
    [
        new("If", 1, a =>
        {
            var (yes, no) = (a.Graph("then_branch"), a.Graph("else_branch"));
            return x => x.Run(x.Number(0, 0) != 0 ? yes : no);
        }),
        new("Loop", 1, a =>
        {
            var body = a.Graph("body");
            return x => Loop(x, body);
        }) { IsRandom = true },
        new("Scan", 9, Scan),
    ];

    static Tensor[] Loop(Call x, Plan body)
    {
        double most = x.Number(0, double.PositiveInfinity);
        bool goesOn = x.Number(1, 1) != 0;
        Tensor[] carried = x.From(2);
        int states = carried.Length, collected = body.Outputs.Length - 1 - states;
        if (collected < 0) throw new OnnxException($"the body has {body.Outputs.Length} results for {states} values that it carries on");
        List<Tensor>[] rows = [.. Enumerable.Range(0, collected).Select(_ => new List<Tensor>())];
        for (long i = 0; i < most && goesOn; i++)
        {
            var results = x.Run(body, [Tensor.From([i]).Reshape(), Tensor.From([goesOn]).Reshape(), .. carried]);
            goesOn = (bool)results[0].Reshape();
            carried = results[1..(1 + states)];
            for (int c = 0; c < collected; c++) rows[c].Add(results[1 + states + c]);
        }
        return [.. carried, .. rows.Select(r => r.Count > 0 ? Tensor.Stack([.. r]) : Tensor.Zeros([0]))];
    }

    static Kernel Scan(Attributes a)
    {
        var body = a.Graph("body");
        int scanned = a.Int("num_scan_inputs");
        int[]? inAxes = a.Ints("scan_input_axes"), inBack = a.Ints("scan_input_directions"), outAxes = a.Ints("scan_output_axes"), outBack = a.Ints("scan_output_directions");
        return x =>
        {
            var all = x.All;
            Tensor[] carried = all[..^scanned], inputs = all[^scanned..];
            int states = carried.Length, collected = body.Outputs.Length - states;
            int[] dims = [.. inputs.Select((t, i) => Forms.Positive(inAxes?[i] ?? 0, t.Rank))];
            int steps = inputs[0].Shape[dims[0]];
            List<Tensor>[] rows = [.. Enumerable.Range(0, collected).Select(_ => new List<Tensor>())];
            for (int i = 0; i < steps; i++)
            {
                Tensor[] now = [.. inputs.Select((t, k) => t.Select(dims[k], inBack?[k] == 1 ? steps - 1 - i : i))];
                var results = x.Run(body, [.. carried, .. now]);
                carried = results[..states];
                for (int c = 0; c < collected; c++) rows[c].Add(results[states + c]);
            }
            return [.. carried, .. rows.Select((r, c) => Collected(r, outAxes?[c] ?? 0, outBack?[c] == 1))];
        };
    }

    static Tensor Collected(List<Tensor> rows, int axis, bool backwards)
    {
        if (rows.Count == 0) return Tensor.Zeros([0]);
        if (backwards) rows.Reverse();
        return Tensor.Stack([.. rows], axis < 0 ? axis + rows[0].Rank + 1 : axis);
    }
}
