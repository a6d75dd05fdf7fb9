namespace Candeia.Gpu;

/// <summary>Places in sorted lines, what is true, and how often something occurs.</summary>
internal static class Searches
{
    const int Chunk = 256;

    public static bool Places(GpuDevice device, in OpCall call)
    {
        bool isRight = ((SearchSortedOp)call.Op).Right;
        Operand lines = call.Input(0), values = call.Input(1), y = call.Output(0);
        if (!lines.Layout.IsContiguous || !values.Layout.IsContiguous || lines.DType != values.DType || values.IsNumber || lines.IsNumber) return false;
        var type = Types.Wide(lines.DType);
        var p = new Parameters(type).Input("A", lines).Input("V", values).Output("Y", y).Size("n", lines.Layout.Shape[^1])
            .Size("width", Math.Max(1, lines.Layout.Shape.Rank == 1 ? values.Layout.Shape.Numel : values.Layout.Shape[^1]));
        Each.Run(device, "places in order" + isRight, $$"""
            const T v = V(o_V + e); const N line = o_A + e / width * n;
            N at = 0;
            for (N rest = n; rest > 0;) {
              const N middle = rest / 2;
              if (A(line + at + middle) {{(isRight ? ">" : ">=")}} v) rest = middle; else { at += middle + 1; rest -= middle + 1; }
            }
            p_Y[o_Y + e] = at;
            """, p, values.Layout.Shape.Numel);
        return true;
    }

    /// <summary>Counts by chunks, from where each chunk begins to write, and then the writing.</summary>
    public static bool NonZero(GpuDevice device, in OpCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        var shape = x.Layout.Shape;
        long n = shape.Numel, chunks = (n + Chunk - 1) / Chunk;
        if (x.IsNumber || n == 0 || y.Layout.Shape.Numel == 0) return y.Layout.Shape.Numel == 0;
        var mask = device.Scratch(Layout.Of(shape), DType.UInt8);
        var counts = device.Scratch(Layout.Of([1, checked((int)chunks)]), DType.Int64);
        Map.Run(device, "a != 0", DType.UInt8, mask, [x]);
        Parameters P() => new Parameters(DType.Int64).Input("A", mask).Output("C", counts).Size("total", n).Size("chunk", Chunk);
        const string Loop = "const N last = (e + 1) * chunk < total ? (e + 1) * chunk : total;\nfor (N i = e * chunk; i < last; i++) if (A(i) != 0) ";
        Each.Run(device, "count true", $"i64 s = 0;\n{Loop} s++;\nSET_C(e, s);", P(), chunks);
        Rows.Run(device, "starts", "  T s = 0;\n  EACH(k) { const T v = C(k); SET_C(k, s); s += v; }", DType.Int64, [new("C", counts, true)], d => d == 1, isSerial: true);
        var p = P().Output("Y", y).Size("s_Y0", y.Layout.Strides[0]).Size("s_Y1", y.Layout.Strides[1]);
        string write = "";
        for (int d = shape.Rank - 1; d >= 0; d--)
        {
            p.Size($"d{d}", shape[d]);
            write += $"SET_Y(o_Y + (N)s * s_Y0 + {d} * s_Y1, r % d{d}); r /= d{d}; ";
        }
        Each.Run(device, $"find true {shape.Rank}", $"i64 s = C(e);\n{Loop} {{ N r = i; {write} s++; }}", p, chunks);
        return true;
    }

    public static bool BinCount(GpuDevice device, in OpCall call) => Count(device, call, "p_C[A(e)]", Types.Wide(call.Input(0).DType), "1", []);

    public static bool Histc(GpuDevice device, in OpCall call)
    {
        var op = (HistcOp)call.Op;
        return Count(device, call, "p_C[least_i32((i64)((A(e) - k0) / (k1 - k0) * k2)) < bins ? least_i32((i64)((A(e) - k0) / (k1 - k0) * k2)) : bins - 1]", Types.Wide(call.Input(0).DType),
            "A(e) >= k0 && A(e) <= k1", [op.Min, op.Max, op.Bins]);
    }

    /// <summary>Whole numbers are counted in any order, and are the same in each.</summary>
    static bool Count(GpuDevice device, in OpCall call, string place, DType type, string condition, double[] numbers)
    {
        Operand x = call.Input(0), y = call.Output(0);
        if (x.IsNumber || y.Layout.Shape.Numel == 0) return y.Layout.Shape.Numel == 0;
        Operand values = device.Scratch(Layout.Of(x.Layout.Shape), x.DType), counts = device.Scratch(Layout.Of(y.Layout.Shape), DType.Int32);
        if (!Copies.Into(device, values, x)) return false;
        Map.Run(device, "(T)0", DType.Int32, counts, []);
        var p = new Parameters(type).Input("A", values).Output("C", counts).Size("bins", y.Layout.Shape.Numel);
        for (int i = 0; i < numbers.Length; i++) p.Number($"k{i}", numbers[i]);
        Each.Run(device, $"count {numbers.Length}", $"if ({condition}) COUNT(&{place});", p, x.Layout.Shape.Numel);
        return Copies.Into(device, y, counts);
    }
}
