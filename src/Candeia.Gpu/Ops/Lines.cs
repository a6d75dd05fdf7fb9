namespace Candeia.Gpu;

/// <summary>Running results along a dimension: a thread for each line.</summary>
internal static class Lines
{
    static bool Run(GpuDevice device, in OpCall call, string name, int dim, string begin, string step)
    {
        if (Operands.AnyComplex(call)) return false;
        Operand x = call.Input(0), y = call.Output(0);
        if (x.Layout.Shape.Rank == 0) (x, y, dim) = (x.To([1]), y.To([1]), 0);
        if (dim < 0) dim += x.Layout.Shape.Rank;
        Rows.Run(device, name, $"  T s = {begin};\n  EACH(k) {{ const T v = A(k); s = {step}; SET_Y(k, s); }}", Types.Wide(x.DType),
            [new("A", x), new("Y", y, true)], d => d == dim, isSerial: true);
        return true;
    }

    public static bool Cumsum(GpuDevice device, in OpCall call) => Run(device, call, "cumsum", ((CumsumOp)call.Op).Dim, "0", "s + v");

    public static bool CumProd(GpuDevice device, in OpCall call) => Run(device, call, "cumprod", ((CumProdOp)call.Op).Dim, "1", "s * v");

    public static bool LogCumSumExp(GpuDevice device, in OpCall call) => Run(device, call, "logcumsumexp", ((LogCumSumExpOp)call.Op).Dim, "-INFINITY",
        "s == v && fabs(s) == INFINITY ? s : max_@(s, v) + log1p(exp(-fabs(s - v)))");
}
