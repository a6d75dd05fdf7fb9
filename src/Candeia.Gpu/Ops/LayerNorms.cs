namespace Candeia.Gpu;

/// <summary>Normalization over the last dimensions.</summary>
internal static class LayerNorms
{
    /// <summary>Mean and factor of a row, and the row normalized.</summary>
    public static string Body(bool isAffine, bool saves) => $$"""
          T s = 0; EACH(k) s += A(k);
          TOTAL(s, s + v);
          const T mean = s / n;
          s = 0; EACH(k) { const T d = A(k) - mean; s += d * d; }
          TOTAL(s, s + v);
          const T f = 1 / sqrt(s / n + k0);
          EACH(k) { {{(isAffine ? "SET_Y(k, (A(k) - mean) * f * W(k) + B(k));" : "SET_Y(k, (A(k) - mean) * f);")}} }
          {{(saves ? "ONCE { SET_M(0, mean); SET_F(0, f); }" : "")}}
        """;

    public static bool Forward(GpuDevice device, in OpCall call)
    {
        var op = (LayerNormOp)call.Op;
        Operand x = call.Input(0), y = call.Output(0);
        var shape = x.Layout.Shape;
        int first = shape.Rank - op.Dims;
        List<Rows.Part> parts = [new("A", x), new("Y", y, true)];
        if (call.Inputs > 1) parts.AddRange([new("W", call.Input(1).InLast(shape)), new("B", call.Input(2).InLast(shape))]);
        if (call.Outputs > 1) parts.AddRange([new("M", call.Output(1).InFirst(shape, first), true), new("F", call.Output(2).InFirst(shape, first), true)]);
        Rows.Run(device, $"layer norm {call.Inputs} {call.Outputs}", Body(call.Inputs > 1, call.Outputs > 1), Types.Wide(x.DType), parts.ToArray(), d => d >= first, [op.Epsilon]);
        return true;
    }

    public static bool Gradients(GpuDevice device, in OpCall call)
    {
        var op = (LayerNormGradientsOp)call.Op;
        Operand grad = call.Input(0), x = call.Input(1);
        var shape = x.Layout.Shape;
        int first = shape.Rank - op.Dims;
        var type = Types.Wide(x.DType);
        Rows.Part[] given = [new("A", x), new("G", grad), new("M", call.Input(2).InFirst(shape, first)), new("F", call.Input(3).InFirst(shape, first))];
        if (Wants.Wanted(call, op.Wanted, Wanted.Input) is { } dx)
        {
            bool isAffine = call.Inputs > 4;
            string g = isAffine ? "G(k) * W(k)" : "G(k)";
            Rows.Run(device, $"layer norm gradient {isAffine}", $$"""
                  const T mean = M(0), f = F(0);
                  T s = 0, p = 0; EACH(k) { const T g = {{g}}; s += g; p += g * (A(k) - mean); }
                  TOTAL(s, s + v);
                  TOTAL(p, p + v);
                  EACH(k) SET_Y(k, f * ({{g}} - s / n - (A(k) - mean) * f * f * p / n));
                """, type, [.. given, new("Y", dx, true), .. isAffine ? [new Rows.Part("W", call.Input(4).InLast(shape))] : (Rows.Part[])[]], d => d >= first);
        }
        Operand? dw = Wants.Wanted(call, op.Wanted, Wanted.Weight), db = Wants.Wanted(call, op.Wanted, Wanted.Bias);
        if (dw is null && db is null) return true;
        List<Rows.Part> parts = [.. given];
        if (dw is { } weight) parts.Add(new("W", weight.InLast(shape), true));
        if (db is { } bias) parts.Add(new("B", bias.InLast(shape), true));
        Rows.Run(device, $"layer norm weights {op.Wanted}", $$"""
              T s = 0, p = 0; EACH(k) { const T g = G(k); s += g; p += g * (A(k) - M(k)) * F(k); }
              TOTAL(s, s + v);
              TOTAL(p, p + v);
              ONCE { {{(dw is null ? "" : "SET_W(0, p);")}} {{(db is null ? "" : "SET_B(0, s);")}} }
            """, type, parts.ToArray(), d => d < first);
        return true;
    }
}
