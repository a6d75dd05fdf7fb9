namespace Candeia.Tests;

public class GoldenUnaryTests
{
    static readonly Dictionary<string, Func<GoldenCall, Tensor>> s_ops = new()
    {
        ["abs"] = c => c[0].Abs(),
        ["neg"] = c => -c[0],
        ["exp"] = c => c[0].Exp(),
        ["expm1"] = c => c[0].Expm1(),
        ["log"] = c => c[0].Log(),
        ["log1p"] = c => c[0].Log1p(),
        ["sqrt"] = c => c[0].Sqrt(),
        ["rsqrt"] = c => c[0].Rsqrt(),
        ["reciprocal"] = c => c[0].Reciprocal(),
        ["square"] = c => c[0].Square(),
        ["sin"] = c => c[0].Sin(),
        ["cos"] = c => c[0].Cos(),
        ["tan"] = c => c[0].Tan(),
        ["atan"] = c => c[0].Atan(),
        ["acos"] = c => c[0].Acos(),
        ["asin"] = c => c[0].Asin(),
        ["acosh"] = c => c[0].Acosh(),
        ["asinh"] = c => c[0].Asinh(),
        ["atanh"] = c => c[0].Atanh(),
        ["exp2"] = c => c[0].Exp2(),
        ["log2"] = c => c[0].Log2(),
        ["log10"] = c => c[0].Log10(),
        ["frac"] = c => c[0].Frac(),
        ["isinf"] = c => c[0].IsInf(),
        ["nan_to_num"] = c => c[0].NanToNum(c.Case.Number("nan"), c.Case.Number("posinf"), c.Case.Number("neginf")),
        ["round"] = c => c[0].Round(c.Case.Int("decimals")),
        ["sinh"] = c => c[0].Sinh(),
        ["cosh"] = c => c[0].Cosh(),
        ["tanh"] = c => c[0].Tanh(),
        ["erf"] = c => c[0].Erf(),
        ["floor"] = c => c[0].Floor(),
        ["ceil"] = c => c[0].Ceil(),
        ["trunc"] = c => c[0].Trunc(),
        ["sign"] = c => c[0].Sign(),
        ["isnan"] = c => c[0].IsNaN(),
        ["isfinite"] = c => c[0].IsFinite(),
        ["logical_not"] = c => !c[0],
        ["clamp"] = c => c[0].Clamp(c.Case.Has("min") ? c.Case.Number("min") : null, c.Case.Has("max") ? c.Case.Number("max") : null),
        ["pow"] = c => double.IsInteger(c.Case.Number("exponent")) ? c[0].Pow(c.Case.Int("exponent")) : c[0].Pow(c.Case.Number("exponent")),

        ["hardshrink"] = c => c[0].Hardshrink(),
        ["softshrink"] = c => c[0].Softshrink(),
        ["tanhshrink"] = c => c[0].Tanhshrink(),
        ["threshold"] = c => c[0].Threshold(c.Case.Number("threshold"), c.Case.Number("value")),
        ["relu"] = c => c[0].Relu(),
        ["relu6"] = c => c[0].Relu6(),
        ["sigmoid"] = c => c[0].Sigmoid(),
        ["silu"] = c => c[0].Silu(),
        ["mish"] = c => c[0].Mish(),
        ["selu"] = c => c[0].Selu(),
        ["logsigmoid"] = c => c[0].LogSigmoid(),
        ["softsign"] = c => c[0].Softsign(),
        ["hardsigmoid"] = c => c[0].Hardsigmoid(),
        ["hardswish"] = c => c[0].Hardswish(),
        ["hardtanh"] = c => c[0].Hardtanh(c.Case.Number("min_val", -1), c.Case.Number("max_val", 1)),
        ["elu"] = c => c[0].Elu(c.Case.Number("alpha", 1)),
        ["celu"] = c => c[0].Celu(c.Case.Number("alpha", 1)),
        ["leaky_relu"] = c => c[0].LeakyRelu(c.Case.Number("negative_slope", 0.01)),
        ["gelu"] = c => c[0].Gelu(c.Case.Text("approximate") == "tanh" ? GeluApproximation.Tanh : GeluApproximation.None),
        ["softplus"] = c => c[0].Softplus(c.Case.Number("beta", 1)),
    };

    /// <summary>Where we differ on purpose.</summary>
    static readonly string[] s_ours =
    [
        "sign/special", "softshrink/special",           // PyTorch 1.13 hides NaN; ours stays NaN
        "mish/special 17 float32",                      // PyTorch's float32 code makes NaN of −∞, its float64 code does not
        "pow/special 17 exponent=0.5", "pow/special 17 float32 exponent=0.5", "pow/edges 18 exponent=0.5",          // PyTorch takes the square root; ours is IEEE's pow
        "pow/special 17 exponent=-0.5", "pow/special 17 float32 exponent=-0.5", "pow/edges 18 exponent=-0.5",
        "hardsigmoid/3x5", "hardsigmoid/edges",         // PyTorch's slope is 1/6 as a float32, even in float64
        "hardswish/edges 18",                           // at −3 PyTorch takes the slope from the right; ours is flat, as at 3
        "softplus/edges 18", "softplus/3x5 beta=0.5",   // PyTorch switches to the identity at a threshold; ours is exact everywhere
    ];

    public static TheoryData<string> Ops => [.. s_ops.Keys];

    [Theory, MemberData(nameof(Ops))]
    public void Agrees_with_PyTorch(string op) => GoldenCall.Check("unary", op, c => [s_ops[op](c)], s_ours);
}
