using static Candeia.Onnx.Forms;

namespace Candeia.Onnx;

/// <summary>Operators that take each element for itself.</summary>
internal static class ElementwiseOperators
{
    public static Operator[] All { get; } =
    [
        Unary("Abs", x => x.Abs()),
        Unary("Neg", x => -x),
        Unary("Sign", x => x.Sign()),
        Unary("Floor", x => x.Floor()),
        Unary("Ceil", x => x.Ceil()),
        Unary("Round", x => x.Round()),
        Unary("Sqrt", x => x.Sqrt()),
        Unary("Reciprocal", x => x.Reciprocal()),
        Unary("Exp", x => x.Exp()),
        Unary("Log", x => x.Log()),
        Unary("Erf", x => x.Erf()),
        Unary("Sin", x => x.Sin()),
        Unary("Cos", x => x.Cos()),
        Unary("Tan", x => x.Tan()),
        Unary("Asin", x => x.Asin()),
        Unary("Acos", x => x.Acos()),
        Unary("Atan", x => x.Atan()),
        Unary("Sinh", x => x.Sinh()),
        Unary("Cosh", x => x.Cosh()),
        Unary("Asinh", x => x.Asinh()),
        Unary("Acosh", x => x.Acosh()),
        Unary("Atanh", x => x.Atanh()),
        Unary("IsNaN", x => x.IsNaN()),
        Unary("IsInf", IsInfinite),
        Unary("Not", x => !x),
        Unary("Identity", x => x),
        Unary("Cast", Cast),
        One("CastLike", 1, a =>
        {
            a.Ignore("saturate", "round_mode");
            return x => To(x[0], x[1].DType);
        }),
        .. Binary("Add", (a, b) => a + b),
        .. Binary("Sub", (a, b) => a - b),
        .. Binary("Mul", (a, b) => a * b),
        .. Binary("Div", Divide),
        .. Binary("Pow", (a, b) => a.Pow(b.To(a.DType))),
        .. Binary("And", (a, b) => a.LogicalAnd(b)),
        .. Binary("Or", (a, b) => a.LogicalOr(b)),
        .. Binary("Xor", (a, b) => a.LogicalXor(b)),
        .. Binary("Equal", (a, b) => a.Eq(b)),
        .. Binary("Less", (a, b) => a < b),
        .. Binary("LessOrEqual", (a, b) => a <= b),
        .. Binary("Greater", (a, b) => a > b),
        .. Binary("GreaterOrEqual", (a, b) => a >= b),
        .. Binary("BitwiseAnd", (a, b) => a & b),
        .. Binary("BitwiseOr", (a, b) => a | b),
        .. Binary("BitwiseXor", (a, b) => a ^ b),
        Unary("BitwiseNot", x => ~x),
        One("BitShift", 11, a => a.Text("direction", "") switch
        {
            "LEFT" => x => x[0] << x[1],
            "RIGHT" => x => x[0] >> x[1],
            var other => throw new OnnxException($"bits are shifted LEFT or RIGHT, not {OnnxException.Quote(other)}"),
        }),
        One("Mod", 10, a => a.Flag("fmod") ? x => x[0].Fmod(x[1]) : x => x[0].Remainder(x[1])),
        Many("Max", (a, b) => a.Maximum(b)),
        Many("Min", (a, b) => a.Minimum(b)),
        Many("Sum", (a, b) => a + b),
        One("Mean", 1, _ => x => x.All.Aggregate((a, b) => a + b) / x.Count),
        One("Where", 9, _ => x => x[0].Where(x[1], x[2])),
        One("Clip", 1, a =>
        {
            double min = a.Float("min", double.NegativeInfinity), max = a.Float("max", double.PositiveInfinity);
            return x => Clip(x[0], min, max);
        }),
        One("Clip", 11, _ => x => Clip(x[0], x.Number(1, double.NegativeInfinity), x.Number(2, double.PositiveInfinity))) with { Fixed = [1, 2] },
    ];

    static Operator Many(string name, Func<Tensor, Tensor, Tensor> compute) => One(name, 1, _ => x => x.All.Aggregate(compute));

    // Whole numbers are divided towards zero.
    static Tensor Divide(Tensor a, Tensor b) => a.DType.IsFloatingPoint() ? a / b : (a - a.Fmod(b)).FloorDivide(b);

    static Func<Tensor, Tensor> IsInfinite(Attributes a) => (a.Flag("detect_positive", true), a.Flag("detect_negative", true)) switch
    {
        (true, true) => x => x.Abs().Eq(double.PositiveInfinity),
        (true, false) => x => x.Eq(double.PositiveInfinity),
        (false, true) => x => x.Eq(double.NegativeInfinity),
        _ => x => x.Ne(x).LogicalAnd(x.Eq(x)),
    };

    static Func<Tensor, Tensor> Cast(Attributes a)
    {
        a.Ignore("saturate", "round_mode");                     // of 8-bit floats, which tensors do not have
        var to = a.Type("to", DType.Float32);
        return x => To(x, to);
    }

    static Tensor To(Tensor x, DType to) => x.To(to);

    // The smallest and the largest number are each absent, or of any type; where both meet, the larger bound wins.
    static Tensor Clip(Tensor x, double min, double max) =>
        double.IsNegativeInfinity(min) && double.IsPositiveInfinity(max) ? x : x.Clamp(double.IsNegativeInfinity(min) ? null : min, double.IsPositiveInfinity(max) ? null : max);
}
