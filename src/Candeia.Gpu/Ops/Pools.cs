namespace Candeia.Gpu;

/// <summary>Pooling: a thread for each window; for gradients one for each pixel, which gathers from the windows that it is in, in a fixed order.</summary>
internal static class Pools
{
    // How many pixels an average counts: the padding, or only what is inside.
    const string Divisor = """
            #define LEAST(a, b) ((a) < (b) ? (a) : (b))
            #define PART(o, S, P, K, SIZE) (padding != 0 ? LEAST((o) * S - P + K, SIZE + P) - ((o) * S - P) : LEAST((o) * S - P + K, SIZE) - ((o) * S - P < 0 ? 0 : (o) * S - P))
            #define DIVISOR (over != 0 ? over : PART(oh, SH, PH, KH, H) * PART(ow, SW, PW, KW, W))

        """;

    static Parameters Sizes(PoolGeometry g, Operand x, Operand y, Operand image, Operand result)
    {
        Shape a = image.Layout.Shape, b = result.Layout.Shape;
        return new Parameters(Types.Wide(y.DType)).Input("A", x).Strides("A", x, "nchw").Output("Y", y).Strides("Y", y, "nchw")
            .Size("C", a[1]).Size("H", a[2]).Size("W", a[3]).Size("OH", b[2]).Size("OW", b[3]).Size("KH", g.Kernel.Height).Size("KW", g.Kernel.Width)
            .Size("SH", g.Stride.Height).Size("SW", g.Stride.Width).Size("PH", g.Padding.Height).Size("PW", g.Padding.Width).Size("DH", g.Dilation.Height).Size("DW", g.Dilation.Width);
    }

    const string Window = "    const N c = e % C, ow = e / C % OW, oh = e / C / OW % OH, b = e / C / OW / OH, to = o_Y + b * s_Yn + c * s_Yc + oh * s_Yh + ow * s_Yw;\n"
        + "    for (N i = 0; i < KH; i++) for (N j = 0; j < KW; j++) { const N h = oh * SH - PH + i * DH, q = ow * SW - PW + j * DW; if (h >= 0 && h < H && q >= 0 && q < W) { "
        + "const T v = A(o_A + b * s_An + c * s_Ac + h * s_Ah + q * s_Aw); ";

    const string Windows = "    const N c = e % C, q = e / C % W, h = e / C / W % H, b = e / C / W / H;\n    T s = 0;\n"
        + "    for (N i = 0; i < KH; i++) for (N j = 0; j < KW; j++) { const N th = h + PH - i * DH, tw = q + PW - j * DW, oh = th / SH, ow = tw / SW; "
        + "if (th >= 0 && tw >= 0 && th % SH == 0 && tw % SW == 0 && oh < OH && ow < OW) { const N at = o_A + b * s_An + c * s_Ac + oh * s_Ah + ow * s_Aw; ";

    const string Pixel = " } }\n    SET_Y(o_Y + b * s_Yn + c * s_Yc + h * s_Yh + q * s_Yw, s);";

    static Parameters Averaging(Parameters p, AvgPool2dOp op) => p.Size("padding", op.CountIncludePad ? 1 : 0).Size("over", op.DivisorOverride ?? 0);

    public static bool Average(GpuDevice device, in OpCall call)
    {
        var op = (AvgPool2dOp)call.Op;
        Operand x = call.Input(0), y = call.Output(0);
        Each.Run(device, "average pool", $"{Divisor}    T s = 0;\n{Window} s += v; }} }}\n    SET_Y(to, s / DIVISOR);", Averaging(Sizes(op.Geometry, x, y, x, y), op), y.Layout.Shape.Numel);
        return true;
    }

    public static bool AverageGradient(GpuDevice device, in OpCall call)
    {
        var op = ((AvgPool2dGradientOp)call.Op).Pool;
        Operand grad = call.Input(0), y = call.Output(0);
        Each.Run(device, "average pool gradient", $"{Divisor}{Windows} s += A(at) / DIVISOR;{Pixel}", Averaging(Sizes(op.Geometry, grad, y, y, grad), op), y.Layout.Shape.Numel);
        return true;
    }

    public static bool Max(GpuDevice device, in OpCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        var p = Sizes(((MaxPool2dOp)call.Op).Geometry, x, y, x, y);
        string save = "";
        if (call.Outputs > 1)
        {
            var places = call.Output(1);
            p.Output("I", places).Strides("I", places, "nhwc");
            save = " p_I[o_I + b * s_In + oh * s_Ih + ow * s_Iw + c * s_Ic] = place;";
        }
        Each.Run(device, "max pool" + call.Outputs, $"    T s = -INFINITY; i64 place = -1;\n{Window} if (place < 0 || v > s || v != v) {{ s = v; place = (i64)h * W + q; }} }} }}\n    SET_Y(to, s);{save}", p, y.Layout.Shape.Numel);
        return true;
    }

    public static bool MaxGradient(GpuDevice device, in OpCall call)
    {
        Operand grad = call.Input(0), places = call.Input(1), y = call.Output(0);
        var p = Sizes(((MaxPool2dGradientOp)call.Op).Geometry, grad, y, y, grad).Input("I", places).Strides("I", places, "nhwc");
        Each.Run(device, "max pool gradient", $"{Windows} if (p_I[o_I + b * s_In + oh * s_Ih + ow * s_Iw + c * s_Ic] == (i64)h * W + q) s += A(at);{Pixel}", p, y.Layout.Shape.Numel);
        return true;
    }
}
