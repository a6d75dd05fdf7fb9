namespace Candeia.Gpu;

/// <summary>What moves elements: copies into other layouts and types, fills, joining.</summary>
internal static class Copies
{
    public static bool Convert(GpuDevice device, in OpCall call) => Into(device, call.Output(0), call.Input(0));

    /// <summary>Writes values over a tensor, stretched and converted.</summary>
    public static bool Into(GpuDevice device, Operand y, Operand x)
    {
        if (x.IsNumber) return Fill(device, y, x);
        if (x.DType == DType.Float64 && Types.Wide(y.DType) != y.DType) return false;
        if (x.DType == y.DType) return Bits(device, y, x);
        if (Types.IsComplex(x.DType) && !Types.IsComplex(y.DType)) return false;
        if (Types.IsComplex(y.DType))
        {
            Map.Run(device, "a", device.HasDouble ? Types.Complex(y, x) : DType.Complex64, y, [x]);
            return true;
        }
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

    /// <summary>A number around a part.</summary>
    public static bool Unslice(GpuDevice device, in OpCall call)
    {
        var op = (UnsliceOp)call.Op;
        var (y, x) = (call.Output(0), call.Input(0));
        if (x.DType != y.DType || x.IsNumber) return false;
        if (Types.IsComplex(y.DType) && op.Value != 0) return false;
        double[] value = op.Value == 0 ? [] : [op.Value];
        Map.Run(device, Types.IsComplex(y.DType) ? "make_@(0, 0)" : op.Value == 0 ? "(T)0" : "(T)k0", Types.Wide(y.DType), y, [], value);
        var part = y.As(op.Place(y.Layout));
        if (!op.MayMeet()) return Into(device, part, x);
        if (Types.IsComplex(y.DType)) return false;
        int last = x.Layout.Shape.Rank - 1;                                  // windows meet along the dimension in which they follow each other
        Rows.Run(device, "unslice", "  EACH(k) { SET_Y(k, Y(k) + A(k)); }", Types.Wide(y.DType), [new("A", x), new("Y", part, true)],
            d => op.Part is not UnfoldOp windows || d == windows.Dim || d == last, isSerial: true);
        return true;
    }
}
