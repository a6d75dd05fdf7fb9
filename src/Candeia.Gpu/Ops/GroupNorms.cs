namespace Candeia.Gpu;

/// <summary>Normalization over groups of channels: their dimension is seen as two.</summary>
internal static class GroupNorms
{
    public static bool Forward(GpuDevice device, in OpCall call)
    {
        var op = (GroupNormOp)call.Op;
        Operand x = call.Input(0), y = call.Output(0);
        var shape = x.Layout.Shape;
        if (shape.Numel == 0) return false;
        List<Rows.Part> parts = [new("A", Divided(x, op.Groups)), new("Y", Divided(y, op.Groups), true)];
        if (call.Inputs > 1) parts.AddRange([new("W", Divided(call.Input(1).Along(shape, 1), op.Groups)), new("B", Divided(call.Input(2).Along(shape, 1), op.Groups))]);
        if (call.Outputs > 1) parts.AddRange([new("M", Divided(call.Output(1).InFirst(shape, 2), op.Groups), true), new("F", Divided(call.Output(2).InFirst(shape, 2), op.Groups), true)]);
        string body = LayerNorms.Body(call.Inputs > 1, saves: false) + (call.Outputs > 1 ? "\n  EACH(k) { SET_M(k, mean); SET_F(k, f); }" : "");
        Rows.Run(device, $"group norm {call.Inputs} {call.Outputs}", body, Types.Wide(x.DType), parts.ToArray(), d => d > 1, [op.Epsilon]);
        return true;
    }

    /// <summary>[n, c, …] as [n, groups, c / groups, …].</summary>
    static Operand Divided(Operand x, int groups)
    {
        var layout = x.Layout;
        int[] sizes = [layout.Shape[0], groups, layout.Shape[1] / groups, .. layout.Shape.Sizes()[2..]];
        long[] strides = [layout.Strides[0], layout.Strides[1] * sizes[2], layout.Strides[1], .. layout.Strides[2..]];
        return x.As(new Layout(Shape.Create(sizes), strides, layout.Offset));
    }
}
