namespace Candeia.Gpu;

/// <summary>Scaled dot-product attention: the scores, what becomes of them in one pass, and their product with the values.</summary>
internal static class Attentions
{
    public static bool Forward(GpuDevice device, in OpCall call)
    {
        var op = (AttentionOp)call.Op;
        Operand q = call.Input(0), k = call.Input(1), v = call.Input(2), y = call.Output(0);
        var type = Types.Wide(q.DType);
        if (y.Layout.Shape.Numel == 0 || k.Layout.Shape[^2] == 0) return false;
        int groups = q.Layout.Shape.Rank > 2 ? q.Layout.Shape[^3] / k.Layout.Shape[^3] : 1;
        int[] lead = Lead(q, groups);
        int n = q.Layout.Shape[^2], m = k.Layout.Shape[^2];
        Shape shape = Shape.Create([.. lead, n, m]);
        var scores = device.Scratch(Layout.Of(shape), type);
        Products.Run(device, scores, Grouped(q, groups), Turned(Shared(k)));
        List<Rows.Part> parts = [];
        var terms = Scores(op, call, mask: 3, scores, shape, groups, parts);
        string save = "";
        if (call.Outputs > 1)
        {
            parts.Add(new("L", Saved(call.Output(1), shape), true));
            save = "  ONCE SET_L(0, s == 0 ? (T)INFINITY : m + log(s));\n";
        }
        string body = $$"""
              T m = -INFINITY; EACH(k) if (VISIBLE(k)) m = max_@(m, SCORE(k));
              TOTAL(m, max_@(m, v));
              T s = 0; EACH(k) if (VISIBLE(k)) s += exp(SCORE(k) - m);
              TOTAL(s, s + v);
            {{save}}  EACH(k) { {{terms.Keep}} SET_S(k, VISIBLE(k) && s != 0 ? exp(SCORE(k) - m) / s * keep : (T)0); }
            """;
        Rows.Run(device, $"attention {op.Causal} {call.Inputs} {call.Outputs} {op.Dropout != 0}", terms.In(body), type, parts.ToArray(), d => d == shape.Rank - 1, Numbers(op), Wholes(op), start: Start(op));
        Products.Run(device, Grouped(y, groups), scores, Shared(v));
        return true;
    }

    /// <summary>What a score is, whether it is seen, and by what its weight is multiplied.</summary>
    public readonly record struct Terms(string Visible, string Score, string Keep, bool Drops)
    {
        /// <summary>A body with these in it.</summary>
        public string In(string body) => (Drops ? Randoms.Word : "")
            + body.Replace("VISIBLE(k)", $"({Visible})", StringComparison.Ordinal).Replace("SCORE(k)", $"({Score})", StringComparison.Ordinal);
    }

    /// <summary>The terms of an op, and the operands that they need; the products of queries and keys are the first of these.</summary>
    public static Terms Scores(AttentionOp op, in OpCall call, int mask, Operand scores, Shape shape, int groups, List<Rows.Part> parts)
    {
        parts.Add(new("S", scores, true));
        string visible = op.Causal ? "(i64)(b1 + INNER_I(k)) <= w1" : "1", score = "S(k) * k0";
        if (op.Causal) parts.Add(new("I", Distance(scores, shape)));
        if (call.Inputs > mask)
        {
            var hides = call.Input(mask);
            int n = shape[^2], m = shape[^1];
            Shape whole = shape.Rank == 2 ? shape : Shape.Create([.. shape.Sizes()[..^4], shape[^4] * shape[^3], n, m]);
            parts.Add(new("K", Split(hides.To(whole), groups)));
            visible += hides.DType == DType.Bool ? " && K(k) != 0" : " && K(k) != -INFINITY";
            if (hides.DType != DType.Bool) score += " + K(k)";
        }
        return new(visible, score, op.Dropout == 0 ? "const T keep = 1;"
            : "u32 word; PHILOX(word, key, stream, position + (u64)(b0 + INNER_S(k))) const T keep = (i64)word < w2 ? k1 : (T)0;", op.Dropout != 0);
    }

    /// <summary>k0 and k1 of the terms.</summary>
    public static double[] Numbers(AttentionOp op) => [op.Scale, op.Dropout is 0 or 1 ? 0 : 1 / (1 - op.Dropout)];

    /// <summary>w0 and so on.</summary>
    public static long[] Wholes(AttentionOp op) => [0, op.Before, (long)((1 - op.Dropout) * (1L << 32) + 0.5)];

    /// <summary>Where the words of dropout begin; null where nothing is dropped.</summary>
    public static GeneratorState? Start(AttentionOp op) => op.Dropout == 0 ? null : op.Start;

    public static int[] Lead(Operand q, int groups)
    {
        var sizes = q.Layout.Shape.Sizes();
        return sizes.Length < 3 ? [] : [.. sizes[..^3], sizes[^3] / groups, groups];
    }

    /// <summary>[.., heads, n, d] as [.., heads / groups, groups, n, d].</summary>
    static Operand Grouped(Operand x, int groups) => x.Layout.Shape.Rank < 3 ? x : Split(x, groups);

    static Operand Split(Operand x, int groups)
    {
        var layout = x.Layout;
        if (layout.Shape.Rank < 3) return x;
        int[] sizes = [.. layout.Shape.Sizes()[..^3], layout.Shape[^3] / groups, groups, .. layout.Shape.Sizes()[^2..]];
        long[] strides = [.. layout.Strides[..^3], layout.Strides[^3] * groups, layout.Strides[^3], .. layout.Strides[^2..]];
        return x.As(new Layout(Shape.Create(sizes), strides, layout.Offset));
    }

    /// <summary>[.., heads, m, d] as [.., heads, 1, m, d], which all queries of a group read.</summary>
    static Operand Shared(Operand x)
    {
        var layout = x.Layout;
        if (layout.Shape.Rank < 3) return x;
        return x.As(new Layout(Shape.Create([.. layout.Shape.Sizes()[..^2], 1, .. layout.Shape.Sizes()[^2..]]), [.. layout.Strides[..^2], 0, .. layout.Strides[^2..]], layout.Offset));
    }

    /// <summary>With the last two dimensions changed for each other.</summary>
    public static Operand Turned(Operand x)
    {
        var layout = x.Layout;
        return x.As(new Layout(Shape.Create([.. layout.Shape.Sizes()[..^2], layout.Shape[^1], layout.Shape[^2]]), [.. layout.Strides[..^2], layout.Strides[^1], layout.Strides[^2]], layout.Offset));
    }

    /// <summary>Nothing that is read: its place says how far a key lies ahead of its query.</summary>
    static Operand Distance(Operand any, Shape shape)
    {
        long[] strides = new long[shape.Rank];
        (strides[^2], strides[^1]) = (-1, 1);
        return any.As(new Layout(shape, strides));
    }

    /// <summary>What was saved for each row of scores.</summary>
    public static Operand Saved(Operand sums, Shape shape) => sums.InFirst(shape, shape.Rank - 1);
}
