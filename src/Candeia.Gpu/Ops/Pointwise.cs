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
        var type = Types.Common(x);
        if (!Types.IsFloat(type) && call.Op is IsCloseOp or ExponentOp or NanToNumOp) return false;   // their functions are of fractions alone
        if (!device.HasDouble && formula.Functions.Contains("f64", StringComparison.Ordinal)) return false;
        Map.Run(device, formula.Text, type, call.Output(0), x, formula.Numbers, formula.Functions);
        return true;
    }
}
