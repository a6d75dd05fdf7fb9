using static Candeia.Onnx.Forms;

namespace Candeia.Onnx;

/// <summary>Products of matrices.</summary>
internal static class MatrixOperators
{
    public static Operator[] All { get; } =
    [
        One("MatMul", 1, _ => x => x[0].MatMul(x[1])) with { Weights = [0, 1] },
        One("Einsum", 12, a =>
        {
            string equation = a.Text("equation", "");
            return x => Tensor.Einsum(equation, x.All);
        }),
        Unary("Det", x => x.Det()),
        One("Gemm", 1, Gemm) with { Weights = [0, 1, 2] },
    ];

    static Func<Call, Tensor> Gemm(Attributes a)
    {
        double alpha = a.Float("alpha", 1), beta = a.Float("beta", 1);
        bool turnA = a.Flag("transA"), turnB = a.Flag("transB");
        a.Ignore("broadcast");
        return x =>
        {
            var (left, right, added) = (turnA ? x[0].T() : x[0], x[1], x.Maybe(2));
            // With a row to add and plain factors this is a linear layer.
            if (alpha == 1 && beta == 1 && left.DType.IsFloatingPoint() && added is not { Rank: not 1 } && added?.Shape[0] is var n && (n is null || n == right.Shape[turnB ? 0 : 1]))
                return left.Linear(turnB ? right : right.T(), added);
            var y = left.MatMul(turnB ? right.T() : right);
            if (alpha != 1) y = (y * alpha).To(left.DType);
            return added is null ? y : y + (beta == 1 ? added : (added * beta).To(left.DType));
        };
    }

}
