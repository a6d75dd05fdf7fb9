namespace Candeia.Gpu;

/// <summary>Steps of optimizers and other updates in place: many parameters in one launch.</summary>
internal static class Updates
{
    static bool Run(GpuDevice device, string name, string body, List<Rows.Part[]> tensors, double[] numbers)
    {
        Flat.Run(device, name, body, tensors.Where(Flat.Takes), numbers);
        foreach (var parts in tensors)
            if (!Flat.Takes(parts)) Rows.Run(device, name, body, Types.Wide(parts[0].Operand.DType), parts, _ => false, numbers);
        return true;
    }

    public static bool Adam(GpuDevice device, in OpCall call)
    {
        var op = (AdamStepOp)call.Op;
        int n = call.Inputs;
        bool decays = op.WeightDecay != 0;
        string body = $$"""
              T p = P(0), g = G(0);
              {{(!decays ? "" : op.Decoupled ? "p *= k7;" : "g += p * k6;")}}
              const T m = g * k3 + M(0) * k2; T w = g * k5 * g + V(0) * k4;
              SET_M(0, m); SET_V(0, w);
              {{(op.Amsgrad ? "w = max_@(X(0), w); SET_X(0, w);" : "")}}
              SET_P(0, p - k0 * m / (sqrt(w) / k1 + k8));
            """;
        List<Rows.Part[]> tensors = [];
        for (int i = 0; i < n; i++)
        {
            List<Rows.Part> parts = [new("P", call.Output(i), true), new("G", call.Input(i)), new("M", call.Output(n + i), true), new("V", call.Output(2 * n + i), true)];
            if (op.Amsgrad) parts.Add(new("X", call.Output(3 * n + i), true));
            tensors.Add(parts.ToArray());
        }
        double[] numbers = new double[Varying.Most];
        return Run(device, $"adam {op.Amsgrad} {decays} {op.Decoupled}", body, tensors, numbers[..Varying.Numbers(op, numbers)]);
    }

    public static bool Sgd(GpuDevice device, in OpCall call)
    {
        var op = (SgdStepOp)call.Op;
        int n = call.Inputs;
        bool decays = op.WeightDecay != 0, hasMomentum = op.Momentum != 0;
        string momentum = $"const T b = {(op.IsFirst ? "g" : "g * k2 + B(0) * k1")}; SET_B(0, b); g = {(op.Nesterov ? "g + b * k1" : "b")};";
        string body = $"  T p = P(0), g = G(0);\n  {(decays ? "g += p * k3;" : "")}\n  {(hasMomentum ? momentum : "")}\n  SET_P(0, p - g * k0);";
        List<Rows.Part[]> tensors = [];
        for (int i = 0; i < n; i++)
        {
            List<Rows.Part> parts = [new("P", call.Output(i), true), new("G", call.Input(i))];
            if (hasMomentum) parts.Add(new("B", call.Output(n + i), true));
            tensors.Add(parts.ToArray());
        }
        double[] numbers = new double[Varying.Most];
        return Run(device, $"sgd {decays} {hasMomentum} {op.IsFirst} {op.Nesterov}", body, tensors, numbers[..Varying.Numbers(op, numbers)]);
    }

    public static bool Blend(GpuDevice device, in OpCall call)
    {
        var op = (BlendOp)call.Op;
        BatchNorms.Blend(device, call.Output(0), call.Input(0), op.Keep, op.Add);
        return true;
    }

    public static bool Scale(GpuDevice device, in OpCall call)
    {
        if (Operands.AnyComplex(call)) return false;
        for (int i = 0; i < call.Outputs; i++)
        {
            var y = call.Output(i);
            Map.Run(device, "a * b", Types.Common([y, call.Input(0)]), y, [y, call.Input(0)]);
        }
        return true;
    }
}
