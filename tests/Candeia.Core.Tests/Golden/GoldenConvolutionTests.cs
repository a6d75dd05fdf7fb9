namespace Candeia.Tests;

public class GoldenConvolutionTests
{
    static readonly Dictionary<string, Func<GoldenCall, Tensor>> s_ops = new()
    {
        ["conv2d"] = c => c[0].Conv2d(c[1], c.Named("bias"), Pair(c, "stride"), Around(c), Pair(c, "dilation"), c.Case.Int("groups", 1)),
        ["conv1d"] = c => c[0].Conv1d(c[1], c.Named("bias"), c.Case.Int("stride", 1), c.Case.Int("padding"), c.Case.Int("dilation", 1), c.Case.Int("groups", 1)),
        ["conv_transpose2d"] = c => c[0].ConvTranspose2d(c[1], c.Named("bias"), Pair(c, "stride"), Pair(c, "padding"), Pair(c, "output_padding"), c.Case.Int("groups", 1), Pair(c, "dilation")),
        ["avg_pool2d"] = c => c[0].AvgPool2d(Pair(c, "kernel_size")!.Value, Pair(c, "stride"), Pair(c, "padding"), c.Case.Flag("ceil_mode"), c.Case.Flag("count_include_pad", true), c.Case.Has("divisor_override") ? c.Case.Int("divisor_override") : null),
        ["max_pool2d"] = c => c[0].MaxPool2d(Pair(c, "kernel_size")!.Value, Pair(c, "stride"), Pair(c, "padding"), Pair(c, "dilation"), c.Case.Flag("ceil_mode")),
        ["conv_transpose1d"] = c => c[0].ConvTranspose1d(c[1], c.Named("bias"), c.Case.Int("stride", 1), c.Case.Int("padding"), c.Case.Int("output_padding")),
        ["conv3d"] = c => c[0].Conv3d(c[1], c.Named("bias"), Three(c, "stride"), Three(c, "padding"), Three(c, "dilation"), c.Case.Int("groups", 1)),
        ["avg_pool3d"] = c => c[0].AvgPool3d(Three(c, "kernel_size")!.Value, Three(c, "stride"), Three(c, "padding")),
        ["max_pool3d"] = c => c[0].MaxPool3d(Three(c, "kernel_size")!.Value, Three(c, "stride"), Three(c, "padding"), Three(c, "dilation")),
        ["adaptive_avg_pool2d"] = c => c.Case.Label.Contains("null", StringComparison.Ordinal) ? c[0].AdaptiveAvgPool2d(null, 1) : c[0].AdaptiveAvgPool2d(Pair(c, "output_size")!.Value),
    };

    public static TheoryData<string> Ops => [.. s_ops.Keys];

    [Theory, MemberData(nameof(Ops))]
    public void Agrees_with_PyTorch(string op) => GoldenCall.Check("convolution", op, c => [s_ops[op](c)]);

    static Size2d? Pair(GoldenCall c, string arg) => c.Case.Ints(arg) switch { null => null, [var n] => n, var n => (n[0], n[1]) };

    static ConvPadding? Around(GoldenCall c) => c.Case.Label.Contains("=same", StringComparison.Ordinal) ? ConvPadding.Same : c.Case.Label.Contains("=valid", StringComparison.Ordinal) ? ConvPadding.Valid : Pair(c, "padding");

    static Size3d? Three(GoldenCall c, string arg) => c.Case.Ints(arg) switch { null => null, [var n] => n, var n => (n[0], n[1], n[2]) };
}
