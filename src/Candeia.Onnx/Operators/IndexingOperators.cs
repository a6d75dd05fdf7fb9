using static Candeia.Onnx.Forms;

namespace Candeia.Onnx;

/// <summary>Operators that take elements from places, or put them there, or say where they are.</summary>
internal static class IndexingOperators
{
    public static Operator[] All { get; } =
    [
        One("Gather", 1, a =>
        {
            int axis = a.Int("axis", 0);
            return x => Gather(x[0], Positive(axis, x[0].Rank), x[1]);
        }) with { Weights = [0] },
        One("GatherElements", 11, a =>
        {
            int axis = a.Int("axis", 0);
            return x => At(x[0], Positive(axis, x[0].Rank), x[1], (t, d, index) => t.Gather(d, index));
        }),
        One("GatherND", 11, a =>
        {
            int batch = a.Int("batch_dims", 0);
            return x => GatherNd(x[0], x[1], batch);
        }),
        One("Scatter", 9, Scatter),
        One("ScatterElements", 11, Scatter),
        One("ScatterND", 11, a =>
        {
            string reduction = a.Text("reduction", "none");
            return x => ScatterNd(x[0], x[1], x[2], reduction);
        }),
        new("TopK", 1, a =>
        {
            int axis = a.Int("axis", -1), k = a.Int("k");
            return x => TopK(x[0], k, axis, true, true);
        }),
        new("TopK", 10, a =>
        {
            int axis = a.Int("axis", -1);
            bool largest = a.Flag("largest", true), sorted = a.Flag("sorted", true);
            return x => TopK(x[0], (int)x.Number(1, 1), axis, largest, sorted);
        }),
        One("NonZero", 9, _ => x => x[0].NonZero().T().Contiguous()),
        One("OneHot", 9, a =>
        {
            int axis = a.Int("axis", -1);
            return x => OneHot(x, axis);
        }),
        One("Compress", 9, a =>
        {
            int? axis = a.Has("axis") ? a.Int("axis") : null;
            return x =>
            {
                var source = axis is null ? x[0].Flatten() : x[0];
                long[] kept = [.. x[1].ToArray<bool>().Select((k, i) => k ? i : -1L).Where(i => i >= 0)];
                return source.IndexSelect(Positive(axis ?? 0, source.Rank), Tensor.From(kept).To(source.Device));
            };
        }),
        One("CumSum", 11, a => Running(a, (x, d) => x.Cumsum(d).To(x.DType), 0)),
        One("CumProd", 26, a => Running(a, (x, d) => x.CumProd(d).To(x.DType), 1)),
        new("Unique", 11, a =>
        {
            int? axis = a.Has("axis") ? a.Int("axis") : null;
            bool sorted = a.Flag("sorted", true);
            return x => Unique(x[0], axis, sorted);
        }),
        One("ReverseSequence", 10, a =>
        {
            int batch = a.Int("batch_axis", 1), time = a.Int("time_axis", 0);
            return x => ReverseSequence(x[0], x.Sizes(1), batch, time);
        }),
    ];

    /// <summary>An index that may count from the end.</summary>
    static Tensor FromFront(Tensor index, int size) => (index < 0).Where(index + size, index).To(DType.Int64);

    static Tensor Gather(Tensor x, int dim, Tensor index)
    {
        var flat = FromFront(index, x.Shape[dim]).Flatten().To(x.Device);
        return x.IndexSelect(dim, flat).Reshape([.. x.Shape.Slice(0, dim), .. index.Shape, .. x.Shape.Slice(dim + 1, x.Rank - dim - 1)]);
    }

    static Tensor At(Tensor x, int dim, Tensor index, Func<Tensor, int, Tensor, Tensor> use) => use(x, dim, FromFront(index, x.Shape[dim]).To(x.Device));

    /// <summary>Rows of coordinates as places in the flattened leading dimensions.</summary>
    static Tensor Flat(Tensor index, ReadOnlySpan<int> sizes)
    {
        var place = Tensor.Zeros(index.Shape.Slice(0, index.Rank - 1), DType.Int64);
        for (int i = 0; i < sizes.Length; i++) place = place * sizes[i] + FromFront(index.Select(-1, i), sizes[i]);
        return place;
    }

    static Tensor GatherNd(Tensor x, Tensor index, int batch)
    {
        int k = index.Shape[^1], count = (int)x.Shape.Slice(0, batch).Numel;
        var place = Flat(index, x.Shape.Slice(batch, k));
        var rest = x.Shape.Slice(batch + k, x.Rank - batch - k);
        int size = (int)x.Shape.Slice(batch, k).Numel;
        // Each batch has its own part of one long row.
        var rows = place.Reshape(count, -1) + (Tensor.Arange(count) * size).Unsqueeze(1);
        return x.Reshape([count * size, .. rest]).IndexSelect(0, rows.Flatten().To(x.Device)).Reshape([.. index.Shape.Slice(0, index.Rank - 1), .. rest]);
    }

    static Tensor ScatterNd(Tensor x, Tensor index, Tensor updates, string reduction)
    {
        int k = index.Shape[^1];
        var rest = x.Shape.Slice(k, x.Rank - k);
        int each = (int)rest.Numel;
        var rows = Flat(index, x.Shape.Slice(0, k)).Reshape(-1, 1) * each + Tensor.Arange(each);
        return Put(x.Flatten(), 0, rows.Flatten().To(x.Device), updates.Flatten(), reduction).Reshape(x.Shape);
    }

    static Func<Call, Tensor> Scatter(Attributes a)
    {
        int axis = a.Int("axis", 0);
        string reduction = a.Text("reduction", "none");
        return x => 
        {
            var (target, updates) = (x[0], x[2]);
            return At(target, Positive(axis, target.Rank), x[1], (t, d, index) => Put(t, d, index, updates, reduction));
        };
    }

    static Tensor Put(Tensor x, int dim, Tensor index, Tensor updates, string reduction) => reduction switch
    {
        "none" => x.Scatter(dim, index, updates),
        "add" => x.ScatterAdd(dim, index, updates),
        "mul" or "max" or "min" => OneByOne(x, dim, index, updates, reduction switch { "mul" => (a, b) => a * b, "max" => (a, b) => a.Maximum(b), _ => (a, b) => a.Minimum(b) }),
        _ => throw new OnnxException($"the reduction {OnnxException.Quote(reduction)} is not known"),
    };

    // What meets at one place is taken in turn.
    static Tensor OneByOne(Tensor x, int dim, Tensor index, Tensor updates, Func<Tensor, Tensor, Tensor> reduce)
    {
        for (int i = 0; i < index.Shape[dim]; i++)
        {
            var at = index.Narrow(dim, i, 1);
            x = x.Scatter(dim, at, reduce(x.Gather(dim, at), updates.Narrow(dim, i, 1)));
        }
        return x;
    }

    static Tensor[] TopK(Tensor x, int k, int axis, bool largest, bool sorted)
    {
        var (values, indices) = x.TopK(k, axis, largest, sorted);
        return [values, indices];
    }

    static Tensor OneHot(Call x, int axis)
    {
        var (index, values) = (x[0], x[2]);
        int depth = (int)x.Number(1, 0), d = Positive(axis, index.Rank + 1);
        x.Grow((Int128)index.Numel * depth);
        index = index.To(DType.Int64);
        int[] shape = [.. Enumerable.Range(0, index.Rank + 1).Select(i => i == d ? depth : 1)];
        var hit = (index < 0).Where(index + depth, index).Unsqueeze(d).Eq(Tensor.Arange(depth).Reshape(shape));
        return hit.Where(values[1], values[0]);
    }

    /// <summary>The different elements or parts, where each occurs first, which of them each is, and how often each occurs.</summary>
    static Tensor[] Unique(Tensor x, int? axis, bool sorted)
    {
        int? dim = axis is { } given ? Positive(given, x.Rank) : null;
        var (values, inverse, counts) = x.Unique(returnInverse: true, returnCounts: true, dim);
        long[] which = inverse!.Flatten().ToArray<long>(), first = new long[(int)counts!.Numel];
        for (int i = which.Length - 1; i >= 0; i--) first[which[i]] = i;
        if (!sorted)
        {
            // In the order in which they occur.
            long[] order = [.. Enumerable.Range(0, first.Length).OrderBy(i => first[i]).Select(i => (long)i)], place = new long[order.Length];
            for (int i = 0; i < order.Length; i++) place[order[i]] = i;
            var from = Tensor.From(order);
            (values, counts, first) = (values.IndexSelect(dim ?? 0, from), counts.IndexSelect(0, from), Array.ConvertAll(order, i => first[i]));
            which = Array.ConvertAll(which, i => place[i]);
        }
        return [values, Tensor.From(first), Tensor.From(which), counts];
    }

    /// <summary>What comes of all elements up to each, perhaps without its own, or from the end.</summary>
    static Func<Call, Tensor> Running(Attributes a, Func<Tensor, int, Tensor> compute, double empty)
    {
        bool exclusive = a.Flag("exclusive"), reverse = a.Flag("reverse");
        return call =>
        {
            var x = call[0];
            int d = Positive((int)call.Number(1, 0), x.Rank);
            if (reverse) x = x.Flip(d);
            if (exclusive) x = Tensor.Cat([Tensor.Full(x.Shape, empty, x.DType, x.Device).Narrow(d, 0, Math.Min(1, x.Shape[d])), x.Narrow(d, 0, Math.Max(0, x.Shape[d] - 1))], d);
            var y = compute(x, d);
            return reverse ? y.Flip(d) : y;
        };
    }

    static Tensor ReverseSequence(Tensor x, int[] lengths, int batch, int time)
    {
        var parts = lengths.Select((n, b) =>
        {
            var one = x.Narrow(batch, b, 1);
            return Tensor.Cat([one.Narrow(time, 0, n).Flip(time), one.Narrow(time, n, x.Shape[time] - n)], time);
        });
        return Tensor.Cat([.. parts], batch);
    }
}
