namespace Candeia.Gpu;

/// <summary>Ops that are a formula of an element of each input.</summary>
internal static class Pointwise
{
    public static bool TryRun(GpuDevice device, in OpCall call)
    {
        if (call.Op.Formula is not { } formula || call.Outputs != 1) return false;
        var x = Operands.Inputs(call);
        if (Operands.AnyComplex(call))
        {
            if (formula.Complex is null) return false;
            Map.Run(device, formula.Complex, Types.Complex([call.Output(0), .. x]), call.Output(0), x, formula.Numbers, formula.Functions);
            return true;
        }
        if (!Takes(device, call, formula)) return false;
        Map.Run(device, formula.Text, Types.Common(x), call.Output(0), x, formula.Numbers, formula.Functions);
        return true;
    }

    /// <summary>Whether the formula holds for operands that are not complex.</summary>
    public static bool Takes(GpuDevice device, in OpCall call, Formula formula)
    {
        if (call.Op is IsCloseOp or ExponentOp or NanToNumOp && !AnyFloat(call)) return false;      // their functions are of fractions alone
        return device.HasDouble || !formula.Functions.Contains("f64", StringComparison.Ordinal);
    }

    static bool AnyFloat(in OpCall call)
    {
        for (int i = 0; i < call.Inputs; i++) if (Types.IsFloat(call.Input(i).DType)) return true;
        return false;
    }
}
