using System.Numerics;

namespace Candeia.Gpu;

/// <summary>What stands where in the order of a line: sorted in scratch memory, and taken from there.</summary>
internal static class Orders
{
    /// <summary>A dimension in order, as lines one behind the other.</summary>
    /// <param name="Values">The numbers, in the shape of the input with that dimension last, and padded.</param>
    /// <param name="Places">Where they stood.</param>
    /// <param name="Dim">The dimension.</param>
    /// <param name="Size">Its size.</param>
    /// <param name="Lines">How many lines there are.</param>
    readonly record struct Sorted(Operand Values, Operand Places, int Dim, int Size, long Lines);

    public static bool Sort(GpuDevice device, in OpCall call)
    {
        var op = (SortOp)call.Op;
        return Take(device, call, op.Dim, op.Descending, first: 0);
    }

    public static bool TopK(GpuDevice device, in OpCall call)
    {
        var op = (TopKOp)call.Op;
        return Take(device, call, op.Dim, op.Largest, first: 0);
    }

    public static bool KthValue(GpuDevice device, in OpCall call)
    {
        var op = (KthValueOp)call.Op;
        return Take(device, call, op.Dim, isDescending: false, first: op.K - 1);
    }

    public static bool Median(GpuDevice device, in OpCall call) => One(device, call, ((MedianOp)call.Op).Dim, "median", "m = count < n ? count : (n - 1) / 2;");

    public static bool NanMedian(GpuDevice device, in OpCall call) => One(device, call, ((NanMedianOp)call.Op).Dim, "median of numbers", "m = count > 0 ? (count - 1) / 2 : 0;");

    /// <summary>The last of those that occur most often; of several such, the smallest.</summary>
    public static bool Mode(GpuDevice device, in OpCall call) => One(device, call, ((ModeOp)call.Op).Dim, "mode", """
        N most = 0, times = 0;
        for (N i = 0; i < n; i++) {
          times++;
          if (i + 1 < n && (V(at + i + 1) == V(at + i) || i >= count)) continue;
          if (times > most) { most = times; m = i; }
          times = 0;
        }
        """);

    public static bool CumMax(GpuDevice device, in OpCall call)
    {
        var op = (CumMaxOp)call.Op;
        Operand x = call.Input(0), y = call.Output(0), places = call.Output(1);
        int dim = op.Dim;
        if (x.Layout.Shape.Rank == 0) (x, y, places, dim) = (x.To([1]), y.To([1]), places.To([1]), 0);
        string better = op.Smallest ? "<=" : ">=";
        Rows.Run(device, "records " + better, $$"""
              T s = 0; i64 w = 0;
              EACH(k) { const T v = A(k); if (k == 0 || v != v || (s == s && v {{better}} s)) { s = v; w = k; } SET_Y(k, s); BASE_I[INNER_I(k)] = w; }
            """, Types.Wide(x.DType), [new("A", x), new("Y", y, true), new("I", places, true)], d => d == dim, isSerial: true);
        return true;
    }

    /// <summary>The places of a dimension from a first one on.</summary>
    static bool Take(GpuDevice device, in OpCall call, int dim, bool isDescending, int first)
    {
        if (call.Input(0).Layout.Shape.Numel == 0 || call.Output(0).Layout.Shape.Numel == 0) return call.Output(0).Layout.Shape.Numel == 0;
        return Give(device, call, InOrder(device, call.Input(0), dim, isDescending), first);
    }

    static bool Give(GpuDevice device, in OpCall call, Sorted sorted, int first)
    {
        Operand values = Moved(call.Output(0), sorted.Dim), places = Moved(call.Output(1), sorted.Dim);
        return Copies.Into(device, values, Part(sorted.Values, values.Layout.Shape, first)) && Copies.Into(device, places, Part(sorted.Places, places.Layout.Shape, first));
    }

    static Operand Part(Operand sorted, Shape shape, int first) => sorted.As(new Layout(shape, sorted.Layout.Strides, sorted.Layout.Offset + first));

    /// <summary>One element of each line: a statement finds its place m among the n in order, of which the first <c>count</c> are numbers.</summary>
    static bool One(GpuDevice device, in OpCall call, int dim, string name, string statement)
    {
        if (call.Input(0).Layout.Shape.Numel == 0) return false;
        var sorted = InOrder(device, call.Input(0), dim, isDescending: false);
        var p = new Parameters(sorted.Values.DType).Output("V", sorted.Values).Output("P", sorted.Places).Size("size", sorted.Values.Layout.Strides[^2]).Size("n", sorted.Size);
        Each.Run(device, name, $$"""
            const N at = e * size;
            N m = 0, count = n;
            while (count > 0 && V(at + count - 1) != V(at + count - 1)) count--;
            {{statement}}
            const T v = V(at + m); const i32 place = p_P[at + m];
            SET_V(at, v); p_P[at] = place;
            """, p, sorted.Lines);
        return Give(device, call, sorted, 0);
    }

    static Sorted InOrder(GpuDevice device, Operand x, int dim, bool isDescending)
    {
        x = Moved(x, dim);
        var shape = x.Layout.Shape;
        int n = shape[^1], size = Math.Max(2, (int)BitOperations.RoundUpToPowerOf2((uint)n));
        long lines = shape.Numel / n;
        var whole = Layout.Of(Shape.Create([.. shape.Sizes()[..^1], size]));
        Operand values = device.Scratch(whole, Types.Wide(x.DType)), places = device.Scratch(whole, DType.Int32);
        Each.Run(device, "places", "p_P[o_P + e] = (i32)(e % size);", new Parameters(DType.Int32).Output("P", places).Size("size", size), lines * size);
        _ = Copies.Into(device, values.As(new Layout(shape, whole.Strides)), x);
        Bitonic.Sort(device, values, places, lines, size, n, isDescending);
        return new(values, places, dim, n, lines);
    }

    /// <summary>A dimension as the last one; of a line, as that of one line.</summary>
    public static Operand Moved(Operand x, int dim)
    {
        if (x.Layout.Shape.Rank < 2) return x.To([1, x.Layout.Shape.Rank == 0 ? 1 : x.Layout.Shape[0]]);
        List<int> sizes = [.. x.Layout.Shape.Sizes()];
        List<long> strides = [.. x.Layout.Strides];
        (int size, long stride) = (sizes[dim], strides[dim]);
        sizes.RemoveAt(dim);
        strides.RemoveAt(dim);
        return x.As(new Layout(Shape.Create([.. sizes, size]), [.. strides, stride], x.Layout.Offset));
    }
}
