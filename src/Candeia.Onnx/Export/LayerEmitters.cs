namespace Candeia.Onnx;

/// <summary>Matrix products, convolutions, pooling and normalizations.</summary>
internal static class LayerEmitters
{
    public static Dictionary<Type, Action<Emission>> All { get; } = new()
    {
        [typeof(MatMulOp)] = e => e.Is(e.Node("MatMul", [e.In(0), e.In(1)])),
        [typeof(LinearOp)] = e => e.Is(e.Node("Gemm", [.. Enumerable.Range(0, e.Count).Select(e.In)], ("transB", 1L))),
        [typeof(SoftmaxOp)] = e => e.Is(e.Node(((SoftmaxOp)e.Op).Logarithm ? "LogSoftmax" : "Softmax", [e.In(0)], ("axis", -1L))),
        [typeof(Conv2dOp)] = Convolution,
        [typeof(Conv2dInputGradientOp)] = Transposed,
        [typeof(Unfold2dOp)] = Unfold,
        [typeof(Fold2dOp)] = Fold,
        [typeof(MaxPool2dOp)] = e => e.Is(e.Node("MaxPool", [e.In(0)], Window(((MaxPool2dOp)e.Op).Geometry, dilated: true))),
        [typeof(AvgPool2dOp)] = Means,
        [typeof(BatchNormOp)] = BatchNorm,
        [typeof(LayerNormOp)] = LayerNorm,
        [typeof(GroupNormOp)] = GroupNorm,
    };

    static void Convolution(Emission e)
    {
        var g = ((Conv2dOp)e.Op).Geometry;
        e.Is(e.Node("Conv", [.. Enumerable.Range(0, e.Count).Select(e.In)],
            Around(g, (e.X(1).Shape[2], e.X(1).Shape[3]), g.Groups)));
    }

    static void Transposed(Emission e)
    {
        var (op, weight) = ((Conv2dInputGradientOp)e.Op, e.X(1).Shape);
        var g = op.Geometry;
        int More(int output, int input, int kernel, int stride, int padding, int dilation) => output - ((input - 1) * stride - 2 * padding + (kernel - 1) * dilation + 1);
        int[] more =
        [
            More(e.Y.Shape[2], e.X(0).Shape[2], weight[2], g.Stride.Height, g.Padding.Height, g.Dilation.Height),
            More(e.Y.Shape[3], e.X(0).Shape[3], weight[3], g.Stride.Width, g.Padding.Width, g.Dilation.Width),
        ];
        e.Is(e.Node("ConvTranspose", [e.In(0), e.In(1)],
            [.. Around(g, (weight[2], weight[3]), g.Groups), ("output_padding", more)]));
    }

    // Which pixel stands at each point of each window: in each channel, of the image with its border.
    static void Unfold(Emission e)
    {
        var op = (Unfold2dOp)e.Op;
        var (g, k, x) = (op.Geometry, op.Kernel, e.X(0).Shape);
        var (high, wide) = (x[2] + 2 * g.Padding.Height, x[3] + 2 * g.Padding.Width);
        long[] places = [.. Points(g, k, high, wide).SelectMany(p => p)];
        string padded = g.Padding == 0 ? e.In(0) : e.Node("Pad", [e.In(0), e.Integers(0, 0, g.Padding.Height, g.Padding.Width, 0, 0, g.Padding.Height, g.Padding.Width)]);
        string rows = e.Node("Gather", [e.Node("Reshape", [padded, e.Integers(0, x[1], high * wide)]), e.Integers(places)], ("axis", 2L));
        e.Is(e.Node("Reshape", [rows, e.Integers(0, x[1] * k.Height * k.Width, -1)]));
    }

    // What falls on each pixel, one point of the windows after the other; where nothing more does, a 0 that stands behind all.
    static void Fold(Emission e)
    {
        var op = (Fold2dOp)e.Op;
        var (g, k, channels) = (op.Geometry, op.Kernel, e.Y.Shape[1]);
        var (high, wide) = (op.Output.Height + 2 * g.Padding.Height, op.Output.Width + 2 * g.Padding.Width);
        var fallen = new List<long>[high * wide];
        for (int i = 0; i < fallen.Length; i++) fallen[i] = [];
        long place = 0;
        foreach (long[] point in Points(g, k, high, wide)) foreach (long pixel in point) fallen[pixel].Add(place++);
        string flat = e.Node("Pad", [e.Node("Reshape", [e.In(0), e.Integers(0, channels, place)]), e.Integers(0, 0, 0, 0, 0, 1)]);
        var inner = Enumerable.Range(0, op.Output.Height).SelectMany(i => Enumerable.Range(0, op.Output.Width).Select(j => fallen[(i + g.Padding.Height) * wide + j + g.Padding.Width])).ToArray();
        string? sum = null;
        for (int i = 0; i < Math.Max(1, inner.Max(f => f.Count)); i++)
        {
            string term = e.Node("Gather", [flat, e.Integers([.. inner.Select(f => i < f.Count ? f[i] : place)])], ("axis", 2L));
            sum = sum is null ? term : e.Node("Add", [sum, term]);
        }
        e.Is(e.Node("Reshape", [sum!, e.Integers(0, channels, op.Output.Height, op.Output.Width)]));
    }

    /// <summary>For each point of a window, the pixels under it as the window moves.</summary>
    static IEnumerable<long[]> Points(ConvGeometry g, Size2d k, int high, int wide)
    {
        int Windows(int size, int kernel, int stride, int dilation) => (size - dilation * (kernel - 1) - 1) / stride + 1;
        int rows = Windows(high, k.Height, g.Stride.Height, g.Dilation.Height), columns = Windows(wide, k.Width, g.Stride.Width, g.Dilation.Width);
        for (int y = 0; y < k.Height; y++)
            for (int x = 0; x < k.Width; x++)
                yield return [.. Enumerable.Range(0, rows * columns).Select(w => (long)(w / columns * g.Stride.Height + y * g.Dilation.Height) * wide + w % columns * g.Stride.Width + x * g.Dilation.Width)];
    }

    static (string, object)[] Around(ConvGeometry g, Size2d kernel, int groups) =>
        [("kernel_shape", Pair(kernel)), ("strides", Pair(g.Stride)), ("pads", Twice(g.Padding)), ("dilations", Pair(g.Dilation)), ("group", (long)groups)];

    static void Means(Emission e)
    {
        var op = (AvgPool2dOp)e.Op;
        if (op.Geometry.Dilation != 1) throw Emission.Refused("means of windows with gaps are taken");
        string y = e.Node("AveragePool", [e.In(0)], [.. Window(op.Geometry, dilated: false), ("count_include_pad", op.CountIncludePad || op.DivisorOverride is not null ? 1L : 0L)]);
        if (op.DivisorOverride is { } divisor)
        {
            if (op.Geometry.CeilMode) throw Emission.Refused("sums of windows are taken that reach beyond the image");
            y = e.Node("Mul", [y, e.Number((double)op.Geometry.Kernel.Height * op.Geometry.Kernel.Width / divisor)]);
        }
        e.Is(y);
    }

    static (string, object)[] Window(PoolGeometry g, bool dilated)
    {
        (string, object)[] window = [("kernel_shape", Pair(g.Kernel)), ("strides", Pair(g.Stride)), ("pads", Twice(g.Padding)), ("ceil_mode", g.CeilMode ? 1L : 0L)];
        return dilated ? [.. window, ("dilations", Pair(g.Dilation))] : window;
    }

    static int[] Pair(Size2d size) => [size.Height, size.Width];

    static int[] Twice(Size2d size) => [size.Height, size.Width, size.Height, size.Width];

    static void BatchNorm(Emission e)
    {
        var op = (BatchNormOp)e.Op;
        if (op.OfBatch) throw Emission.Refused("batch normalization takes the moments of the batch, as one without running moments does");
        int c = e.X(0).Shape[1];
        string weight = e.Count > 3 ? e.In(3) : e.Number(Tensor.Ones([c])), bias = e.Count > 4 ? e.In(4) : e.Number(Tensor.Zeros([c]));
        e.Is(e.Node("BatchNormalization", [e.In(0), weight, bias, e.In(1), e.In(2)], ("epsilon", op.Epsilon)));
    }

    static void LayerNorm(Emission e)
    {
        var op = (LayerNormOp)e.Op;
        var shape = e.X(0).Shape.Slice(e.X(0).Rank - op.Dims, op.Dims);
        string weight = e.Count > 1 ? e.In(1) : e.Number(Tensor.Ones(shape));
        e.Is(e.Node("LayerNormalization", e.Count > 2 ? [e.In(0), weight, e.In(2)] : [e.In(0), weight], ("axis", (long)-op.Dims), ("epsilon", op.Epsilon)));
    }

    // Each channel a group: instance normalization. Otherwise groups are channels for its time.
    static void GroupNorm(Emission e)
    {
        var op = (GroupNormOp)e.Op;
        var (x, groups, rank) = (e.X(0).Shape, op.Groups, e.X(0).Rank);
        string ones = e.Number(Tensor.Ones([groups])), zeros = e.Number(Tensor.Zeros([groups]));
        (string, object) epsilon = ("epsilon", op.Epsilon);
        if (groups == x[1] && rank > 2)
        {
            e.Is(e.Node("InstanceNormalization", e.Count > 1 ? [e.In(0), e.In(1), e.In(2)] : [e.In(0), ones, zeros], epsilon));
            return;
        }
        string flat = e.Node("Reshape", [e.In(0), e.Integers(0, groups, -1)]);
        string y = e.Node("Reshape", [e.Node("InstanceNormalization", [flat, ones, zeros], epsilon), e.Node("Shape", [e.In(0)])]);
        if (e.Count > 1)
        {
            string column = e.Integers([-1, .. Enumerable.Repeat(1L, rank - 2)]);
            y = e.Node("Add", [e.Node("Mul", [y, e.Node("Reshape", [e.In(1), column])]), e.Node("Reshape", [e.In(2), column])]);
        }
        e.Is(y);
    }
}
