namespace Candeia.Gpu;

/// <summary>Windows of images as columns and back, resampling, and the greatest of windows of any size.</summary>
internal static class Folds
{
    static Parameters Sizes(ConvGeometry g, Size2d kernel, Operand image, int windowsAcross) => new Parameters(Types.Wide(image.DType))
        .Size("C", image.Layout.Shape[1]).Size("H", image.Layout.Shape[2]).Size("W", image.Layout.Shape[3]).Size("KH", kernel.Height).Size("KW", kernel.Width).Size("OW", windowsAcross)
        .Size("SH", g.Stride.Height).Size("SW", g.Stride.Width).Size("PH", g.Padding.Height).Size("PW", g.Padding.Width).Size("DH", g.Dilation.Height).Size("DW", g.Dilation.Width);

    static int Across(ConvGeometry g, Size2d kernel, int width) => (width + 2 * g.Padding.Width - g.Dilation.Width * (kernel.Width - 1) - 1) / g.Stride.Width + 1;

    public static bool Unfold(GpuDevice device, in OpCall call)
    {
        var op = (Unfold2dOp)call.Op;
        Operand x = call.Input(0), y = call.Output(0);
        if (Operands.AnyComplex(call)) return false;
        var p = Sizes(op.Geometry, op.Kernel, x, Across(op.Geometry, op.Kernel, x.Layout.Shape[3])).Input("A", x).Strides("A", x, "nchw").Output("Y", y).Strides("Y", y, "nkl")
            .Size("K", y.Layout.Shape[1]).Size("L", y.Layout.Shape[2]);
        Each.Run(device, "unfold", """
            const N l = e % L, k = e / L % K, b = e / L / K, j = k % KW, i = k / KW % KH, c = k / KW / KH, h = l / OW * SH - PH + i * DH, q = l % OW * SW - PW + j * DW;
            SET_Y(o_Y + b * s_Yn + k * s_Yk + l * s_Yl, h >= 0 && h < H && q >= 0 && q < W ? A(o_A + b * s_An + c * s_Ac + h * s_Ah + q * s_Aw) : (T)0);
            """, p, y.Layout.Shape.Numel);
        return true;
    }

    /// <summary>Every pixel gathers from the windows that it is in.</summary>
    public static bool Fold(GpuDevice device, in OpCall call)
    {
        var op = (Fold2dOp)call.Op;
        Operand x = call.Input(0), y = call.Output(0);
        if (Operands.AnyComplex(call)) return false;
        int across = Across(op.Geometry, op.Kernel, op.Output.Width);
        var p = Sizes(op.Geometry, op.Kernel, y, across).Input("A", x).Strides("A", x, "nkl").Output("Y", y).Strides("Y", y, "nchw").Size("OH", across == 0 ? 0 : x.Layout.Shape[2] / across);
        Each.Run(device, "fold", """
            const N q = e % W, h = e / W % H, c = e / W / H % C, b = e / W / H / C;
            T s = 0;
            for (N i = 0; i < KH; i++) for (N j = 0; j < KW; j++) {
              const N th = h + PH - i * DH, tw = q + PW - j * DW, oh = th / SH, ow = tw / SW;
              if (th >= 0 && tw >= 0 && th % SH == 0 && tw % SW == 0 && oh < OH && ow < OW) s += A(o_A + b * s_An + ((c * KH + i) * KW + j) * s_Ak + (oh * OW + ow) * s_Al);
            }
            SET_Y(o_Y + b * s_Yn + c * s_Yc + h * s_Yh + q * s_Yw, s);
            """, p, y.Layout.Shape.Numel);
        return true;
    }

    /// <summary>The table of the taps is copied there each time; it is as long as a few lines of the image.</summary>
    public static bool Resample(GpuDevice device, in OpCall call)
    {
        var op = (ResampleOp)call.Op;
        Operand x = call.Input(0), y = call.Output(0);
        var type = Types.Wide(y.DType);
        if (y.Layout.Shape.Numel == 0) return true;
        Operand starts = device.Table(op.Taps.Starts), places = device.Table(op.Taps.Places);
        var weights = type == DType.Float64 ? device.Table(op.Taps.Weights) : device.Table<float>([.. op.Taps.Weights.ToArray().Select(w => (float)w)]);
        int dim = op.Dim;
        var shape = y.Layout.Shape;
        Layout Still(Layout layout)
        {
            long[] strides = layout.Strides.ToArray();
            strides[dim] = 0;
            return new(shape, strides, layout.Offset);
        }
        long[] along = new long[shape.Rank];
        along[dim] = 1;
        Rows.Run(device, "resample", """
              const i64 from = BASE_S[0], to = BASE_U[0];
              T s = 0; for (i64 q = from; q < to; q++) s += BASE_W[q] * CONVERT_A(BASE_A[BASE_P[q] * w0]);
              SET_Y(0, s);
            """.Replace("CONVERT_A(BASE_A[BASE_P[q] * w0])", Types.Convert("BASE_A[BASE_P[q] * w0]", x.DType, type), StringComparison.Ordinal), type,
            [
                new("Y", y, true), new("A", x.As(Still(x.Layout))), new("S", starts.As(new Layout(shape, along))), new("U", starts.As(new Layout(shape, along, 1))),
                new("P", places.As(new Layout(shape, new long[shape.Rank]))), new("W", weights.As(new Layout(shape, new long[shape.Rank]))),
            ], _ => false, [], [x.Layout.Strides[dim]]);
        return true;
    }

    public static bool Places(GpuDevice device, in OpCall call)
    {
        var op = (WindowPlacesOp)call.Op;
        Operand x = call.Input(0), begins = call.Input(1), ends = call.Input(2), y = call.Output(0);
        int windows = op.Output.Depth + op.Output.Height + op.Output.Width;
        var p = new Parameters(Types.Wide(x.DType)).Input("A", x).Strides("A", x, "ndhw").Input("B", begins).Input("E", ends).Output("Y", y).Size("H", x.Layout.Shape[2]).Size("W", x.Layout.Shape[3])
            .Size("OD", op.Output.Depth).Size("OH", op.Output.Height).Size("OW", op.Output.Width).Size("SD", op.Step.Depth).Size("SH", op.Step.Height).Size("SW", op.Step.Width)
            .Size("table", begins.Layout.Shape[0] > 1 ? windows : 0);
        if (!begins.Layout.IsContiguous || !ends.Layout.IsContiguous || !y.Layout.IsContiguous) return false;
        Each.Run(device, "places of windows", """
            const N ow = e % OW, oh = e / OW % OH, od = e / OW / OH % OD, b = e / OW / OH / OD, at = b * table;
            #define FROM(i) p_B[o_B + at + (i)]
            #define TO(i) p_E[o_E + at + (i)]
            #define X(d, h, w) A(o_A + b * s_An + (N)(d) * s_Ad + (N)(h) * s_Ah + (N)(w) * s_Aw)
            i64 place = (FROM(od) * H + FROM(OD + oh)) * W + FROM(OD + OH + ow);
            T most = X(FROM(od), FROM(OD + oh), FROM(OD + OH + ow));
            for (i64 d = FROM(od); d < TO(od); d += SD) for (i64 h = FROM(OD + oh); h < TO(OD + oh); h += SH) for (i64 w = FROM(OD + OH + ow); w < TO(OD + OH + ow); w += SW) {
              const T v = X(d, h, w);
              if (v > most || v != v) { most = v; place = (d * H + h) * W + w; }
            }
            p_Y[o_Y + e] = place;
            """, p, y.Layout.Shape.Numel);
        return true;
    }
}
