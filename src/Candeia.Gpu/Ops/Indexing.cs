namespace Candeia.Gpu;

/// <summary>Reading and writing along a dimension where an index says. An index that leads out of it is told of when the device is read next.</summary>
internal static class Indexing
{
    /// <summary>The statements that take position i of a dimension of size w0, and tell of one that is none by w2.</summary>
    const string Position = "i64 at = BASE_I[INNER_I(k)]; if (at < 0 || at >= w0) { BASE_Q[0] = (i32)w2; at = 0; }";

    static long Watch(GpuDevice device, int size) => device.Watch($"An index is not within a dimension of size {size}. Negative positions count from the end in x[…] only.");

    /// <summary>An operand that does not move along a dimension.</summary>
    static Operand Still(Operand x, Shape shape, int dim)
    {
        long[] strides = x.Layout.Strides.ToArray();
        strides[dim] = 0;
        return x.As(new Layout(shape, strides, x.Layout.Offset));
    }

    public static bool Gather(GpuDevice device, in OpCall call)
    {
        int dim = ((GatherOp)call.Op).Dim;
        Operand x = call.Input(0), index = call.Input(1), y = call.Output(0);
        if (y.Layout.Shape.Rank == 0) (x, index, y) = (x.To([1]), index.To([1]), y.To([1]));
        var shape = y.Layout.Shape;
        int size = x.Layout.Shape[dim];
        if (shape.Numel > 0 && size == 0) return false;
        Rows.Run(device, "gather", $"  const N k = 0; {Position} BASE_Y[0] = BASE_A[at * w1];", DType.Int32,
            [new("Y", y, true), new("A", Still(x, shape, dim)), new("I", index), device.FlagIn(shape)], _ => false, [], [size, x.Layout.Strides[dim], Watch(device, size)]);
        return true;
    }

    /// <summary>What meets at one place becomes one number, in the order of the index.</summary>
    public static bool Reduce(GpuDevice device, in OpCall call)
    {
        var op = (ScatterReduceOp)call.Op;
        Operand x = call.Input(0), index = call.Input(1), source = call.Input(2), y = call.Output(0);
        if (Types.Wide(y.DType) != y.DType || source.DType != y.DType || source.IsNumber || !Copies.Into(device, y, x)) return false;
        if (y.Layout.Shape.Rank == 0) (index, source, y) = (index.To([1]), source.To([1]), y.To([1]));
        var shape = index.Layout.Shape;
        int dim = op.Dim, size = y.Layout.Shape[dim];
        if (shape.Numel > 0 && size == 0) return false;
        bool isMean = op.Reduction == ScatterReduction.Mean;
        var counts = device.Scratch(Layout.Of(y.Layout.Shape), DType.Int64);
        Map.Run(device, "k0", DType.Int64, counts, [], [op.IncludeSelf ? 1 : 0]);
        string step = op.Reduction switch { ScatterReduction.Prod => "a * v", ScatterReduction.Amax => "max_@(a, v)", ScatterReduction.Amin => "min_@(a, v)", _ => "a + v" };
        Rows.Run(device, $"scatter {op.Reduction}",
            $"  EACH(k) {{ {Position} const T v = BASE_A[INNER_A(k)], a = BASE_Y[at * w1]; BASE_Y[at * w1] = BASE_C[at * w3] == 0 ? v : {step}; BASE_C[at * w3] += 1; }}", y.DType,
            [new("A", source), new("Y", Still(y, shape, dim), true), new("C", Still(counts, shape, dim), true), new("I", index), device.FlagIn(shape)], d => d == dim, [],
            [size, y.Layout.Strides[dim], Watch(device, size), counts.Layout.Strides[dim]], isSerial: true);
        if (isMean) Map.Run(device, Types.IsFloat(y.DType) ? "a / max_@(b, (T)1)" : "floor_divide_@(a, max_@(b, (T)1))", y.DType, y, [y, counts.To(y.Layout.Shape)]);
        return true;
    }

    /// <summary>What several write to one place comes in the order of the index.</summary>
    public static bool Scatter(GpuDevice device, in OpCall call)
    {
        bool adds = call.Op is ScatterAddOp;
        int dim = call.Op is ScatterAddOp add ? add.Dim : ((ScatterOp)call.Op).Dim;
        Operand x = call.Input(0), index = call.Input(1), source = call.Input(2), y = call.Output(0);
        if (adds && (Types.IsComplex(y.DType) || Types.Wide(y.DType) != y.DType || y.DType == DType.Bool) || !Copies.Into(device, y, x)) return false;
        if (y.Layout.Shape.Rank == 0) (index, source, y) = (index.To([1]), source.To([1]), y.To([1]));
        var shape = index.Layout.Shape;
        int size = y.Layout.Shape[dim];
        if (shape.Numel > 0 && size == 0) return false;
        Rows.Run(device, adds ? "scatter add" : "scatter", $"  EACH(k) {{ {Position} BASE_Y[at * w1] {(adds ? "+" : "")}= BASE_A[INNER_A(k)]; }}", DType.Int32,
            [new("A", source), new("Y", Still(y, shape, dim), true), new("I", index), device.FlagIn(shape)], d => d == dim, [], [size, y.Layout.Strides[dim], Watch(device, size)], isSerial: true);
        return true;
    }
}
