namespace Candeia.Tests;

public class GoldenFunctionTests
{
    static readonly Dictionary<string, Func<GoldenCall, Tensor[]>> s_ops = new()
    {
        ["deg2rad"] = c => [c[0].Deg2Rad()],
        ["rad2deg"] = c => [c[0].Rad2Deg()],
        ["isposinf"] = c => [c[0].IsPosInf()],
        ["isneginf"] = c => [c[0].IsNegInf()],
        ["isinf"] = c => [c[0].IsInf()],
        ["isfinite"] = c => [c[0].IsFinite()],
        ["signbit"] = c => [c[0].SignBit()],
        ["log1p"] = c => [c[0].Log1p() / c[0]],
        ["expm1"] = c => [c[0].Expm1() / c[0]],
        ["frexp"] = c => c[0].FrExp() is var (mantissa, exponent) ? [mantissa, exponent] : [],
        ["nan_to_num"] = c => [c[0].NanToNum()],
        ["round"] = c => [c[0].Round(c.Case.Int("decimals"))],

        ["fmax"] = c => [c[0].FMax(c[1])],
        ["fmin"] = c => [c[0].FMin(c[1])],
        ["copysign"] = c => [c[0].CopySign(c[1])],
        ["xlogy"] = c => [c[0].XLogY(c[1])],
        ["logaddexp2"] = c => [c[0].LogAddExp2(c[1])],
        ["heaviside"] = c => [c[0].Heaviside(c[1])],
        ["nextafter"] = c => [c[0].NextAfter(c[1])],
        ["ldexp"] = c => [c[0].LdExp(c[1])],
        ["float_power"] = c => [c[0].FloatPower(c[1]).To(c[1].DType)],
        ["isclose"] = c => [c[0].IsClose(c[1], c.Case.Number("rtol", 1e-5), c.Case.Number("atol", 1e-8), c.Case.Flag("equal_nan"))],

        ["gcd"] = c => [c[0].Gcd(c[1])],
        ["lcm"] = c => [c[0].Lcm(c[1])],
        ["bitwise_and"] = c => [c[0].BitwiseAnd(c[1])],
        ["bitwise_or"] = c => [c[0].BitwiseOr(c[1])],
        ["bitwise_xor"] = c => [c[0].BitwiseXor(c[1])],
        ["bitwise_not"] = c => [c[0].BitwiseNot()],
        ["bitwise_left_shift"] = c => [c[0] << c[1]],
        ["bitwise_right_shift"] = c => [c[0] >> c[1]],

        ["addcmul"] = c => [c[0].AddCMul(c[1], c[2], c.Case.Number("value", 1))],
        ["addcdiv"] = c => [c[0].AddCDiv(c[1], c[2], c.Case.Number("value", 1))],
        ["lerp"] = c => [c[0].Lerp(c[1], c.Case.Has("weight") ? c.Case.Number("weight") : c[2])],
        ["clamp"] = c => [c[0].Clamp(c.Named("min"), c.Named("max"))],
    };

    /// <summary>Where we differ on purpose.</summary>
    static readonly string[] s_ours =
    [
    ];

    public static TheoryData<string> Ops => [.. s_ops.Keys];

    [Theory, MemberData(nameof(Ops))]
    public void Agrees_with_PyTorch(string op) => GoldenCall.Check("functions", op, s_ops[op], s_ours);
}
