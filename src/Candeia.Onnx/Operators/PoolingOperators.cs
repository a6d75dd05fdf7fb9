using static Candeia.Onnx.Forms;

namespace Candeia.Onnx;

/// <summary>Maxima, means and norms of windows.</summary>
internal static class PoolingOperators
{
    public static Operator[] All { get; } =
    [
        new("MaxPool", 1, a =>
        {
            var window = new Window(a, pools: true);
            bool columns = a.Flag("storage_order"), places = a.Wants(1);
            return x =>
            {
                var w = window.On(x[0].Shape.Slice(2, x[0].Rank - 2));
                return places ? [Max(x[0], w), Places(x[0], w, columns)] : [Max(x[0], w)];
            };
        }),
        One("AveragePool", 1, a =>
        {
            var window = new Window(a, pools: true);
            bool counts = a.Flag("count_include_pad");
            return x => Mean(x[0], window.On(x[0].Shape.Slice(2, x[0].Rank - 2)), counts);
        }),
        One("LpPool", 1, a =>
        {
            var window = new Window(a, pools: true);
            double p = a.Float("p", 2);
            return x => Norm(x[0], window.On(x[0].Shape.Slice(2, x[0].Rank - 2)), p);
        }),
        One("LpPool", 2, a =>
        {
            var window = new Window(a, pools: true);
            int p = a.Int("p", 2);
            return x => Norm(x[0], window.On(x[0].Shape.Slice(2, x[0].Rank - 2)), p);
        }),
        One("MaxUnpool", 9, a =>
        {
            int[] kernel = a.Ints("kernel_shape") ?? throw new OnnxException("attribute kernel_shape is missing");
            int[] stride = a.Ints("strides") ?? [.. kernel.Select(_ => 1)], pads = a.Ints("pads") ?? new int[2 * kernel.Length];
            return x => Unpool(x[0], x[1], x.Integers(2), kernel, stride, pads);
        }),
        Unary("GlobalAveragePool", x => x.Mean(Spatial(x), keepDim: true)),
        Unary("GlobalMaxPool", x => x.Amax(Spatial(x), keepDim: true)),
        Unary("GlobalLpPool", a =>
        {
            double p = a.Opset < 2 ? a.Float("p", 2) : a.Int("p", 2);
            return x => x.Norm(p, Spatial(x), keepDim: true);
        }),
    ];

    static int[] Spatial(Tensor x) => [.. Enumerable.Range(2, x.Rank - 2)];

    static Tensor Max(Tensor x, Placed w)
    {
        if (!x.DType.IsFloatingPoint()) return Max(x.To(DType.Float64), w).To(x.DType);
        int[] p = w.Before;
        if (!w.IsEven || !w.IsNarrow) (x, p) = (w.Pad(x, double.NegativeInfinity), new int[w.Rank]);
        int[] k = w.Kernel, s = w.Stride, d = w.Dilation;
        return w.Rank switch
        {
            1 => x.Unsqueeze(2).MaxPool2d((1, k[0]), (1, s[0]), (0, p[0]), (1, d[0])).Squeeze(2),
            2 => x.MaxPool2d((k[0], k[1]), (s[0], s[1]), (p[0], p[1]), (d[0], d[1])),
            3 => x.MaxPool3d((k[0], k[1], k[2]), (s[0], s[1], s[2]), (p[0], p[1], p[2]), (d[0], d[1], d[2])),
            _ => throw new OnnxException($"pooling over {w.Rank} dimensions is not known"),
        };
    }

    /// <summary>Where each maximum stands in the whole input, counted row by row, or in each image column by column.</summary>
    static Tensor Places(Tensor x, Placed w, bool columns)
    {
        int[] turned = columns ? [0, 1, .. Enumerable.Range(2, w.Rank).Reverse()] : [.. Enumerable.Range(0, x.Rank)];
        var own = Tensor.Arange((int)x.Numel).Reshape([.. turned.Select(d => x.Shape[d])]).Permute(turned);
        // Whole numbers up to 2⁵³ are exact as fractions, and outside there is none.
        var met = Tensor.Stack([.. w.Points(w.Pad(own.To(DType.Float64), -1))]);
        var best = Tensor.Stack([.. w.Points(w.Pad(x.To(DType.Float64), double.NegativeInfinity))]).ArgMax(0, keepDim: true);
        return met.Gather(0, best).Squeeze(0).To(DType.Int64);
    }

    static Tensor Mean(Tensor x, Placed w, bool counts)
    {
        bool borders = Array.Exists(w.Before, n => n != 0) || Array.Exists(w.After, n => n != 0);
        if (w.IsEven && w.IsNarrow && !w.IsDilated && (counts || !borders)) return Plain(x, w, w.Before);
        if (w.IsEven && w.IsNarrow && !w.IsDilated && w.Rank < 3) return Plain(x, w, w.Before, counts: false);
        // The mean of what counts: that of everything, divided by that of ones that stand where something counts.
        var ones = Tensor.Ones([1, 1, .. x.Shape.Slice(2, w.Rank)], x.DType, x.Device);
        var counted = counts ? new Placed(w.Kernel, w.Stride, w.Dilation, new int[w.Rank], new int[w.Rank], w.More, w.Output).Pad(w.Pad(ones, 1, more: false), 0) : w.Pad(ones, 0);
        return Inside(w.Pad(x, 0), w) / Inside(counted, w);
    }

    static Tensor Inside(Tensor x, Placed w) => w.IsDilated ? w.Points(x).Aggregate((a, b) => a + b) / w.Points(x).Count() : Plain(x, w, new int[w.Rank]);

    static Tensor Plain(Tensor x, Placed w, int[] p, bool counts = true)
    {
        int[] k = w.Kernel, s = w.Stride;
        return w.Rank switch
        {
            1 => x.Unsqueeze(2).AvgPool2d((1, k[0]), (1, s[0]), (0, p[0]), countIncludePad: counts).Squeeze(2),
            2 => x.AvgPool2d((k[0], k[1]), (s[0], s[1]), (p[0], p[1]), countIncludePad: counts),
            3 => x.AvgPool3d((k[0], k[1], k[2]), (s[0], s[1], s[2]), (p[0], p[1], p[2])),
            _ => throw new OnnxException($"pooling over {w.Rank} dimensions is not known"),
        };
    }

    static Tensor Norm(Tensor x, Placed w, double p) => w.Points(w.Pad(x.Abs().Pow(p), 0)).Aggregate((a, b) => a + b).Pow(1 / p);

    /// <summary>Values back at the places of the maxima, in a tensor of the smallest input that has so many windows, or of a shape that is larger.</summary>
    static Tensor Unpool(Tensor x, Tensor places, int[]? larger, int[] kernel, int[] stride, int[] pads)
    {
        int n = kernel.Length;
        Shape own = [x.Shape[0], x.Shape[1], .. kernel.Select((k, d) => (x.Shape[d + 2] - 1) * stride[d] + k - pads[d] - pads[d + n])];
        Shape shape = larger is null ? own : Shape.Create(larger);
        return Tensor.Zeros([checked((int)shape.Numel)], x.DType, x.Device).Scatter(0, places.Flatten().To(x.Device), x.Flatten()).Reshape(shape);
    }
}
