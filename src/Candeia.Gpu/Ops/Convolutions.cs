namespace Candeia.Gpu;

/// <summary>
/// Convolutions as products whose matrices are images seen through a window. Rows are pixels (for the gradient of the weight: output channels), and each group
/// of channels is a product of its own.
/// </summary>
internal static class Convolutions
{
    const string Tap = "const N c = k % CI, kw = k / CI % KW, kh = k / CI / KW;";

    static Parameters Sizes(Parameters p, ConvGeometry c, Shape x, Shape weight, Shape y) => p
        .Size("H", x[2]).Size("W", x[3]).Size("OH", y[2]).Size("OW", y[3]).Size("KH", weight[2]).Size("KW", weight[3])
        .Size("CI", weight[1]).Size("CO", weight[0] / c.Groups).Size("SH", c.Stride.Height).Size("SW", c.Stride.Width)
        .Size("PH", c.Padding.Height).Size("PW", c.Padding.Width).Size("DH", c.Dilation.Height).Size("DW", c.Dilation.Width);

    public static bool Forward(GpuDevice device, in OpCall call)
    {
        Run(device, call, ((Conv2dOp)call.Op).Geometry, new(Operands.Inputs(call), call.Inputs, new(false, double.PositiveInfinity), null, 0, IsLast: false, ConvPool.None));
        return true;
    }

    /// <summary>With what follows in the same pass.</summary>
    public static bool Fused(GpuDevice device, in OpCall call)
    {
        var op = (FusedConv2dOp)call.Op;
        Operand[] x = Operands.Inputs(call);
        if (op.Pool != ConvPool.None && op.Conv.Geometry.Groups > 1 && x[1].Layout.Shape[0] / op.Conv.Geometry.Groups % 2 != 0) return false;   // two channels share a byte of what is saved
        Operand? added = op.Adds ? x[^1] : null;
        if (op.Adds) x = x[..^1];
        var norm = op.Norm ?? op.Last;
        int own = norm is null ? x.Length : 2 + x.Length % 2;                // inputs of the convolution; a normalization has 2 or 4 of its own
        Run(device, call, op.Conv.Geometry, new(x, own, new(op.Relu, op.Ceiling), added, norm?.Epsilon ?? 0, op.Last is not null, op.Pool));
        return true;
    }

    /// <summary>What becomes of the sum on the way out.</summary>
    /// <param name="Inputs">Image, weight, perhaps bias, perhaps those of a normalization.</param>
    /// <param name="Own">How many of them are the convolution's.</param>
    /// <param name="Bounds">What is cut off.</param>
    /// <param name="Added">What is added before that.</param>
    /// <param name="Epsilon">That of the normalization.</param>
    /// <param name="IsLast">Whether the normalization comes last, and not first.</param>
    /// <param name="Pool">What four pixels become.</param>
    readonly record struct Ending(Operand[] Inputs, int Own, Bounds Bounds, Operand? Added, double Epsilon, bool IsLast, ConvPool Pool);

    static void Run(GpuDevice device, in OpCall call, ConvGeometry c, Ending end)
    {
        Operand x = end.Inputs[0], weight = end.Inputs[1], y = call.Output(0);
        if (end.Pool == ConvPool.None && LibraryConvolutions.Forward(device, c, x, weight, y))
        {
            Finish(device, y, end);
            return;
        }
        Shape image = x.Layout.Shape, window = weight.Layout.Shape, result = y.Layout.Shape;
        var type = Types.Wide(y.DType);
        var p = Sizes(new Parameters(type), c, image, window, result).Input("A", x).Strides("A", x, "nchw").Input("B", weight).Strides("B", weight, "nchw").Output("Y", y).Strides("Y", y, "nchw");
        string value = "s";
        if (end.Own > 2)
        {
            p.Input("D", end.Inputs[2]).Size("s_D", end.Inputs[2].Layout.Strides[0]);
            value = "s + D(o_D + o * s_D)";
        }
        string filter = Tap + " v = B(o_B + (z * CO + n) * s_Bn + c * s_Bc + kh * s_Bh + kw * s_Bw);";
        string name = $"convolution {end.Own} {end.Inputs.Length} {end.IsLast} {end.Added is null} {end.Bounds.Relu} {double.IsPositiveInfinity(end.Bounds.Ceiling)} {end.Pool} {call.Outputs}";
        const string Seen = Tap + " const N h = oh * SH - PH + kh * DH, q = ow * SW - PW + kw * DW; "
            + "if (h >= 0 && h < H && q >= 0 && q < W) v = A(o_A + i * s_An + (z * CI + c) * s_Ac + h * s_Ah + q * s_Aw);";
        if (!end.IsLast) value = Normalized(p, value, end);
        if (end.Added is { } added)
        {
            p.Input("J", added).Strides("J", added, "nchw");
            value = $"({Types.Rounded(value, y.DType)}) + J(o_J + b * s_Jn + o * s_Jc + oh * s_Jh + ow * s_Jw)";
        }
        value = end.Bounds.Around(value, Types.Stored(type));
        p.Number("ceiling", end.Bounds.Ceiling);
        if (end.Pool != ConvPool.None)
        {
            Pooled(device, call, p, new(name, "", "const N four = m / 4, ow = four % OW * 2 + m % 2, oh = four / OW % OH * 2 + m / 2 % 2, i = four / OW / OH; " + Seen, filter, ""), value, end, window, c, result);
            return;
        }
        if (end.IsLast) value = Normalized(p, value, end);
        Product.Run(device, new(name, "", "const N ow = m % OW, oh = m / OW % OH, i = m / OW / OH; " + Seen, filter,
            "const N ow = m % OW, oh = m / OW % OH, b = m / OW / OH, o = z * CO + n; " + $"SET_Y(o_Y + b * s_Yn + o * s_Yc + oh * s_Yh + ow * s_Yw, {value});"),
            p, (long)result[0] * result[2] * result[3], window[0] / c.Groups, (long)window[1] * window[2] * window[3], c.Groups);
    }

    /// <summary>What becomes of a convolution that a library has computed: the same, element by element.</summary>
    static void Finish(GpuDevice device, Operand y, Ending end)
    {
        var shape = y.Layout.Shape;
        List<Operand> x = [y];
        string Next(Operand operand)
        {
            x.Add(operand);
            return ((char)('a' + x.Count - 1)).ToString();
        }
        string Channel(Operand operand) => Next(operand.Along(shape, 1));
        string Norm(string text)
        {
            var norm = end.Inputs.AsSpan(end.Own);
            if (norm.Length == 0) return text;
            text = $"({text} - {Channel(norm[0])}) / sqrt({Channel(norm[1])} + k0)";
            return norm.Length > 2 ? $"{text} * {Channel(norm[2])} + {Channel(norm[3])}" : text;
        }
        string value = end.Own > 2 ? $"(a + {Channel(end.Inputs[2])})" : "a";
        if (!end.IsLast) value = Norm(value);
        if (end.Added is { } added) value = $"({value}) + {Next(added)}";
        value = end.Bounds.Around(value, "@").Replace("ceiling", "k1", StringComparison.Ordinal);
        if (end.IsLast) value = Norm(value);
        if (value != "a") Map.Run(device, value, y.DType, y, x.ToArray(), [end.Epsilon, end.Bounds.Ceiling]);
    }

    /// <summary>
    /// Rows are the pixels that are pooled, four behind each other. A bit for each tells whether the gradient passes there: four for a channel, and so two channels in a byte. Nobody but <see
    /// cref="Gradients"/> reads them.
    /// </summary>
    static void Pooled(GpuDevice device, in OpCall call, Parameters p, Product.Statements statements, string value, Ending end, Shape window, ConvGeometry c, Shape result)
    {
        string pooled = end.Pool == ConvPool.Average ? "(t0 + t1 + t2 + t3) * (T)0.25" : "most";
        if (end.IsLast) pooled = Normalized(p, pooled, end);
        string bits = end.Pool == ConvPool.Average ? end.Bounds.Relu ? "bits = (t0 > 0) | (t1 > 0) << 1 | (t2 > 0) << 2 | (t3 > 0) << 3;" : "bits = 15;"
            : "i32 which = 0; T most = t0; if (t1 > most || t1 != t1) { most = t1; which = 1; } if (t2 > most || t2 != t2) { most = t2; which = 2; } if (t3 > most || t3 != t3) { most = t3; which = 3; } "
                + (end.Bounds.Relu ? "bits = most > 0 ? 1 << which : 0;" : "bits = 1 << which;");
        string store = "const N o = z * CO + n, four = m / 4, b = four / OW / OH; "
            + string.Concat(Enumerable.Range(0, 4).Select(i => $"T t{i}; {{ const N ow = four % OW * 2 + {i % 2}, oh = four / OW % OH * 2 + {i / 2}; const T s = s{i}; t{i} = {value}; }} "))
            + bits + $" SET_Y(o_Y + b * s_Yn + o * s_Yc + four / OW % OH * s_Yh + four % OW * s_Yw, {pooled});";
        string pairs = "";
        if (call.Outputs > 1)
        {
            var mask = call.Output(1);
            p.Output("M", mask).Size("bytes", mask.Layout.Shape[^1]);
            pairs = "p_M[o_M + m / 4 * bytes + (z * CO + n) / 2] = both;";
        }
        Product.Run(device, statements with { Store = store, Pairs = pairs }, p, 4L * result[0] * result[2] * result[3], window[0] / c.Groups, (long)window[1] * window[2] * window[3], c.Groups);
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

    public static bool InputGradient(GpuDevice device, in OpCall call)
    {
        var c = ((Conv2dInputGradientOp)call.Op).Geometry;
        Operand grad = call.Input(0), weight = call.Input(1), y = call.Output(0);
        Shape result = grad.Layout.Shape;
        if (!LibraryConvolutions.Images(device, c, weight, grad, y)) OfInput(device, c, Plain(grad), result, weight, y);
        return true;
    }

    public static bool WeightGradient(GpuDevice device, in OpCall call)
    {
        var c = ((Conv2dWeightGradientOp)call.Op).Geometry;
        Operand x = call.Input(0), grad = call.Input(1), y = call.Output(0);
        if (!LibraryConvolutions.Window(device, c, x, grad, y)) OfWeight(device, c, Plain(grad), grad.Layout.Shape, x, y.Layout.Shape, y, null);
        return true;
    }

    /// <summary>All gradients of a convolution, which read the gradient of the result where it passed ReLU and pooling.</summary>
    public static bool Gradients(GpuDevice device, in OpCall call)
    {
        var op = (Conv2dGradientsOp)call.Op;
        var c = op.Geometry;
        Operand grad = call.Input(0), x = call.Input(1), weight = call.Input(2);
        Shape window = weight.Layout.Shape, image = x.Layout.Shape;
        Shape result = [image[0], window[0], Size(image[2], window[2], c.Padding.Height, c.Dilation.Height, c.Stride.Height), Size(image[3], window[3], c.Padding.Width, c.Dilation.Width, c.Stride.Width)];
        if (op.Pool != ConvPool.None && c.Groups > 1 && window[0] / c.Groups % 2 != 0) return false;
        var passed = op.Pool != ConvPool.None ? Unpooled(grad, call.Input(3), op.Pool) : op.Relu ? Cut(grad, call.Input(3)) : Plain(grad);
        if (LibraryConvolutions.Knows(device, c, grad.DType, image, window, result, op.Wanted))
        {
            ByLibrary(device, call, op, passed, result);
            return true;
        }
        if (Wants.Wanted(call, op.Wanted, Wanted.Input) is { } dx) OfInput(device, c, passed, result, weight, dx);
        Operand? dw = Wants.Wanted(call, op.Wanted, Wanted.Weight), db = Wants.Wanted(call, op.Wanted, Wanted.Bias);
        if (dw is not null || db is not null) OfWeight(device, c, passed, result, x, window, dw, db);
        return true;
    }

    /// <summary>All of them by a library, which reads the gradient of the result where it lies or, where it passed ReLU and pooling, a copy.</summary>
    static void ByLibrary(GpuDevice device, in OpCall call, Conv2dGradientsOp op, Reading passed, Shape result)
    {
        Operand grad = call.Input(0), x = call.Input(1), weight = call.Input(2);
        if (op.Relu || op.Pool != ConvPool.None)
        {
            grad = device.Scratch(Layout.ChannelsLast(result), grad.DType);
            var p = passed.Add(new Parameters(grad.DType)).Output("Y", grad).Size("C", result[1]).Size("OH", result[2]).Size("OW", result[3]);
            Each.Run(device, "gradient that passes" + passed.Name, "const N o = e % C, ow = e / C % OW, oh = e / C / OW % OH, i = e / C / OW / OH; T v = 0; " + passed.Read + " SET_Y(o_Y + e, v);", p, result.Numel);
        }
        if (Wants.Wanted(call, op.Wanted, Wanted.Input) is { } dx) _ = LibraryConvolutions.Images(device, op.Geometry, weight, grad, dx);
        if (Wants.Wanted(call, op.Wanted, Wanted.Weight) is { } dw) _ = LibraryConvolutions.Window(device, op.Geometry, x, grad, dw);
        if (Wants.Wanted(call, op.Wanted, Wanted.Bias) is not { } db) return;
        Rows.Run(device, "bias gradient", "  T s = 0; EACH(k) s += G(k);\n  TOTAL(s, s + v);\n  ONCE SET_B(0, s);", grad.DType, [new("G", grad), new("B", db.Along(result, 1), true)], d => d != 1);
    }

    static int Size(int image, int window, int padding, int dilation, int stride) => (image + 2 * padding - dilation * (window - 1) - 1) / stride + 1;

    /// <summary>How the gradient of the result is read: v at image i, channel o and pixel oh, ow.</summary>
    /// <param name="Name">What tells it from others.</param>
    /// <param name="Read">The statement.</param>
    /// <param name="Add">Adds what it needs.</param>
    readonly record struct Reading(string Name, string Read, Func<Parameters, Parameters> Add);

    const string Element = "A(o_A + i * s_An + o * s_Ac + oh * s_Ah + ow * s_Aw)";

    static Reading Plain(Operand grad) => new("", $"v = {Element};", p => p.Input("A", grad).Strides("A", grad, "nchw"));

    static Reading Cut(Operand grad, Operand result) => new(" relu", $"if (R(o_R + i * s_Rn + o * s_Rc + oh * s_Rh + ow * s_Rw) > 0) v = {Element};",
        p => Plain(grad).Add(p).Input("R", result).Strides("R", result, "nchw"));

    static Reading Unpooled(Operand grad, Operand mask, ConvPool pool)
    {
        var sizes = mask.Layout.Shape;
        return new($" {pool}", "if (oh / 2 < OH2 && ow / 2 < OW2 && (p_M[o_M + ((i * OH2 + oh / 2) * OW2 + ow / 2) * bytes + o / 2] >> (o % 2 * 4 + oh % 2 * 2 + ow % 2) & 1)) "
            + $"v = A(o_A + i * s_An + o * s_Ac + oh / 2 * s_Ah + ow / 2 * s_Aw){(pool == ConvPool.Average ? " * (T)0.25" : "")};",
            p => Plain(grad).Add(p).Input("M", mask).Size("OH2", sizes[1]).Size("OW2", sizes[2]).Size("bytes", sizes[3]));
    }

    /// <summary>Every input pixel gathers from the outputs whose windows it is in.</summary>
    static void OfInput(GpuDevice device, ConvGeometry c, Reading grad, Shape result, Operand weight, Operand y)
    {
        Shape image = y.Layout.Shape, window = weight.Layout.Shape;
        var p = grad.Add(Sizes(new Parameters(Types.Wide(y.DType)), c, image, window, result)).Input("B", weight).Strides("B", weight, "nchw").Output("Y", y).Strides("Y", y, "nchw");
        Product.Run(device, new("convolution input gradient" + grad.Name, "",
            "const N q = m % W, h = m / W % H, i = m / W / H, o = z * CO + k % CO, kw = k / CO % KW, kh = k / CO / KW, th = h + PH - kh * DH, tw = q + PW - kw * DW, oh = th / SH, ow = tw / SW; "
                + "if (th >= 0 && tw >= 0 && th % SH == 0 && tw % SW == 0 && oh < OH && ow < OW) { " + grad.Read + " }",
            "const N o = k % CO, kw = k / CO % KW, kh = k / CO / KW; v = B(o_B + (z * CO + o) * s_Bn + n * s_Bc + kh * s_Bh + kw * s_Bw);",
            "const N q = m % W, h = m / W % H, b = m / W / H; SET_Y(o_Y + b * s_Yn + (z * CI + n) * s_Yc + h * s_Yh + q * s_Yw, s);"),
            p, (long)image[0] * image[2] * image[3], window[1], (long)(window[0] / c.Groups) * window[2] * window[3], c.Groups);
    }

    /// <summary>Rows are output channels, columns a tap of an input channel, the depth are output pixels. The gradient of the bias is one more column, of products with 1.</summary>
    static void OfWeight(GpuDevice device, ConvGeometry c, Reading grad, Shape result, Operand x, Shape window, Operand? y, Operand? bias)
    {
        long taps = y is null ? 0 : (long)window[1] * window[2] * window[3];
        var p = grad.Add(Sizes(new Parameters(Types.Wide((y ?? bias)!.Value.DType)), c, x.Layout.Shape, window, result)).Input("B", x).Strides("B", x, "nchw").Size("TAPS", taps);
        string store = "";
        if (y is { } weight)
        {
            p.Output("Y", weight).Strides("Y", weight, "nchw");
            store = "if (n < TAPS) { const N c = n % CI, kw = n / CI % KW, kh = n / CI / KW; SET_Y(o_Y + (z * CO + m) * s_Yn + c * s_Yc + kh * s_Yh + kw * s_Yw, s); }";
        }
        if (bias is { } b)
        {
            p.Output("D", b).Strides("D", b, "o");
            store += " if (n == TAPS) SET_D(o_D + (z * CO + m) * s_Do, s);";
        }
        const string Output = "const N ow = k % OW, oh = k / OW % OH, i = k / OW / OH; ";
        Product.Run(device, new($"convolution weight gradient{grad.Name} {y is null} {bias is null}", "", Output + "const N o = z * CO + m; " + grad.Read,
            "if (n == TAPS) v = 1; else { " + Output + "const N c = n % CI, kw = n / CI % KW, kh = n / CI / KW, h = oh * SH - PH + kh * DH, q = ow * SW - PW + kw * DW; "
                + "if (h >= 0 && h < H && q >= 0 && q < W) v = B(o_B + i * s_Bn + (z * CI + c) * s_Bc + h * s_Bh + q * s_Bw); }",
            store), p, window[0] / c.Groups, taps + (bias is null ? 0 : 1), (long)result[0] * result[2] * result[3], c.Groups);
    }
}
