namespace Candeia.Tests;

/// <summary>Pooling, borders, resizing, sampling and transposed convolutions of volumes, against what PyTorch recorded of them.</summary>
public class GoldenSpatialTests
{
    static readonly Dictionary<string, Func<GoldenCall, Tensor[]>> s_ops = new()
    {
        ["max_pool1d"] = c => Both(c[0].MaxPool1dWithIndices(Int(c, "kernel_size"), One(c, "stride"), c.Case.Int("padding"), c.Case.Int("dilation", 1), c.Case.Flag("ceil_mode"))),
        ["max_pool2d"] = c => Both(c[0].MaxPool2dWithIndices(Pair(c, "kernel_size")!.Value, Pair(c, "stride"), Pair(c, "padding"), Pair(c, "dilation"), c.Case.Flag("ceil_mode"))),
        ["max_pool3d"] = c => Both(c[0].MaxPool3dWithIndices(Three(c, "kernel_size")!.Value, Three(c, "stride"), Three(c, "padding"), Three(c, "dilation"), c.Case.Flag("ceil_mode"))),
        ["avg_pool1d"] = c => [c[0].AvgPool1d(Int(c, "kernel_size"), One(c, "stride"), c.Case.Int("padding"), c.Case.Flag("ceil_mode"), c.Case.Flag("count_include_pad", true))],
        ["avg_pool3d"] = c => [c[0].AvgPool3d(Three(c, "kernel_size")!.Value, Three(c, "stride"), Three(c, "padding"), c.Case.Flag("ceil_mode"), c.Case.Flag("count_include_pad", true), One(c, "divisor_override"))],
        ["adaptive_avg_pool1d"] = c => [c[0].AdaptiveAvgPool1d(Sizes(c, 1)[0])],
        ["adaptive_avg_pool2d"] = c => [c[0].AdaptiveAvgPool2d(Sizes(c, 2)[0], Sizes(c, 2)[1])],
        ["adaptive_avg_pool3d"] = c => [c[0].AdaptiveAvgPool3d(Sizes(c, 3)[0], Sizes(c, 3)[1], Sizes(c, 3)[2])],
        ["adaptive_max_pool1d"] = c => Both(c[0].AdaptiveMaxPool1dWithIndices(Sizes(c, 1)[0])),
        ["adaptive_max_pool2d"] = c => Both(c[0].AdaptiveMaxPool2dWithIndices(Sizes(c, 2)[0], Sizes(c, 2)[1])),
        ["adaptive_max_pool3d"] = c => Both(c[0].AdaptiveMaxPool3dWithIndices(Sizes(c, 3)[0], Sizes(c, 3)[1], Sizes(c, 3)[2])),
        ["lp_pool1d"] = c => [c[0].LpPool1d(c.Case.Number("norm_type"), Int(c, "kernel_size"), One(c, "stride"), c.Case.Flag("ceil_mode"))],
        ["lp_pool2d"] = c => [c[0].LpPool2d(c.Case.Number("norm_type"), Pair(c, "kernel_size")!.Value, Pair(c, "stride"), c.Case.Flag("ceil_mode"))],
        ["fractional_max_pool2d"] = c => Both(c[0].FractionalMaxPool2d(2, Pair(c, "output_size")!.Value, c.Named("_random_samples"))),
        ["fractional_max_pool3d"] = c => Both(c[0].FractionalMaxPool3d(2, Three(c, "output_size")!.Value, c.Named("_random_samples"))),
        ["max_unpool1d"] = c => [c[0].MaxUnpool1d(c.Named("indices")!, 2, outputSize: One(c, "output_size"))],
        ["max_unpool2d"] = c => [c[0].MaxUnpool2d(c.Named("indices")!, 2, outputSize: Pair(c, "output_size"))],
        ["max_unpool3d"] = c => [c[0].MaxUnpool3d(c.Named("indices")!, 2, outputSize: Three(c, "output_size"))],
        ["pad"] = c => [c[0].Pad(c.Case.Ints("pad")!, Enum.Parse<PaddingMode>(c.Case.Text("mode")!, ignoreCase: true))],
        ["interpolate"] = c => [Interpolate(c)],
        ["unfold2d"] = c => [c[0].Unfold2d(Pair(c, "kernel_size")!.Value, Pair(c, "dilation"), Pair(c, "padding"), Pair(c, "stride"))],
        ["fold2d"] = c => [c[0].Fold2d(Pair(c, "output_size")!.Value, Pair(c, "kernel_size")!.Value, Pair(c, "dilation"), Pair(c, "padding"), Pair(c, "stride"))],
        ["pixel_shuffle"] = c => [c[0].PixelShuffle(Int(c, "upscale_factor"))],
        ["pixel_unshuffle"] = c => [c[0].PixelUnshuffle(Int(c, "downscale_factor"))],
        ["channel_shuffle"] = c => [c[0].ChannelShuffle(Int(c, "groups"))],
        ["grid_sample"] = c => [c[0].GridSample(c[1], Enum.Parse<GridInterpolation>(c.Case.Text("mode")!, ignoreCase: true), Enum.Parse<GridPadding>(c.Case.Text("padding_mode")!, ignoreCase: true), c.Case.Flag("align_corners"))],
        ["affine_grid"] = c => [c[0].AffineGrid(Shape.Create(c.Case.Ints("size")!), c.Case.Flag("align_corners"))],
        ["conv_transpose3d"] = c => [c[0].ConvTranspose3d(c[1], c.Named("bias"), Three(c, "stride"), Three(c, "padding"), Three(c, "output_padding"), c.Case.Int("groups", 1), Three(c, "dilation"))],
    };

    public static TheoryData<string> Ops => [.. s_ops.Keys];

    [Theory, MemberData(nameof(Ops))]
    public void Agrees_with_PyTorch(string op) => GoldenCall.Check("spatial", op, s_ops[op]);

    public static TheoryData<string> Older => ["avg_pool1d", "max_pool1d", "adaptive_max_pool2d", "adaptive_avg_pool1d", "interpolate", "unfold2d", "fold2d"];

    [Theory, MemberData(nameof(Older))]
    public void Agrees_with_what_was_recorded_beside_convolutions(string op) => GoldenCall.Check("convolution", op, s_ops[op], "adaptive_max_pool2d/2x2x7x8 output_size=[null,1]");

    static Tensor Interpolate(GoldenCall c)
    {
        var mode = c.Case.Text("mode") switch
        {
            "nearest" => Interpolation.Nearest, "nearest-exact" => Interpolation.NearestExact, "area" => Interpolation.Area, "bicubic" => Interpolation.Cubic, _ => Interpolation.Linear,
        };
        bool align = c.Case.Flag("align_corners"), antialias = c.Case.Flag("antialias");
        return c.Case.Has("scale_factor") ? c[0].Interpolate([c.Case.Number("scale_factor")], mode, align, antialias, c.Case.Flag("recompute_scale_factor"))
            : c[0].Interpolate(c.Case.Ints("size")!, mode, align, antialias);
    }

    static Tensor[] Both((Tensor Values, Tensor Indices) result) => [result.Values, result.Indices];

    static int Int(GoldenCall c, string arg) => One(c, arg)!.Value;

    static int? One(GoldenCall c, string arg) => c.Case.Has(arg) ? c.Case.Ints(arg) is { } all ? all[0] : null : null;

    static int?[] Sizes(GoldenCall c, int dims)
    {
        var size = c.Case.Args.GetProperty("output_size");
        if (size.ValueKind != System.Text.Json.JsonValueKind.Array) return [.. Enumerable.Repeat((int?)size.GetInt32(), dims)];
        return [.. size.EnumerateArray().Select(s => s.ValueKind == System.Text.Json.JsonValueKind.Null ? (int?)null : s.GetInt32())];
    }

    static Size2d? Pair(GoldenCall c, string arg) => !c.Case.Has(arg) ? null : c.Case.Ints(arg) switch { null => null, [var n] => n, var n => (n[0], n[1]) };

    static Size3d? Three(GoldenCall c, string arg) => !c.Case.Has(arg) ? null : c.Case.Ints(arg) switch { null => null, [var n] => n, var n => (n[0], n[1], n[2]) };
}
