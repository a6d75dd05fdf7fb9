namespace Candeia.Gpu;

/// <summary>
/// Convolutions as products whose matrices are images seen through a window. Rows are pixels (for the gradient of the weight: output channels), and each group
/// of channels is a product of its own.
/// </summary>
internal static class Convolutions
{
    const string Pixel = "const N q = m % W, h = m / W % H, i = m / W / H;";
    const string Tap = "const N c = k % CI, kw = k / CI % KW, kh = k / CI / KW;";

    static Parameters Sizes(Parameters p, ConvGeometry c, Shape x, Shape weight, Shape y) => p
        .Size("H", x[2]).Size("W", x[3]).Size("OH", y[2]).Size("OW", y[3]).Size("KH", weight[2]).Size("KW", weight[3])
        .Size("CI", weight[1]).Size("CO", weight[0] / c.Groups).Size("SH", c.Stride.Height).Size("SW", c.Stride.Width)
        .Size("PH", c.Padding.Height).Size("PW", c.Padding.Width).Size("DH", c.Dilation.Height).Size("DW", c.Dilation.Width);

    public static bool Forward(GpuDevice device, in OpCall call)
    {
        Run(device, call, ((Conv2dOp)call.Op).Geometry, new(Operands.Inputs(call), call.Inputs, new(false, double.PositiveInfinity), null, 0, IsLast: false));
        return true;
    }

    /// <summary>With what follows in the same pass; a pooling is an op of its own here.</summary>
    public static bool Fused(GpuDevice device, in OpCall call)
    {
        var op = (FusedConv2dOp)call.Op;
        if (op.Pool != ConvPool.None) return false;
        Operand[] x = Operands.Inputs(call);
        Operand? added = op.Adds ? x[^1] : null;
        if (op.Adds) x = x[..^1];
        var norm = op.Norm ?? op.Last;
        int own = norm is null ? x.Length : 2 + x.Length % 2;                // inputs of the convolution; a normalization has 2 or 4 of its own
        Run(device, call, op.Conv.Geometry, new(x, own, new(op.Relu, op.Ceiling), added, norm?.Epsilon ?? 0, op.Last is not null));
        return true;
    }

    /// <summary>What becomes of the sum on the way out.</summary>
    /// <param name="Inputs">Image, weight, perhaps bias, perhaps those of a normalization.</param>
    /// <param name="Own">How many of them are the convolution's.</param>
    /// <param name="Bounds">What is cut off.</param>
    /// <param name="Added">What is added before that.</param>
    /// <param name="Epsilon">That of the normalization.</param>
    /// <param name="IsLast">Whether the normalization comes last, and not first.</param>
    readonly record struct Ending(Operand[] Inputs, int Own, Bounds Bounds, Operand? Added, double Epsilon, bool IsLast);

    static void Run(GpuDevice device, in OpCall call, ConvGeometry c, Ending end)
    {
        Operand x = end.Inputs[0], weight = end.Inputs[1], y = call.Output(0);
        Shape image = x.Layout.Shape, window = weight.Layout.Shape, result = y.Layout.Shape;
        var type = Types.Wide(y.DType);
        var p = Sizes(new Parameters(type), c, image, window, result).Input("A", x).Strides("A", x, "nchw").Input("B", weight).Strides("B", weight, "nchw").Output("Y", y).Strides("Y", y, "nchw");
        string value = "s";
        if (end.Own > 2)
        {
            p.Input("D", end.Inputs[2]).Size("s_D", end.Inputs[2].Layout.Strides[0]);
            value = "s + D(o_D + o * s_D)";
        }
        if (!end.IsLast) value = Normalized(p, value, end);
        if (end.Added is { } added)
        {
            p.Input("J", added).Strides("J", added, "nchw");
            value = $"({value}) + J(o_J + b * s_Jn + o * s_Jc + oh * s_Jh + ow * s_Jw)";
        }
        value = end.Bounds.Around(value, Types.Stored(type));
        p.Number("ceiling", end.Bounds.Ceiling);
        if (end.IsLast) value = Normalized(p, value, end);
        Product.Run(device, new($"convolution {end.Own} {end.Inputs.Length} {end.IsLast} {end.Added is null} {end.Bounds.Relu} {double.IsPositiveInfinity(end.Bounds.Ceiling)}", "",
            "const N ow = m % OW, oh = m / OW % OH, i = m / OW / OH; " + Tap + " const N h = oh * SH - PH + kh * DH, q = ow * SW - PW + kw * DW; "
                + "if (h >= 0 && h < H && q >= 0 && q < W) v = A(o_A + i * s_An + (z * CI + c) * s_Ac + h * s_Ah + q * s_Aw);",
            Tap + " v = B(o_B + (z * CO + n) * s_Bn + c * s_Bc + kh * s_Bh + kw * s_Bw);",
            "const N ow = m % OW, oh = m / OW % OH, b = m / OW / OH, o = z * CO + n; " + $"SET_Y(o_Y + b * s_Yn + o * s_Yc + oh * s_Yh + ow * s_Yw, {value});"),
            p, (long)result[0] * result[2] * result[3], window[0] / c.Groups, (long)window[1] * window[2] * window[3], c.Groups);
    }

    static string Normalized(Parameters p, string value, Ending end)
    {
        var norm = end.Inputs.AsSpan(end.Own);
        if (norm.Length == 0) return value;
        string[] names = ["E", "F", "G", "I"];
        for (int i = 0; i < norm.Length; i++) p.Input(names[i], norm[i]).Size($"s_{names[i]}", norm[i].Layout.Strides[0]);
        p.Number("epsilon", end.Epsilon);
        value = $"({value} - E(o_E + o * s_E)) / sqrt(F(o_F + o * s_F) + epsilon)";
        return norm.Length > 2 ? value + " * G(o_G + o * s_G) + I(o_I + o * s_I)" : value;
    }

    /// <summary>Every input pixel gathers from the outputs whose windows it is in.</summary>
    public static bool InputGradient(GpuDevice device, in OpCall call)
    {
        var c = ((Conv2dInputGradientOp)call.Op).Geometry;
        Operand grad = call.Input(0), weight = call.Input(1), y = call.Output(0);
        Shape image = y.Layout.Shape, window = weight.Layout.Shape, result = grad.Layout.Shape;
        var p = Sizes(new Parameters(Types.Wide(y.DType)), c, image, window, result).Input("A", grad).Strides("A", grad, "nchw").Input("B", weight).Strides("B", weight, "nchw").Output("Y", y).Strides("Y", y, "nchw");
        const string Tap = "const N o = k % CO, kw = k / CO % KW, kh = k / CO / KW;";
        Product.Run(device, new("convolution input gradient", "",
            Pixel + Tap + " const N th = h + PH - kh * DH, tw = q + PW - kw * DW, oh = th / SH, ow = tw / SW; "
                + "if (th >= 0 && tw >= 0 && th % SH == 0 && tw % SW == 0 && oh < OH && ow < OW) v = A(o_A + i * s_An + (z * CO + o) * s_Ac + oh * s_Ah + ow * s_Aw);",
            Tap + " v = B(o_B + (z * CO + o) * s_Bn + n * s_Bc + kh * s_Bh + kw * s_Bw);",
            "const N q = m % W, h = m / W % H, b = m / W / H; SET_Y(o_Y + b * s_Yn + (z * CI + n) * s_Yc + h * s_Yh + q * s_Yw, s);"),
            p, (long)image[0] * image[2] * image[3], window[1], (long)(window[0] / c.Groups) * window[2] * window[3], c.Groups);
        return true;
    }

    /// <summary>Rows are output channels, columns a tap of an input channel, the depth are output pixels.</summary>
    public static bool WeightGradient(GpuDevice device, in OpCall call)
    {
        var c = ((Conv2dWeightGradientOp)call.Op).Geometry;
        Operand x = call.Input(0), grad = call.Input(1), y = call.Output(0);
        Shape image = x.Layout.Shape, window = y.Layout.Shape, result = grad.Layout.Shape;
        var p = Sizes(new Parameters(Types.Wide(y.DType)), c, image, window, result).Input("A", grad).Strides("A", grad, "nchw").Input("B", x).Strides("B", x, "nchw").Output("Y", y).Strides("Y", y, "nchw");
        const string Output = "const N ow = k % OW, oh = k / OW % OH, i = k / OW / OH;";
        Product.Run(device, new("convolution weight gradient", "",
            Output + " v = A(o_A + i * s_An + (z * CO + m) * s_Ac + oh * s_Ah + ow * s_Aw);",
            Output + " const N c = n % CI, kw = n / CI % KW, kh = n / CI / KW, h = oh * SH - PH + kh * DH, q = ow * SW - PW + kw * DW; "
                + "if (h >= 0 && h < H && q >= 0 && q < W) v = B(o_B + i * s_Bn + (z * CI + c) * s_Bc + h * s_Bh + q * s_Bw);",
            "const N c = n % CI, kw = n / CI % KW, kh = n / CI / KW; SET_Y(o_Y + (z * CO + m) * s_Yn + c * s_Yc + kh * s_Yh + kw * s_Yw, s);"),
            p, window[0] / c.Groups, (long)window[1] * window[2] * window[3], (long)result[0] * result[2] * result[3], c.Groups);
        return true;
    }
}
