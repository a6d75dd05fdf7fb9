using static Candeia.Onnx.Forms;

namespace Candeia.Onnx;

/// <summary>Convolutions, and their transposes.</summary>
internal static class ConvolutionOperators
{
    public static Operator[] All { get; } =
    [
        One("Conv", 1, a =>
        {
            var window = new Window(a, pools: false);
            int groups = a.Int("group", 1);
            return x => Convolve(x[0], x[1], x.Maybe(2), window, groups);
        }) with { Weights = [1, 2] },
        One("ConvTranspose", 1, Transposed) with { Weights = [1, 2] },
    ];

    /// <summary>One, two or three dimensions.</summary>
    public static Tensor Convolve(Tensor x, Tensor weight, Tensor? bias, Window window, int groups)
    {
        var w = window.On(x.Shape.Slice(2, x.Rank - 2), [.. weight.Shape.Slice(2, weight.Rank - 2)]);
        int[] p = w.Before, s = w.Stride, d = w.Dilation;
        if (!w.IsEven) (x, p) = (w.Pad(x, 0), new int[w.Rank]);
        return w.Rank switch
        {
            1 => x.Conv1d(weight, bias, s[0], p[0], d[0], groups),
            2 => x.Conv2d(weight, bias, (s[0], s[1]), (p[0], p[1]), (d[0], d[1]), groups),
            3 => x.Conv3d(weight, bias, (s[0], s[1], s[2]), (p[0], p[1], p[2]), (d[0], d[1], d[2]), groups),
            _ => throw new OnnxException($"a convolution over {w.Rank} dimensions is not known"),
        };
    }

    static Func<Call, Tensor> Transposed(Attributes a)
    {
        string auto = a.Text("auto_pad", "NOTSET");
        int groups = a.Int("group", 1);
        int[]? strides = a.Ints("strides"), dilations = a.Ints("dilations"), pads = a.Ints("pads"), added = a.Ints("output_padding"), shape = a.Ints("output_shape");
        a.Ignore("kernel_shape");
        return call =>
        {
            var (x, weight, bias) = (call[0], call[1], call.Maybe(2));
            int n = x.Rank - 2;
            int[] ones = [.. Enumerable.Repeat(1, n)], s = strides ?? ones, d = dilations ?? ones, more = added ?? new int[n], around = pads ?? new int[2 * n];
            bool plain = shape is null && auto is "NOTSET" && n is >= 1 and <= 3;
            for (int i = 0; i < n && plain; i++) plain = around[i] >= 0 && around[i] == around[i + n] && more[i] < Math.Max(s[i], d[i]);
            if (plain) return Even(x, weight, bias, s, around, more, d, groups);
            var y = Full(x, weight, s, d, groups);
            for (int i = 0; i < n; i++)
            {
                int full = y.Shape[i + 2], before = around[i], after = around[i + n] - more[i];
                if (shape is not null || auto.StartsWith("SAME", StringComparison.Ordinal))
                {
                    int wanted = shape is null ? x.Shape[i + 2] * s[i] : shape[shape.Length - n + i], total = full + more[i] - wanted;
                    before = auto == "SAME_UPPER" || auto == "NOTSET" && shape is null ? total / 2 : total - total / 2;
                    if (auto == "NOTSET") before = total / 2;
                    after = full - wanted - before;
                }
                if (before != 0 || after > 0) y = y.Narrow(i + 2, Math.Max(0, before), full - Math.Max(0, before) - Math.Max(0, after));
                if (before < 0 || after < 0) y = y.Pad([.. new int[2 * (n - 1 - i)], Math.Max(0, -before), Math.Max(0, -after)]);
            }
            return bias is null ? y : y + bias.Reshape([-1, .. ones]);
        };
    }

    /// <summary>All that the windows reach.</summary>
    static Tensor Full(Tensor x, Tensor weight, int[] s, int[] d, int groups) => Even(x, weight, null, s, new int[s.Length], new int[s.Length], d, groups);

    /// <summary>As much is left out before as behind.</summary>
    static Tensor Even(Tensor x, Tensor weight, Tensor? bias, int[] s, int[] p, int[] more, int[] d, int groups) => s.Length switch
    {
        1 => x.ConvTranspose1d(weight, bias, s[0], p[0], more[0], groups, d[0]),
        2 => x.ConvTranspose2d(weight, bias, (s[0], s[1]), (p[0], p[1]), (more[0], more[1]), groups, (d[0], d[1])),
        3 => x.ConvTranspose3d(weight, bias, (s[0], s[1], s[2]), (p[0], p[1], p[2]), (more[0], more[1], more[2]), groups, (d[0], d[1], d[2])),
        _ => throw new OnnxException($"a transposed convolution over {s.Length} dimensions is not known"),
    };
}
