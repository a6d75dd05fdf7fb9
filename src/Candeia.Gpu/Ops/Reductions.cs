namespace Candeia.Gpu;

/// <summary>Many numbers made one: sums, products, extremes. Always in the same order.</summary>
internal static class Reductions
{
    /// <summary>A body that goes along a row.</summary>
    /// <param name="start">What the result begins with.</param>
    /// <param name="value">What becomes of an element A(k).</param>
    /// <param name="step">What becomes of the result s and a value v.</param>
    static string Body(string start, string value, string step) => $$"""
          T s = {{start}};
          EACH(k) { const T v = {{value}}; s = {{step}}; }
          TOTAL(s, {{step}});
          ONCE SET_Y(0, s);
        """;

    /// <summary>Which dimensions a reduction takes together.</summary>
    public static bool[] Reduced(Dims dims, Shape shape)
    {
        bool[] reduced = new bool[shape.Rank];
        if (dims.Count == 0) Array.Fill(reduced, true);
        else if (shape.Rank > 0) foreach (int d in dims) reduced[d < 0 ? d + shape.Rank : d] = true;
        return reduced;
    }

    /// <summary>The result in the dimensions of what is reduced, in which it does not move where it has been.</summary>
    static Operand Stretched(Operand y, Shape shape, bool[] reduced)
    {
        long[] strides = new long[shape.Rank];
        bool keeps = y.Layout.Shape.Rank == shape.Rank;
        for (int d = 0, at = 0; d < strides.Length; d++)
        {
            if (!reduced[d]) strides[d] = y.Layout.Strides[keeps ? d : at++];
        }
        return y.As(new Layout(shape, strides, y.Layout.Offset));
    }

    static bool Run(GpuDevice device, in OpCall call, string name, string body, ReadOnlySpan<double> numbers = default) =>
        !Operands.AnyComplex(call) && Run(device, call, name, body, Types.Wide(call.Input(0).DType), numbers);

    static bool Run(GpuDevice device, in OpCall call, string name, string body, DType type, ReadOnlySpan<double> numbers = default)
    {
        var op = (ReductionOp)call.Op;
        Operand x = call.Input(0), y = call.Output(0);
        var shape = x.Layout.Shape;
        if (shape.Rank == 0) (x, shape) = (x.To([1]), [1]);
        bool[] reduced = Reduced(op.Dims, shape);
        List<Rows.Part> parts = [new("A", x), new("Y", Stretched(y, shape, reduced), true)];
        if (call.Inputs > 1) parts.Add(new("M", call.Input(1).To(shape)));
        Rows.Run(device, name, body, type, parts.ToArray(), d => reduced[d], numbers);
        return true;
    }

    public static bool Sum(GpuDevice device, in OpCall call) => Operands.AnyComplex(call)
        ? Run(device, call, "complex sum", Body("make_@(0, 0)", "A(k)", "add_@(s, v)"), Types.Complex(call.Input(0)))
        : Run(device, call, "sum", Body("0", "A(k)", "s + v"));

    public static bool Prod(GpuDevice device, in OpCall call) => Run(device, call, "prod", Body("1", "A(k)", "s * v"));

    public static bool Extreme(GpuDevice device, in OpCall call)
    {
        var op = (ExtremeOp)call.Op;
        if (call.Input(0).Layout.Shape.Numel == 0) return false;             // the processor says what is wrong with that
        string which = op.Smallest ? "min_@" : "max_@";
        return Run(device, call, which, Body("A(0)", "A(k)", $"{which}(s, v)"));
    }

    public static bool Powers(GpuDevice device, in OpCall call)
    {
        double power = ((PowersOp)call.Op).Power;
        string away = call.Inputs > 1 ? "(A(k) - M(k))" : "A(k)", name = call.Inputs > 1 ? "powers of distances" : "powers";
        string value = power switch { 1 => $"abs_@({away})", 2 => $"{away} * {away}", _ => $"pow_@(abs_@({away}), k0)" };
        return Run(device, call, $"{name} {(power is 1 or 2 ? power : "")}", Body("0", value, "s + v"), [power]);
    }

    public static bool CountNonZero(GpuDevice device, in OpCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        if (Operands.AnyComplex(call) || y.DType != DType.Int64) return false;
        var shape = x.Layout.Shape;
        if (shape.Rank == 0) (x, shape) = (x.To([1]), [1]);
        Rows.Run(device, "count", Body("0", "A(k) != 0", "s + v"), DType.Int64, [new("A", x), new("Y", y.To(shape), true)], _ => true);
        return true;
    }

    /// <summary>The first place of the greatest or smallest element; not-a-number counts as that.</summary>
    public static bool ArgMax(GpuDevice device, in OpCall call)
    {
        var op = (ArgMaxOp)call.Op;
        if (Operands.AnyComplex(call)) return false;
        Operand x = call.Input(0), y = call.Output(0);
        var shape = x.Layout.Shape;
        if (shape.Rank == 0) (x, y, shape) = (x.To([1]), y.To([1]), [1]);
        int dim = op.Dim < 0 ? op.Dim + shape.Rank : op.Dim;
        long[] strides = y.Layout.Strides.ToArray();
        strides[dim] = 0;
        string better = op.Smallest ? "<" : ">";
        Rows.Run(device, "arg" + better, $$"""
              N best = 0; T most = A(0);
              EACH(k) { const T v = A(k); if (most == most && (v != v || v {{better}} most)) { most = v; best = k; } }
              BASE_Y[0] = best;
            """, Types.Wide(x.DType), [new("A", x), new("Y", y.As(new Layout(shape, strides, y.Layout.Offset)), true)], d => d == dim, isSerial: true);
        return true;
    }
}
