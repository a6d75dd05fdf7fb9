using static Candeia.Onnx.Forms;

namespace Candeia.Onnx;

/// <summary>Images looked at in any places.</summary>
internal static class SamplingOperators
{
    public static Operator[] All { get; } =
    [
        One("GridSample", 16, a =>
        {
            var (how, outside, corners) = (Mode(a.Text("mode", "linear")), Outside(a.Text("padding_mode", "zeros")), a.Flag("align_corners"));
            return x => x[0].GridSample(x[1], how, outside, corners);
        }),
        One("AffineGrid", 20, a =>
        {
            bool corners = a.Flag("align_corners");
            return x => x[0].AffineGrid(Shape.Create(x.Sizes(1)), corners);
        }),
    ];

    // The names that opset 16 has, and those since opset 20.
    static GridInterpolation Mode(string name) => name switch
    {
        "bilinear" or "linear" => GridInterpolation.Bilinear,
        "nearest" => GridInterpolation.Nearest,
        "bicubic" or "cubic" => GridInterpolation.Bicubic,
        _ => throw new OnnxException($"mode {OnnxException.Quote(name)} is not known"),
    };

    static GridPadding Outside(string name) => name switch
    {
        "zeros" => GridPadding.Zeros,
        "border" => GridPadding.Border,
        "reflection" => GridPadding.Reflection,
        _ => throw new OnnxException($"padding_mode {OnnxException.Quote(name)} is not known"),
    };
}
