namespace Candeia.Gpu;

/// <summary>Products of matrices, and linear layers, whose bias and ReLU are added on the way out.</summary>
internal static class Products
{
    public static bool MatMul(GpuDevice device, in OpCall call)
    {
        if (Operands.AnyComplex(call)) return false;
        Run(device, call.Output(0), call.Input(0), call.Input(1));
        return true;
    }

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

    /// <summary>y = a·b for every matrix of the leading dimensions, which are stretched to those of y.</summary>
    public static void Run(GpuDevice device, Operand y, Operand a, Operand b, Operand? bias = null, bool isRelu = false)
    {
        var shape = y.Layout.Shape;
        if (shape.Numel == 0) return;
        Shape batch = shape.Slice(0, shape.Rank - 2);
        Layout[] outer = [Outer(y, batch), Outer(a, batch), Outer(b, batch)];
        var loops = Loops.Over(outer);
        var type = Types.Wide(y.DType);
        var p = new Parameters(type) { Reach = loops.Reach }.Input("A", a).Input("B", b).Output("Y", y);
        foreach (var (name, x) in (ReadOnlySpan<(string, Operand)>)[("A", a), ("B", b), ("Y", y)])
            p.Size($"s_{name}0", x.Layout.Strides[^2]).Size($"s_{name}1", x.Layout.Strides[^1]);
        if (bias is { } row) p.Input("D", row).Size("s_D", row.Layout.Strides[0]);
        loops.Name(p, "z");
        string t = Types.Stored(type), sum = bias is null ? "s" : "s + D(o_D + n * s_D)";
        Product.Run(device, new($"matmul{loops.Rank}{isRelu}",
            $"N i0 = o_Y, i1 = o_A, i2 = o_B; {loops.Walk("z", "z", k => $"i{k}")}",
            "v = A(i1 + m * s_A0 + k * s_A1);", "v = B(i2 + k * s_B0 + n * s_B1);",
            $"SET_Y(i0 + m * s_Y0 + n * s_Y1, {(isRelu ? $"max_{t}({sum}, (T)0)" : sum)});"), p, shape[^2], shape[^1], a.Layout.Shape[^1], loops.Steps);
    }

    static Layout Outer(Operand x, Shape batch)
    {
        int lead = x.Layout.Shape.Rank - 2;
        return new Layout(x.Layout.Shape.Slice(0, lead), x.Layout.Strides[..lead], x.Layout.Offset).Broadcast(batch);
    }
}
