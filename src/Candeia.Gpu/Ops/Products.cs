namespace Candeia.Gpu;

/// <summary>Products of matrices, and linear layers, whose bias and ReLU are added on the way out.</summary>
internal static class Products
{
    public static bool MatMul(GpuDevice device, in OpCall call)
    {
        Operand y = call.Output(0), a = call.Input(0), b = call.Input(1);
        if (!Operands.AnyComplex(call)) Run(device, y, a, b);
        else if (a.DType != y.DType || b.DType != y.DType) return false;
        else RunComplex(device, y, a, b);
        return true;
    }

    /// <summary>A product of real matrices that are twice as deep and as wide: of each pair of numbers the parts.</summary>
    static void RunComplex(GpuDevice device, Operand y, Operand a, Operand b) => Run(device, Parts(y), Parts(a), Parts(b), new("complex ",
        "v = A(i1 + m * s_A0 + k / 2 * s_A1 + k % 2);", "v = B(i2 + k / 2 * s_B0 + n / 2 * s_B1 + (k + n) % 2); if (k % 2 == 1 && n % 2 == 0) v = -v;",
        "SET_Y(i0 + m * s_Y0 + n / 2 * s_Y1 + n % 2, s);"), new Parameters(Types.Part(y.DType)), 2);

    /// <summary>The same memory as real numbers, of which two are one step.</summary>
    static Operand Parts(Operand x) =>
        x with { DType = Types.Part(x.DType), Layout = new Layout(x.Layout.Shape, [.. x.Layout.Strides.ToArray().Select(s => 2 * s)], 2 * x.Layout.Offset) };

    public static bool Linear(GpuDevice device, in OpCall call) => Linear(device, call, isRelu: false);

    public static bool FusedLinear(GpuDevice device, in OpCall call) => Linear(device, call, isRelu: true);

    static bool Linear(GpuDevice device, in OpCall call, bool isRelu)
    {
        var weight = call.Input(1);
        var layout = weight.Layout;
        var turned = weight.As(new Layout([layout.Shape[1], layout.Shape[0]], [layout.Strides[1], layout.Strides[0]], layout.Offset));
        Run(device, call.Output(0), call.Input(0), turned, call.Inputs > 2 ? call.Input(2) : null, isRelu);
        return true;
    }

    /// <summary>The gradients of a linear layer: that of the bias is one more column of that of the weight, of products with 1.</summary>
    public static bool LinearGradients(GpuDevice device, in OpCall call)
    {
        var wanted = ((LinearGradientsOp)call.Op).Wanted;
        Operand grad = call.Input(0), x = call.Input(1), weight = call.Input(2);
        if (Wants.Wanted(call, wanted, Wanted.Input) is { } dx) Run(device, dx, grad, weight);
        Operand? dw = Wants.Wanted(call, wanted, Wanted.Weight), db = Wants.Wanted(call, wanted, Wanted.Bias);
        if ((dw ?? db) is not { } any) return true;
        var p = new Parameters(Types.Wide(any.DType)).Input("A", grad).Strides("A", grad, "ro").Size("TAPS", dw is null ? 0 : x.Layout.Shape[1]);
        if (dw is { } w) p.Input("B", x).Strides("B", x, "ri").Output("Y", w).Strides("Y", w, "oi");
        if (db is { } b) p.Output("D", b).Strides("D", b, "o");
        string read = dw is null ? "v = 1;" : "if (n == TAPS) v = 1; else v = B(o_B + k * s_Br + n * s_Bi);", store = dw is null ? "" : "if (n < TAPS) SET_Y(o_Y + m * s_Yo + n * s_Yi, s); ";
        if (db is not null) store += "if (n == TAPS) SET_D(o_D + m * s_Do, s);";
        Product.Run(device, new($"linear gradients {wanted & ~Wanted.Input}", "", "v = A(o_A + k * s_Ar + m * s_Ao);", read, store), p, weight.Layout.Shape[0],
            (dw is null ? 0 : x.Layout.Shape[1]) + (db is null ? 0 : 1), x.Layout.Shape[0], 1);
        return true;
    }

    /// <summary>y = a·b for every matrix of the leading dimensions, which are stretched to those of y.</summary>
    public static void Run(GpuDevice device, Operand y, Operand a, Operand b, Operand? bias = null, bool isRelu = false)
    {
        var type = Types.Wide(y.DType);
        var p = new Parameters(type);
        if (bias is { } row) p.Input("D", row).Size("s_D", row.Layout.Strides[0]);
        if (y.Layout.Shape.Numel > 0 && a.Layout.Shape[^1] > 0 && LibraryProducts.TryRun(device, y, a, b, Outer(y, a, b), bias, isRelu)) return;
        string t = Types.Stored(type), sum = bias is null ? "s" : "s + D(o_D + n * s_D)";
        Run(device, y, a, b, new(isRelu ? "relu " : "", "v = A(i1 + m * s_A0 + k * s_A1);", "v = B(i2 + k * s_B0 + n * s_B1);",
            $"SET_Y(i0 + m * s_Y0 + n * s_Y1, {(isRelu ? $"max_{t}({sum}, (T)0)" : sum)});"), p, 1);
    }

    /// <summary>What is read, and what becomes of a sum.</summary>
    readonly record struct Statements(string Name, string A, string B, string Store);

    static void Run(GpuDevice device, Operand y, Operand a, Operand b, Statements statements, Parameters p, int parts)
    {
        var shape = y.Layout.Shape;
        if (shape.Numel == 0) return;
        var loops = Outer(y, a, b);
        p.Reach = loops.Reach;
        p.Input("A", a).Input("B", b).Output("Y", y);
        foreach (var (name, x) in (ReadOnlySpan<(string, Operand)>)[("A", a), ("B", b), ("Y", y)])
            p.Size($"s_{name}0", x.Layout.Strides[^2]).Size($"s_{name}1", x.Layout.Strides[^1]);
        loops.Name(p, "z");
        Product.Run(device, new($"{statements.Name}matmul{loops.Rank}", $"N i0 = o_Y, i1 = o_A, i2 = o_B; {loops.Walk("z", "z", k => $"i{k}")}", statements.A, statements.B, statements.Store),
            p, shape[^2], parts * shape[^1], parts * a.Layout.Shape[^1], loops.Steps);
    }

    /// <summary>The loops over the matrices of the leading dimensions.</summary>
    static Loops Outer(Operand y, Operand a, Operand b)
    {
        Shape batch = y.Layout.Shape.Slice(0, y.Layout.Shape.Rank - 2);
        return Loops.Over([Outer(y, batch), Outer(a, batch), Outer(b, batch)]);
    }

    static Layout Outer(Operand x, Shape batch)
    {
        int lead = x.Layout.Shape.Rank - 2;
        return new Layout(x.Layout.Shape.Slice(0, lead), x.Layout.Strides[..lead], x.Layout.Offset).Broadcast(batch);
    }
}
