namespace Candeia.Gpu;

/// <summary>The gradients of attention: the weights are computed once more from what the way forward has saved of each row, and what becomes of them is one pass.</summary>
internal static class AttentionGradients
{
    public static bool Run(GpuDevice device, in OpCall call)
    {
        var all = (AttentionGradientsOp)call.Op;
        var (op, wanted) = (all.Forward, all.Wanted);
        Operand grad = call.Input(0), q = call.Input(1), k = call.Input(2), v = call.Input(3), saved = call.Input(5);
        int rank = q.Layout.Shape.Rank;
        if (grad.Layout.Shape.Numel == 0 || k.Layout.Shape[^2] == 0 || rank > 2 && q.Layout.Shape[^3] != k.Layout.Shape[^3]) return false;   // keys that several heads share are composed
        int[] lead = Attentions.Lead(q, 1);
        Shape shape = Shape.Create([.. lead, q.Layout.Shape[^2], k.Layout.Shape[^2]]), seen = Shape.Create([.. q.Layout.Shape.Sizes()[..^1], k.Layout.Shape[^2]]);
        var type = Types.Wide(q.DType);
        Operand weights = device.Scratch(Layout.Of(seen), type), slopes = device.Scratch(Layout.Of(seen), type);
        Products.Run(device, weights, q, Attentions.Turned(k));
        Products.Run(device, slopes, grad, Attentions.Turned(v));
        List<Rows.Part> parts = [];
        var terms = Attentions.Scores(op, call, mask: 6, weights.As(Layout.Of(shape)), shape, 1, parts);
        parts.AddRange([new("G", slopes.As(Layout.Of(shape)), true), new("L", Attentions.Saved(saved, shape))]);
        Rows.Run(device, $"attention gradients {op.Causal} {call.Inputs} {op.Dropout != 0}", terms.In($$"""
              T s = 0;
              EACH(k) { {{terms.Keep}} const T p = VISIBLE(k) ? exp(SCORE(k) - L(0)) : (T)0; s += p * keep * G(k); }
              TOTAL(s, s + v);
              EACH(k) { {{terms.Keep}} const T p = VISIBLE(k) ? exp(SCORE(k) - L(0)) : (T)0; SET_G(k, p * (keep * G(k) - s) * k0); SET_S(k, p * keep); }
            """), type, parts.ToArray(), d => d == shape.Rank - 1, Attentions.Numbers(op), Attentions.Wholes(op), start: Attentions.Start(op));
        int at = 0;
        if ((wanted & Wanted.Input) != 0) Products.Run(device, call.Output(at++), slopes, k);
        if ((wanted & (Wanted.Weight | Wanted.Bias)) == 0) return true;
        Products.Run(device, call.Output(at++), Attentions.Turned(slopes), q);
        Products.Run(device, call.Output(at), Attentions.Turned(weights), grad);
        return true;
    }
}
