namespace Candeia.Gpu;

/// <summary>Softmax along the last dimension, its logarithm, and both gradients.</summary>
internal static class Softmaxes
{
    public static bool Forward(GpuDevice device, in OpCall call)
    {
        bool isLogarithm = ((SoftmaxOp)call.Op).Logarithm;
        Operand x = call.Input(0), y = call.Output(0);
        int last = x.Layout.Shape.Rank - 1;
        Rows.Run(device, isLogarithm ? "log softmax" : "softmax", $$"""
              T m = -INFINITY; EACH(k) m = max_@(m, A(k));
              TOTAL(m, max_@(m, v));
              T s = 0; EACH(k) s += exp(A(k) - m);
              TOTAL(s, s + v);
              EACH(k) SET_Y(k, {{(isLogarithm ? "A(k) - m - log(s)" : "exp(A(k) - m) / s")}});
            """, Types.Wide(x.DType), [new("A", x), new("Y", y, true)], d => d == last);
        return true;
    }

    public static bool Gradient(GpuDevice device, in OpCall call)
    {
        bool isLogarithm = ((SoftmaxGradientOp)call.Op).Logarithm;
        Operand grad = call.Input(0), y = call.Input(1), dx = call.Output(0);
        int last = y.Layout.Shape.Rank - 1;
        Rows.Run(device, isLogarithm ? "log softmax gradient" : "softmax gradient", $$"""
              T s = 0; EACH(k) s += {{(isLogarithm ? "G(k)" : "G(k) * B(k)")}};
              TOTAL(s, s + v);
              EACH(k) SET_Y(k, {{(isLogarithm ? "G(k) - exp(B(k)) * s" : "B(k) * (G(k) - s)")}});
            """, Types.Wide(y.DType), [new("B", y), new("G", grad), new("Y", dx, true)], d => d == last);
        return true;
    }
}
