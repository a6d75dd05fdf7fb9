namespace Candeia.Gpu;

/// <summary>What moves elements: copies into other layouts and types, fills, joining.</summary>
internal static class Copies
{
    public static bool Convert(GpuDevice device, in OpCall call) => Into(device, call.Output(0), call.Input(0));

    /// <summary>Writes values over a tensor, stretched and converted.</summary>
    public static bool Into(GpuDevice device, Operand y, Operand x)
    {
        if (x.IsNumber) return Fill(device, y, x);
        if (x.DType != y.DType && (Types.IsComplex(x.DType) || Types.IsComplex(y.DType) || x.DType == DType.Float64 && Types.Wide(y.DType) != y.DType)) return false;
        if (x.DType == y.DType) return Bits(device, y, x);
        Map.Run(device, "a", Types.Wide(x.DType), y, [x]);
        return true;
    }

    static bool Bits(GpuDevice device, Operand y, Operand x)
    {
        if (Types.IsComplex(x.DType) || Types.Wide(x.DType) != x.DType)      // as they lie
        {
            var shape = y.Layout.Shape;
            if (shape.Numel == 0) return true;
            Rows.Run(device, "bits", "BASE_Y[0] = BASE_A[0];", DType.Int32, [new("Y", y, true), new("A", x.To(shape))], _ => false);
        }
        else Map.Run(device, "a", x.DType, y, [x]);
        return true;
    }

    static bool Fill(GpuDevice device, Operand y, Operand number)
    {
        if (Types.IsComplex(y.DType)) return false;
        var type = Types.Wide(y.DType);
        if (y.DType == DType.Float16 && number.DType != DType.Float16) Map.Run(device, "k0", type, y, [], [(double)number.Number<Half>()]);
        else Map.Run(device, "a", type, y, [number]);
        return true;
    }

    public static bool Cat(GpuDevice device, in OpCall call)
    {
        var op = (CatOp)call.Op;
        var y = call.Output(0);
        long at = y.Layout.Offset, stride = y.Layout.Strides[op.Dim];
        foreach (var part in Operands.Inputs(call))
        {
            if (!Into(device, y.As(new Layout(part.Layout.Shape, y.Layout.Strides, at)), part)) return false;
            at += part.Layout.Shape[op.Dim] * stride;
        }
        return true;
    }

    /// <summary>Zeros around a part.</summary>
    public static bool Unslice(GpuDevice device, in OpCall call)
    {
        var op = (UnsliceOp)call.Op;
        var (y, x) = (call.Output(0), call.Input(0));
        if (op.Part is not SliceOp slice || Types.IsComplex(y.DType) || x.DType != y.DType) return false;
        Map.Run(device, "k0", Types.Wide(y.DType), y, [], [0]);
        long[] strides = y.Layout.Strides.ToArray();
        long offset = y.Layout.Offset + slice.Start * strides[slice.Dim];
        strides[slice.Dim] *= slice.Step;
        return Into(device, y.As(new Layout(x.Layout.Shape, strides, offset)), x);
    }
}
