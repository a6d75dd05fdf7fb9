using static Candeia.Onnx.Forms;

namespace Candeia.Onnx;

/// <summary>Functions between layers.</summary>
internal static class ActivationOperators
{
    public static Operator[] All { get; } =
    [
        Unary("Relu", x => x.Relu()),
        Unary("Sigmoid", x => x.Sigmoid()),
        Unary("Tanh", x => x.Tanh()),
        Unary("Softplus", x => x.Softplus()),
        Unary("Softsign", x => x.Softsign()),
        Unary("Mish", x => x.Mish()),
        Unary("HardSwish", x => x.Hardswish()),
        Unary("LeakyRelu", a => With(a, "alpha", 0.01, (x, alpha) => x.LeakyRelu(alpha))),
        Unary("Elu", a => With(a, "alpha", 1, (x, alpha) => x.Elu(alpha))),
        Unary("Celu", a => With(a, "alpha", 1, (x, alpha) => x.Celu(alpha))),
        Unary("ThresholdedRelu", a => With(a, "alpha", 1, (x, alpha) => (x > alpha).Where(x, Tensor.Scalar(0, x.DType)))),
        Unary("Swish", a => With(a, "alpha", 1, (x, alpha) => alpha == 1 ? x.Silu() : x * (alpha * x).Sigmoid())),
        Unary("Selu", a => Two(a, "alpha", 1.67326319217681884765625, "gamma", 1.05070102214813232421875, (x, alpha, gamma) => gamma * x.Elu(alpha))),
        Unary("HardSigmoid", a => Two(a, "alpha", 0.2, "beta", 0.5, (x, alpha, beta) => alpha == 1f / 6 && beta == 0.5 ? x.Hardsigmoid() : (alpha * x + beta).Clamp(0, 1))),
        Unary("Shrink", a => Two(a, "lambd", 0.5, "bias", 0, Shrink)),
        Unary("Gelu", a => a.Text("approximate", "none") switch
        {
            "none" => x => x.Gelu(),
            "tanh" => x => x.Gelu(GeluApproximation.Tanh),
            var other => throw new OnnxException($"Gelu is approximated by none or tanh, not {OnnxException.Quote(other)}"),
        }),
        One("PRelu", 1, _ => x => PRelu(x[0], x[1])) with { Weights = [1] },
        .. Along("Softmax", (x, axis) => x.Softmax(axis)),
        .. Along("LogSoftmax", (x, axis) => x.LogSoftmax(axis)),
        .. Along("Hardmax", (x, axis) => Hardmax(x, axis)),
    ];

    static Func<Tensor, Tensor> With(Attributes a, string name, double missing, Func<Tensor, double, Tensor> compute)
    {
        double value = a.Float(name, missing);
        return x => compute(x, value);
    }

    static Func<Tensor, Tensor> Two(Attributes a, string first, double one, string second, double two, Func<Tensor, double, double, Tensor> compute)
    {
        (double x1, double x2) = (a.Float(first, one), a.Float(second, two));
        return x => compute(x, x1, x2);
    }

    /// <summary>Along one dimension; before opset 13 over all dimensions from one on, taken together.</summary>
    static Operator[] Along(string name, Func<Tensor, int, Tensor> compute) =>
    [
        Unary(name, a =>
        {
            int axis = a.Int("axis", 1);
            return x => x.Rank == 0 ? compute(x, 0) : Together(x, axis < 0 ? axis + x.Rank : axis, compute);
        }),
        Unary(name, a =>
        {
            int axis = a.Int("axis", -1);
            return x => compute(x, axis);
        }, since: 13),
    ];

    static Tensor Together(Tensor x, int axis, Func<Tensor, int, Tensor> compute) =>
        axis == x.Rank - 1 ? compute(x, axis) : compute(x.Reshape([.. x.Shape.Slice(0, axis), (int)x.Shape.Slice(axis, x.Rank - axis).Numel]), axis).Reshape(x.Shape);

    static Tensor Hardmax(Tensor x, int axis)
    {
        int d = Positive(axis, x.Rank);
        var places = Tensor.Arange(x.Shape[d], x.Device).Reshape([x.Shape[d], .. Enumerable.Repeat(1, x.Rank - 1 - d)]);
        return x.ArgMax(d, keepDim: true).Eq(places).To(x.DType);
    }

    static Tensor Shrink(Tensor x, double lambda, double bias)
    {
        var zero = Tensor.Scalar(0, x.DType);
        return (x > lambda).Where(x - bias, (x < -lambda).Where(x + bias, zero));
    }

    // Slopes per channel, as old files have them, stand in a row.
    static Tensor PRelu(Tensor x, Tensor slope)
    {
        if (slope.Rank == 1 && x.Rank > 2 && slope.Shape[0] == x.Shape[1] && slope.Numel > 1) slope = slope.Reshape([-1, .. Enumerable.Repeat(1, x.Rank - 2)]);
        return (x > 0).Where(x, slope * x);
    }
}
