namespace Candeia.Tests;

/// <summary>Functions of elements.</summary>
static partial class OpTable
{
    static Row[] Functions =>
    [
        One("acos", x => x.Acos(), -0.9, 0.9), One("asin", x => x.Asin(), -0.9, 0.9), One("acosh", x => x.Acosh(), 1.2, 3), One("asinh", x => x.Asinh()), One("atanh", x => x.Atanh(), -0.8, 0.8),
        One("exp2", x => x.Exp2()), One("log2", x => x.Log2(), 0.2, 3), One("log10", x => x.Log10(), 0.2, 3), One("deg2rad", x => x.Deg2Rad()), One("rad2deg", x => x.Rad2Deg(), -1, 1),
        One("frac", x => x.Frac()), One("round to a decimal", x => x.Round(1), smooth: false), One("nan_to_num", x => x.NanToNum()),
        One("direction", x => (Tensor.Complex(x, x + 3).Sgn() * Tensor.Complex(x, x)).Real()), One("is_real", x => x.IsReal().To(x.DType), smooth: false),
        One("is_inf", x => x.IsInf().To(x.DType), smooth: false), One("sign_bit", x => x.SignBit().To(x.DType), smooth: false),
        One("mantissa", x => x.FrExp().Mantissa, 0.3, 3), One("exponent", x => x.FrExp().Exponent.To(x.DType), smooth: false),
        Two("fmax", (a, b) => a.FMax(b)), Two("fmin", (a, b) => a.FMin(b)), Two("hypot", (a, b) => a.Hypot(b), 0.3, 2), Two("copysign", (a, b) => a.CopySign(b.Detach()) * b),
        Two("heaviside", (a, b) => a.Heaviside(b), smooth: false), Two("xlogy", (a, b) => a.XLogY(b), 0.3, 2), Two("logaddexp", (a, b) => a.LogAddExp(b)), Two("logaddexp2", (a, b) => a.LogAddExp2(b)),
        Two("ldexp", (a, b) => a.LdExp(b)), Two("float_power", (a, b) => a.FloatPower(b).To(a.DType), 0.5, 2), Two("clamp by tensors", (a, b) => a.Clamp(b, b + 1)),
        Two("is_close", (a, b) => a.IsClose(b, 0, 0.5).To(a.DType), smooth: false), Two("next_after", (a, b) => a.To(DType.Float64).NextAfter(b.To(DType.Float64)), smooth: false),
        On("lerp", x => x[0].Lerp(x[1], x[2]), [2, 3], [3], [2, 1]), On("lerp by a number", x => x[0].Lerp(x[1], 0.7), [2, 3], [2, 3]),
        On("addcmul", x => x[0].AddCMul(x[1], x[2], 2), [3], [2, 1], [2, 3]), On("addcdiv", x => x[0].AddCDiv(x[1], x[2] + 3, 0.5), [3], [2, 1], [2, 3]),
    ];
}
