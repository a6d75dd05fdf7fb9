namespace Candeia.Onnx;

/// <summary>Ops that put elements elsewhere, or take them from places.</summary>
internal static class MovementEmitters
{
    public static Dictionary<Type, Action<Emission>> All { get; } = new()
    {
        [typeof(AliasOp)] = e => e.Is(e.In(0)),
        [typeof(TransferOp)] = e => e.Is(e.In(0)),
        [typeof(CopyOp)] = e => e.Is(e.In(0, e.Y.DType)),
        [typeof(ReshapeOp)] = Reshape,
        [typeof(ExpandOp)] = Expand,
        [typeof(PermuteOp)] = e => e.Is(e.Node("Transpose", [e.In(0)], ("perm", ((PermuteOp)e.Op).Dims.ToArray()))),
        [typeof(SliceOp)] = Slice,
        [typeof(UnsliceOp)] = Unslice,
        [typeof(CatOp)] = e => e.Is(e.Node("Concat", [.. Enumerable.Range(0, e.Count).Select(i => e.In(i, e.Y.DType))], ("axis", (long)((CatOp)e.Op).Dim))),
        [typeof(GatherOp)] = e => e.Is(e.Node("GatherElements", [e.In(0), e.In(1)], ("axis", (long)((GatherOp)e.Op).Dim))),
        [typeof(PickOp)] = e => e.Is(((PickOp)e.Op).Dims is [var dim] ? e.Node("Gather", [e.In(0), e.In(1)], ("axis", (long)dim))
            : throw Emission.Refused("elements are picked in several dimensions at once")),
        [typeof(ScatterOp)] = e => e.Is(e.Node("ScatterElements", [e.In(0), e.In(1), e.In(2, e.Y.DType)], ("axis", (long)((ScatterOp)e.Op).Dim))),
        [typeof(ScatterAddOp)] = e => e.Is(e.Node("ScatterElements", [e.In(0), e.In(1), e.In(2, e.Y.DType)], ("axis", (long)((ScatterAddOp)e.Op).Dim), ("reduction", "add"))),
        [typeof(ResampleOp)] = Resample,
        [typeof(TopKOp)] = e => TopK(e, ((TopKOp)e.Op).K, ((TopKOp)e.Op).Dim, ((TopKOp)e.Op).Largest),
        [typeof(SortOp)] = e => TopK(e, e.X(0).Shape[((SortOp)e.Op).Dim], ((SortOp)e.Op).Dim, ((SortOp)e.Op).Descending),
    };

    // One size that depends on the batch may be left to be found out.
    static void Reshape(Emission e)
    {
        var (one, two) = (e.Y.Shape, e.OtherY);
        int[] free = [.. Enumerable.Range(0, one.Rank).Where(d => one[d] != two[d])];
        bool open = free.Length == 1 && one.Numel > 0;
        e.Is(e.Node("Reshape", [e.In(0), open ? e.Integers([.. one.Select((n, d) => d == free[0] ? -1L : n)]) : e.Sizes(one, two)]));
    }

    // A size that stays is 1 to ONNX.
    static void Expand(Emission e)
    {
        int added = e.Y.Rank - e.X(0).Rank;
        int[] One(Shape y, Shape x) => [.. y.Select((n, d) => d >= added && x[d - added] == n ? 1 : n)];
        e.Is(e.Node("Expand", [e.In(0), e.Sizes(Shape.Create(One(e.Y.Shape, e.X(0).Shape)), Shape.Create(One(e.OtherY, e.OtherX(0))))]));
    }

    static void Slice(Emission e)
    {
        var (one, two) = ((SliceOp)e.Op, (SliceOp)e.Other);
        int size = e.X(0).Shape[one.Dim], other = e.OtherX(0)[one.Dim];
        if (one.Step != two.Step) throw Emission.Refused("a step depends on the size of the batch");
        // From the front, or counted from the end, whichever is the same for both sizes.
        long start = Same(one.Start, two.Start, size, other);
        long last = one.Start + (one.Length - 1L) * one.Step, otherLast = two.Start + (two.Length - 1L) * two.Step;
        long end = one.Step > 0
            ? last + one.Step >= size && otherLast + two.Step >= other && one.Length > 0 ? int.MaxValue : Same(one.Length == 0 ? one.Start : last + 1, two.Length == 0 ? two.Start : otherLast + 1, size, other)
            : last + one.Step < 0 && otherLast + two.Step < 0 ? -int.MaxValue : Same(last - 1, otherLast - 1, size, other);
        e.Is(e.Node("Slice", [e.In(0), e.Integers(start), e.Integers(end), e.Integers(one.Dim), e.Integers(one.Step)]));
    }

    static long Same(long one, long two, int size, int other) =>
        one == two ? one : one - size == two - other ? one - size : throw Emission.Refused("a part is cut out whose place depends on the size of the batch");

    static void Unslice(Emission e)
    {
        var op = (UnsliceOp)e.Op;
        if (op.Part is BoxOp box)
        {
            long[] border = [.. box.Starts.Select(n => (long)n), .. box.Starts.Select((n, i) => (long)e.Y.Shape[i] - box.Shape[i] - n)];
            e.Is(e.Node("Pad", [e.In(0), e.Integers(border), .. op.Value == 0 ? (string[])[] : [e.Number(op.Value)]]));
            return;
        }
        if (op.Part is not SliceOp { Step: > 0 } slice) throw Emission.Refused("elements are turned round and spread out, as only a gradient does");
        string x = e.In(0);
        int length = slice.Length, d = slice.Dim, rank = e.Y.Rank;
        if (slice.Step > 1 && length > 1)
        {
            // Zeros behind each, and those behind the last are taken away again.
            long[] sizes = [.. e.Y.Shape.Select((n, i) => i == d ? (long)length * slice.Step : e.OtherY[i] == n ? n : -1)], behind = new long[2 * rank + 2];
            if (e.Y.Shape.Select((n, i) => i != d && e.OtherY[i] != n).Count(free => free) > 1) throw Emission.Refused("elements are spread out among several sizes that depend on the batch");
            behind[d + 1 + rank + 1] = slice.Step - 1;
            x = e.Node("Reshape", [e.Node("Pad", [e.Node("Unsqueeze", [x, e.Integers(d + 1)]), e.Integers(behind)]), e.Integers(sizes)]);
            length = (length - 1) * slice.Step + 1;
            x = e.Node("Slice", [x, e.Integers(0), e.Integers(length), e.Integers(d)]);
        }
        long[] pads = new long[2 * rank];
        (pads[d], pads[d + rank]) = (slice.Start, e.Y.Shape[d] - slice.Start - length);
        e.Is(Array.TrueForAll(pads, n => n == 0) ? x : e.Node("Pad", [x, e.Integers(pads)]));
    }

    // Each new place is a weighted sum of old ones: the first of each, the second of each, …
    static void Resample(Emission e)
    {
        var (op, other) = ((ResampleOp)e.Op, (ResampleOp)e.Other);
        if (op.Taps.Inputs != other.Taps.Inputs || op.Taps.Outputs != other.Taps.Outputs) throw Emission.Refused("a size is changed that depends on the size of the batch");
        int outputs = op.Taps.Outputs, count = 0;
        for (int i = 0; i < outputs; i++) count = Math.Max(count, op.Taps.Starts[i + 1] - op.Taps.Starts[i]);
        string? y = null;
        for (int k = 0; k < count; k++)
        {
            long[] places = new long[outputs];
            double[] weights = new double[outputs];
            for (int i = 0; i < outputs; i++)
                if (op.Taps.Starts[i] + k is var at && at < op.Taps.Starts[i + 1]) (places[i], weights[i]) = (op.Taps.Places[at], op.Taps.Weights[at]);
            string term = e.Node("Gather", [e.In(0), e.Integers(places)], ("axis", (long)op.Dim));
            if (Array.Exists(weights, w => w != 1)) term = e.Node("Mul", [term, e.Number(Tensor.From(weights).Reshape([outputs, .. Enumerable.Repeat(1, e.Y.Rank - 1 - op.Dim)]))]);
            y = y is null ? term : e.Node("Add", [y, term]);
        }
        e.Is(y ?? throw Emission.Refused("nothing is taken of anything"));
    }

    static void TopK(Emission e, int k, int dim, bool largest) =>
        e.Are(e.Nodes("TopK", [e.In(0), e.Integers(k)], 2, ("axis", (long)dim), ("largest", largest ? 1L : 0L)));
}
