using static Candeia.Onnx.Forms;

namespace Candeia.Onnx;

/// <summary>Operators that put elements elsewhere and change none.</summary>
internal static class MovementOperators
{
    public static Operator[] All { get; } =
    [
        One("Reshape", 1, a =>
        {
            int[] shape = a.Ints("shape") ?? [];
            return x => Reshape(x[0], shape, allowZero: false);
        }),
        One("Reshape", 5, a =>
        {
            bool allowZero = a.Flag("allowzero");
            return x => Reshape(x[0], x.Sizes(1), allowZero);
        }) with { Fixed = [1] },
        Unary("Flatten", a =>
        {
            int axis = a.Int("axis", 1);
            return x =>
            {
                int at = axis < 0 ? axis + x.Rank : axis;
                return x.Reshape((int)x.Shape.Slice(0, at).Numel, (int)x.Shape.Slice(at, x.Rank - at).Numel);
            };
        }),
        Unary("Transpose", a =>
        {
            int[]? perm = a.Ints("perm");
            return x => x.Permute(perm ?? [.. Enumerable.Range(0, x.Rank).Reverse()]);
        }),
        One("Concat", 1, a =>
        {
            int axis = a.Int("axis", 1);
            return x => Tensor.Cat(x.All, axis);
        }),
        .. Axes("Squeeze", (x, axes) => axes is null ? x.Squeeze() : axes.Length == 0 ? x : x.Squeeze(axes)),
        .. Axes("Unsqueeze", (x, axes) => Unsqueeze(x, axes ?? throw new OnnxException("axes are missing"))),
        new("Split", 1, a =>
        {
            int axis = a.Int("axis", 0), count = a.Outputs;
            int[]? sizes = a.Ints("split");
            return x => Split(x[0], axis, sizes, count);
        }),
        new("Split", 13, a =>
        {
            int axis = a.Int("axis", 0), count = a.Int("num_outputs", a.Outputs);
            return x => Split(x[0], axis, x.Integers(1), count);
        }),
        One("Slice", 1, a =>
        {
            int[] starts = a.Ints("starts") ?? [], ends = a.Ints("ends") ?? [];
            int[]? axes = a.Ints("axes");
            return x => Slice(x[0], starts, ends, axes, null);
        }),
        One("Slice", 10, _ => x => Slice(x[0], x.Sizes(1), x.Sizes(2), x.Integers(3), x.Integers(4))),
        One("Expand", 8, _ => Expand),
        One("Tile", 6, _ => x =>
        {
            int[] times = x.Sizes(1);
            x.Grow(times.Aggregate((Int128)x[0].Numel, (n, t) => n * t));
            return x[0].Repeat(times);
        }),
        Unary("DepthToSpace", a =>
        {
            int block = a.Int("blocksize");
            bool columns = a.Text("mode", "DCR") == "CRD";
            return x => DepthToSpace(x, block, columns);
        }),
        Unary("SpaceToDepth", a =>
        {
            int b = a.Int("blocksize");
            return x =>
            {
                var (n, c, h, w) = (x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3]);
                return x.Reshape(n, c, h / b, b, w / b, b).Permute(0, 3, 5, 1, 2, 4).Reshape(n, c * b * b, h / b, w / b);
            };
        }),
        One("Trilu", 14, a =>
        {
            bool upper = a.Flag("upper", true);
            return x => upper ? x[0].Triu((int)x.Number(1, 0)) : x[0].Tril((int)x.Number(1, 0));
        }),
        .. PadOperator.All,
    ];

    /// <summary>Dimensions as an attribute, since opset 13 as an input.</summary>
    static Operator[] Axes(string name, Func<Tensor, int[]?, Tensor> compute) =>
    [
        One(name, 1, a =>
        {
            int[]? axes = a.Ints("axes");
            return x => compute(x[0], axes);
        }),
        One(name, 13, _ => x => compute(x[0], x.Integers(1))),
    ];

    static Tensor Reshape(Tensor x, int[] shape, bool allowZero)
    {
        int[] sizes = new int[shape.Length];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = shape[i] != 0 || allowZero ? shape[i] : i < x.Rank ? x.Shape[i] : throw new OnnxException($"size {i} of {x.Shape} is to be kept, and there is none");
        return x.Reshape(sizes);
    }

    static Tensor Unsqueeze(Tensor x, int[] axes)
    {
        foreach (int axis in Positive(axes, x.Rank + axes.Length).Order()) x = x.Unsqueeze(axis);
        return x;
    }

    // Parts of one size each, of which the last may be smaller.
    static Tensor[] Split(Tensor x, int axis, int[]? sizes, int count)
    {
        int d = Positive(axis, x.Rank), size = x.Shape[d], each = (size + count - 1) / count;
        sizes ??= [.. Enumerable.Range(0, count).Select(i => Math.Clamp(size - i * each, 0, each))];
        return x.Split(sizes, d);
    }

    static Tensor Slice(Tensor x, int[] starts, int[] ends, int[]? axes, int[]? steps)
    {
        for (int i = 0; i < starts.Length; i++)
        {
            int d = Positive(axes is null ? i : axes[i], x.Rank), step = steps is null ? 1 : steps[i], size = x.Shape[d];
            if (step == 0) throw new OnnxException("a step is 0");
            long start = starts[i] < 0 ? (long)starts[i] + size : starts[i], end = ends[i] < 0 ? (long)ends[i] + size : ends[i];
            (start, end) = step > 0 ? (Math.Clamp(start, 0, size), Math.Clamp(end, 0, size)) : (Math.Clamp(start, 0, size - 1), Math.Clamp(end, -1, size - 1));
            long length = Math.Max(0, step > 0 ? (end - start + step - 1) / step : (start - end - step - 1) / -(long)step);
            if (length == size && step == 1) continue;
            x = length == 0 ? x.Narrow(d, 0, 0) : new SliceOp(d, (int)start, (int)length, step).Apply(x);
        }
        return x;
    }

    static Tensor Expand(Call x)
    {
        var shape = Shape.Broadcast(x[0].Shape, Shape.Create(x.Sizes(1)));
        x.Grow(shape.Numel);
        return x[0].Expand(shape);
    }

    static Tensor DepthToSpace(Tensor x, int b, bool columns)
    {
        var (n, c, h, w) = (x.Shape[0], x.Shape[1] / (b * b), x.Shape[2], x.Shape[3]);
        var parts = columns ? x.Reshape(n, c, b, b, h, w).Permute(0, 1, 4, 2, 5, 3) : x.Reshape(n, b, b, c, h, w).Permute(0, 3, 4, 1, 5, 2);
        return parts.Reshape(n, c, h * b, w * b);
    }
}
