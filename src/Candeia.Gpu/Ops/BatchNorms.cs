namespace Candeia.Gpu;

/// <summary>Normalization of channels: a row for each channel, wherever its elements lie.</summary>
internal static class BatchNorms
{
    public static bool Moments(GpuDevice device, in OpCall call)
    {
        Operand x = call.Input(0), mean = call.Output(0), variance = call.Output(1);
        var shape = x.Layout.Shape;
        Rows.Run(device, "channel moments", """
              T s = 0; EACH(k) s += A(k);
              TOTAL(s, s + v);
              const T mean = s / n;
              s = 0; EACH(k) { const T d = A(k) - mean; s += d * d; }
              TOTAL(s, s + v);
              ONCE { SET_M(0, mean); SET_V(0, s / n); }
            """, Types.Wide(x.DType), [new("A", x), new("M", mean.Along(shape, 1), true), new("V", variance.Along(shape, 1), true)], d => d != 1);
        return true;
    }

    public static bool Forward(GpuDevice device, in OpCall call) =>
        Run(device, call, ((BatchNormOp)call.Op).Epsilon, new(false, double.PositiveInfinity), adds: false);

    /// <summary>With a sum and bounds in the same pass; a pooling is an op of its own here.</summary>
    public static bool Fused(GpuDevice device, in OpCall call)
    {
        var op = (FusedBatchNormOp)call.Op;
        return op.Pool == ConvPool.None && Run(device, call, op.Norm.Epsilon, new(op.Relu, op.Ceiling), op.Adds);
    }

    static bool Run(GpuDevice device, in OpCall call, double epsilon, Bounds bounds, bool adds)
    {
        Operand[] x = Operands.Inputs(call);
        var y = call.Output(0);
        var shape = y.Layout.Shape;
        int own = adds ? x.Length - 1 : x.Length;
        Operand[] all = [x[0], .. x[1..own].Select(each => each.Along(shape, 1)), .. x[own..]];
        string text = own > 3 ? "(a - b) / sqrt(c + k0) * d + e" : "(a - b) / sqrt(c + k0)";
        if (adds) text = $"{Types.Rounded(text, y.DType)} + {(char)('a' + own)}";          // of 16 bits, as if it had been stored between
        Map.Run(device, bounds.Around(text, "@").Replace("ceiling", "k1", StringComparison.Ordinal), Types.Common(all), y, all, [epsilon, bounds.Ceiling]);
        return true;
    }

    public static bool Gradients(GpuDevice device, in OpCall call)
    {
        var op = (BatchNormGradientsOp)call.Op;
        if (op.Pool != ConvPool.None) return false;
        var x = call.Input(1);
        var shape = x.Layout.Shape;
        Operand? dx = Wants.Wanted(call, op.Wanted, Wanted.Input), dw = Wants.Wanted(call, op.Wanted, Wanted.Weight), db = Wants.Wanted(call, op.Wanted, Wanted.Bias);
        List<Rows.Part> parts = [new("A", x), new("G", call.Input(0)), new("M", call.Input(2).Along(shape, 1)), new("V", call.Input(3).Along(shape, 1))];
        string g = "G(k)";
        if (op.Relu)                                                         // the gradient passes where nothing was cut off
        {
            g = "(VALUE(k) > 0 && VALUE(k) < k1 ? G(k) : (T)0)";
            if (call.Inputs > 5) parts.Add(new("D", call.Input(5).Along(shape, 1)));
        }
        if (call.Inputs > 4) parts.Add(new("S", call.Input(4).Along(shape, 1)));
        string value = call.Inputs > 5 ? "(A(k) - mean) / sqrt(V(0) + k0) * S(0) + D(0)" : "(A(k) - mean)";
        string body = """
              const T mean = M(0), f = 1 / sqrt(V(0) + k0);
              T s = 0, p = 0; EACH(k) { const T g = GRADIENT; s += g; p += g * (A(k) - mean); }
              TOTAL(s, s + v);
              TOTAL(p, p + v);

            """;
        if (dw is { } weight)
        {
            parts.Add(new("W", weight.Along(shape, 1), true));
            body += "  ONCE SET_W(0, p * f);\n";
        }
        if (db is { } bias)
        {
            parts.Add(new("B", bias.Along(shape, 1), true));
            body += "  ONCE SET_B(0, s);\n";
        }
        if (dx is { } input)
        {
            parts.Add(new("Y", input, true));
            body += $"  const T scale = {(call.Inputs > 4 ? "f * S(0)" : "f")};\n"
                + (op.OfBatch ? "  const T b = -scale * f * f * p / n, c = -scale * s / n;\n  EACH(k) SET_Y(k, GRADIENT * scale + (A(k) - mean) * b + c);" : "  EACH(k) SET_Y(k, GRADIENT * scale);");
        }
        body = body.Replace("GRADIENT", g, StringComparison.Ordinal).Replace("VALUE(k)", value, StringComparison.Ordinal);
        Rows.Run(device, $"batch norm gradients {op.Wanted} {op.OfBatch} {op.Relu} {call.Inputs}", body, Types.Wide(x.DType), parts.ToArray(), d => d != 1, [op.Epsilon, op.Ceiling]);
        return true;
    }

    public static bool Running(GpuDevice device, in OpCall call)
    {
        var op = (RunningMomentsOp)call.Op;
        Operand mean = call.Output(0), variance = call.Output(1), m = call.Input(0), v = call.Input(1);
        var p = new Parameters(Types.Common([mean, variance, m, v])).Output("A", mean).Strides("A", mean, "c").Output("B", variance).Strides("B", variance, "c")
            .Input("M", m).Strides("M", m, "c").Input("V", v).Strides("V", v, "c").Number("keep", 1 - op.Momentum).Number("add", op.Momentum).Number("unbiased", op.Momentum * op.Count / (op.Count - 1));
        Each.Run(device, "running moments", """
            const N a = o_A + e * s_Ac, b = o_B + e * s_Bc;
            SET_A(a, A(a) * keep + M(o_M + e * s_Mc) * add);
            SET_B(b, B(b) * keep + V(o_V + e * s_Vc) * unbiased);
            """, p, mean.Layout.Shape.Numel);
        return true;
    }

    /// <summary>y·keep + x·add, in place.</summary>
    public static void Blend(GpuDevice device, Operand y, Operand x, double keep, double add) => Map.Run(device, "a * k0 + b * k1", Types.Common([y, x]), y, [y, x], [keep, add]);
}
