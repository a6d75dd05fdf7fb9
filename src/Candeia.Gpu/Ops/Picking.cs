using System.Text;

namespace Candeia.Gpu;

/// <summary>Reading and writing where several indices say together.</summary>
internal static class Picking
{
    /// <summary>The picked shape with the strides of the whole where no index speaks, and where the dimensions of the indices begin in it.</summary>
    static (Operand Whole, int Place, int Dims) Seen(Operand whole, Dims dims, Shape picked)
    {
        var layout = whole.Layout;
        int count = picked.Rank - (layout.Shape.Rank - dims.Count), place = dims[^1] - dims[0] == dims.Count - 1 ? dims[0] : 0;
        List<long> rest = [];
        for (int d = 0; d < layout.Shape.Rank; d++) if (!dims.Contains(d)) rest.Add(layout.Strides[d]);
        rest.InsertRange(place, new long[count]);
        return (whole.As(new Layout(picked, rest.ToArray(), layout.Offset)), place, count);
    }

    /// <summary>An index in the picked shape.</summary>
    static Operand Index(Operand index, Shape picked, int place, int dims)
    {
        var together = index.Layout.Broadcast(picked.Slice(place, dims));
        long[] strides = new long[picked.Rank];
        together.Strides.CopyTo(strides.AsSpan(place));
        return index.As(new Layout(picked, strides, index.Layout.Offset));
    }

    /// <summary>The statements that make <c>at</c> of the indices, and the operands and numbers that they need.</summary>
    static string Positions(GpuDevice device, Operand whole, Dims dims, ReadOnlySpan<Operand> indices, Shape picked, int place, int count, List<Rows.Part> parts, List<long> numbers)
    {
        var s = new StringBuilder("i64 at = 0; ");
        for (int i = 0; i < indices.Length; i++)
        {
            int size = whole.Layout.Shape[dims[i]];
            parts.Add(new($"I{i}", Index(indices[i], picked, place, count)));
            int w = numbers.Count;
            numbers.AddRange([size, whole.Layout.Strides[dims[i]], device.Watch($"An index is not within a dimension of size {size}.")]);
            s.Append($"{{ i64 i = BASE_I{i}[INNER_I{i}(k)]; if (i < 0) i += w{w}; if (i < 0 || i >= w{w}) {{ BASE_Q[0] = (i32)w{w + 2}; i = 0; }} at += i * w{w + 1}; }} ");
        }
        parts.Add(device.FlagIn(picked));
        return s.ToString();
    }

    static bool IsEmpty(Operand whole, Dims dims)
    {
        foreach (int d in dims) if (whole.Layout.Shape[d] == 0) return true;
        return false;
    }

    public static bool Pick(GpuDevice device, in OpCall call)
    {
        var dims = ((PickOp)call.Op).Dims;
        Operand x = call.Input(0), y = call.Output(0);
        var shape = y.Layout.Shape;
        if (shape.Numel == 0) return true;
        if (IsEmpty(x, dims)) return false;
        var (whole, place, count) = Seen(x, dims, shape);
        List<Rows.Part> parts = [new("Y", y, true), new("A", whole)];
        List<long> numbers = [];
        string positions = Positions(device, x, dims, Operands.Inputs(call).AsSpan(1), shape, place, count, parts, numbers);
        Rows.Run(device, "pick", $"  const N k = 0; {positions} BASE_Y[0] = BASE_A[at];", DType.Int32, parts.ToArray(), _ => false, [], numbers.ToArray());
        return true;
    }

    public static bool Put(GpuDevice device, in OpCall call)
    {
        var op = (IndexPutOp)call.Op;
        Operand x = call.Input(0), values = call.Input(1), y = call.Output(0);
        if (op.Accumulate && (Types.IsComplex(y.DType) || Types.Wide(y.DType) != y.DType || y.DType == DType.Bool)) return false;
        if (!call.IsInPlace && !Copies.Into(device, y, x)) return false;
        var shape = values.Layout.Shape;
        if (shape.Numel == 0) return true;
        if (IsEmpty(y, op.Dims)) return false;
        var (whole, place, count) = Seen(y, op.Dims, shape);
        List<Rows.Part> parts = [new("O", values.As(Layout.Of(shape))), new("A", values), new("Y", whole, true)];   // O says the order in which positions come
        List<long> numbers = [];
        string positions = Positions(device, y, op.Dims, Operands.Inputs(call).AsSpan(2), shape, place, count, parts, numbers);
        Rows.Run(device, op.Accumulate ? "put adding" : "put", $"  EACH(k) {{ {positions} BASE_Y[at] {(op.Accumulate ? "+" : "")}= BASE_A[INNER_A(k)]; }}", DType.Int32,
            parts.ToArray(), d => d >= place && d < place + count, [], numbers.ToArray(), isSerial: true);
        return true;
    }
}
