namespace Candeia.Gpu;

/// <summary>Tensors that are made of their positions.</summary>
internal static class Creation
{
    public static bool Arange(GpuDevice device, in OpCall call)
    {
        Operand y = call.Output(0), start = call.Input(0), step = call.Input(1);
        if (Types.IsComplex(y.DType)) return false;
        bool isWhole = start.DType == DType.Int64;
        if (!isWhole && !device.HasDouble) return false;
        var p = new Parameters(isWhole ? DType.Int64 : DType.Float64).Output("Y", y);
        if (isWhole) p.Whole("start", start.Number<long>()).Whole("step", step.Number<long>());
        else p.Number("start", start.Number<double>()).Number("step", step.Number<double>());
        Each.Run(device, isWhole ? "arange" : "arange of fractions", isWhole ? "SET_Y(o_Y + e, start + e * step);" : "SET_Y(o_Y + e, start + times_f64(e, step));", p, y.Layout.Shape.Numel);
        return true;
    }

    public static bool Linspace(GpuDevice device, in OpCall call)
    {
        var op = (LinspaceOp)call.Op;
        var y = call.Output(0);
        if (Types.IsComplex(y.DType) || !device.HasDouble) return false;
        var p = new Parameters(DType.Float64).Output("Y", y).Number("start", op.Start).Number("end", op.End);
        Each.Run(device, "linspace", 
            "SET_Y(o_Y + e, e < (count + 1) / 2 ? start + (f64)e * (end - start) / (count > 1 ? count - 1 : 1) : end - (f64)(count - 1 - e) * (end - start) / (count - 1));", p, y.Layout.Shape.Numel);
        return true;
    }

    public static bool Eye(GpuDevice device, in OpCall call)
    {
        var y = call.Output(0);
        if (Types.IsComplex(y.DType)) return false;
        Each.Run(device, "eye", "SET_Y(o_Y + e, e / columns == e % columns ? 1 : 0);", new Parameters(Types.Wide(y.DType)).Output("Y", y).Size("columns", y.Layout.Shape[1]), y.Layout.Shape.Numel);
        return true;
    }
}
