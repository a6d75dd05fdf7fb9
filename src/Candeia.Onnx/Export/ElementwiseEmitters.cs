namespace Candeia.Onnx;

/// <summary>Ops that take each element for itself, and reductions.</summary>
internal static class ElementwiseEmitters
{
    public static Dictionary<Type, Action<Emission>> All { get; } = new()
    {
        [typeof(AbsOp)] = Same("Abs"), [typeof(NegateOp)] = Same("Neg"), [typeof(SignOp)] = Same("Sign"), [typeof(ReluOp)] = Same("Relu"),
        [typeof(CeilOp)] = Same("Ceil"), [typeof(FloorOp)] = Same("Floor"), [typeof(SqrtOp)] = Same("Sqrt"), [typeof(ReciprocalOp)] = Same("Reciprocal"),
        [typeof(ExpOp)] = Same("Exp"), [typeof(LogOp)] = Same("Log"), [typeof(ErfOp)] = Same("Erf"), [typeof(SigmoidOp)] = Same("Sigmoid"), [typeof(TanhOp)] = Same("Tanh"),
        [typeof(SinOp)] = Same("Sin"), [typeof(CosOp)] = Same("Cos"), [typeof(TanOp)] = Same("Tan"), [typeof(SinhOp)] = Same("Sinh"), [typeof(CoshOp)] = Same("Cosh"),
        [typeof(AsinOp)] = Same("Asin"), [typeof(AcosOp)] = Same("Acos"), [typeof(AtanOp)] = Same("Atan"),
        [typeof(AsinhOp)] = Same("Asinh"), [typeof(AcoshOp)] = Same("Acosh"), [typeof(AtanhOp)] = Same("Atanh"),
        [typeof(RoundOp)] = e => e.Is(((RoundOp)e.Op).Decimals == 0 ? e.Node("Round", [e.In(0, e.Y.DType)]) : throw Emission.Refused("ONNX rounds to whole numbers only")),
        [typeof(RsqrtOp)] = e => e.Is(e.Node("Reciprocal", [e.Node("Sqrt", [e.In(0, e.Y.DType)])])),
        [typeof(Log1pOp)] = e => e.Is(e.Node("Log", [e.Node("Add", [e.In(0, e.Y.DType), e.Number(1)])])),
        [typeof(Expm1Op)] = e => e.Is(e.Node("Sub", [e.Node("Exp", [e.In(0, e.Y.DType)]), e.Number(1)])),
        [typeof(Log2Op)] = e => e.Is(e.Node("Div", [e.Node("Log", [e.In(0, e.Y.DType)]), e.Number(Math.Log(2))])),
        [typeof(Log10Op)] = e => e.Is(e.Node("Div", [e.Node("Log", [e.In(0, e.Y.DType)]), e.Number(Math.Log(10))])),
        [typeof(Exp2Op)] = e => e.Is(e.Node("Pow", [e.Number(2), e.In(0, e.Y.DType)])),
        [typeof(TruncOp)] = e => e.Is(e.Node("Mul", [e.Node("Sign", [e.In(0)]), e.Node("Floor", [e.Node("Abs", [e.In(0)])])])),
        [typeof(SiluOp)] = e => e.Is(e.Node("Mul", [e.In(0, e.Y.DType), e.Node("Sigmoid", [e.In(0, e.Y.DType)])])),
        [typeof(GeluOp)] = e => e.Is(((GeluOp)e.Op).Approximation == GeluApproximation.None ? Gelu(e) : GeluTanh(e)),
        [typeof(ClampOp)] = e => e.Is(Clip(e, e.In(0, e.Y.DType), ((ClampOp)e.Op).Min, ((ClampOp)e.Op).Max)),
        [typeof(LeakyReluOp)] = e => e.Is(e.Node("LeakyRelu", [e.In(0, e.Y.DType)], ("alpha", ((LeakyReluOp)e.Op).NegativeSlope))),
        [typeof(EluOp)] = e => e.Is(Elu(e, (EluOp)e.Op)),
        [typeof(HardsigmoidOp)] = e => e.Is(e.Node("HardSigmoid", [e.In(0, e.Y.DType)], ("alpha", 1.0 / 6), ("beta", 0.5))),
        [typeof(HardswishOp)] = Same("HardSwish"),
        [typeof(SoftplusOp)] = e => e.Is(Softplus(e, ((SoftplusOp)e.Op).Beta)),
        [typeof(LogSigmoidOp)] = e => e.Is(e.Node("Neg", [e.Node("Softplus", [e.Node("Neg", [e.In(0, e.Y.DType)])])])),
        [typeof(MishOp)] = e => e.Is(e.Node("Mul", [e.In(0, e.Y.DType), e.Node("Tanh", [e.Node("Softplus", [e.In(0, e.Y.DType)])])])),
        [typeof(AddOp)] = Both("Add"), [typeof(SubtractOp)] = Both("Sub"), [typeof(MultiplyOp)] = Both("Mul"), [typeof(DivideOp)] = Both("Div"), [typeof(PowOp)] = Both("Pow"),
        [typeof(MaximumOp)] = Both("Max"), [typeof(MinimumOp)] = Both("Min"),
        [typeof(FmodOp)] = e => e.Is(e.Node("Mod", [e.In(0, e.Y.DType), e.In(1, e.Y.DType)], ("fmod", 1L))),
        [typeof(FloorDivideOp)] = e => e.Is(e.Node("Floor", [e.Node("Div", [Fraction(e, 0), Fraction(e, 1)])])),
        [typeof(RemainderOp)] = Remainder,
        [typeof(EqualOp)] = Compared("Equal"), [typeof(LessOp)] = Compared("Less"), [typeof(LessOrEqualOp)] = Compared("LessOrEqual"),
        [typeof(GreaterOp)] = Compared("Greater"), [typeof(GreaterOrEqualOp)] = Compared("GreaterOrEqual"),
        [typeof(NotEqualOp)] = e => e.Is(e.Node("Not", [Comparison(e, "Equal")])),
        [typeof(LogicalAndOp)] = Truth("And"), [typeof(LogicalOrOp)] = Truth("Or"), [typeof(LogicalXorOp)] = Truth("Xor"),
        [typeof(BitwiseAndOp)] = Truth("And"), [typeof(BitwiseOrOp)] = Truth("Or"), [typeof(BitwiseXorOp)] = Truth("Xor"),
        [typeof(BitwiseNotOp)] = e => e.Is(e.Y.DType == DType.Bool ? e.Node("Not", [e.In(0)]) : throw Emission.Refused("bits of whole numbers are changed, for which opset 17 has no operator")),
        [typeof(IsInfOp)] = e => e.Is(e.Node("IsInf", [e.In(0)], ("detect_positive", ((IsInfOp)e.Op).Positive ? 1L : 0L), ("detect_negative", ((IsInfOp)e.Op).Negative ? 1L : 0L))),
        [typeof(WhereOp)] = e => e.Is(e.Node("Where", [e.In(0, DType.Bool), e.In(1, e.Y.DType), e.In(2, e.Y.DType)])),
        [typeof(AddCMulOp)] = e => e.Is(e.Node("Add", [e.In(0), e.Node("Mul", [e.Node("Mul", [e.In(1), e.In(2)]), e.Number(((AddCMulOp)e.Op).Value)])])),
        [typeof(LerpOp)] = e => e.Is(e.Node("Add", [e.In(0), e.Node("Mul", [e.In(2), e.Node("Sub", [e.In(1), e.In(0)])])])),
        [typeof(SumOp)] = e => e.Is(e.Node("ReduceSum", [e.In(0, e.Y.DType), Dims((ReductionOp)e.Op, e)], ("keepdims", Keeps(e)))),
        [typeof(PowersOp)] = Powers,
        [typeof(ProdOp)] = Reduced("ReduceProd"), [typeof(AmaxOp)] = Reduced("ReduceMax"), [typeof(AminOp)] = Reduced("ReduceMin"),
        [typeof(ArgMaxOp)] = e => e.Is(e.Node(((ArgMaxOp)e.Op).Smallest ? "ArgMin" : "ArgMax", [e.In(0)], ("axis", (long)((ArgMaxOp)e.Op).Dim), ("keepdims", e.Y.Rank == e.X(0).Rank ? 1L : 0L))),
        [typeof(CumsumOp)] = e => e.Is(e.Node("CumSum", [e.In(0, e.Y.DType), e.Integers(((CumsumOp)e.Op).Dim)])),
    };

    static Action<Emission> Same(string op) => e => e.Is(e.Node(op, [e.In(0, e.Y.DType)]));

    static Action<Emission> Both(string op) => e => e.Is(e.Node(op, [e.In(0, e.Y.DType), e.In(1, e.Y.DType)]));

    static Action<Emission> Compared(string op) => e => e.Is(Comparison(e, op));

    static string Comparison(Emission e, string op)
    {
        var both = DTypes.Result(e.X(0), e.X(1));
        return e.Node(op, [e.In(0, both), e.In(1, both)]);
    }

    static Action<Emission> Truth(string op) => e => e.Is(e.Y.DType == DType.Bool ? e.Node(op, [e.In(0, DType.Bool), e.In(1, DType.Bool)])
        : throw Emission.Refused("bits of whole numbers are changed, for which opset 17 has no operator"));

    static string Fraction(Emission e, int input) => e.Y.DType.IsFloatingPoint() ? e.In(input, e.Y.DType) : throw Emission.Refused("whole numbers are divided downwards, where ONNX divides towards zero");

    // ONNX has the remainder with the divisor's sign for whole numbers only.
    static void Remainder(Emission e)
    {
        var (a, b) = (e.In(0, e.Y.DType), e.In(1, e.Y.DType));
        e.Is(e.Y.DType.IsFloatingPoint() ? e.Node("Sub", [a, e.Node("Mul", [b, e.Node("Floor", [e.Node("Div", [a, b])])])]) : e.Node("Mod", [a, b]));
    }

    static long Keeps(Emission e) => ((ReductionOp)e.Op).KeepDim ? 1 : 0;

    static string Dims(ReductionOp op, Emission e) => e.Integers([.. op.Dims.Select(d => (long)d)]);

    static void Powers(Emission e)
    {
        var op = (PowersOp)e.Op;
        string away = e.Count > 1 ? e.Node("Sub", [e.In(0, e.Y.DType), e.In(1, e.Y.DType)]) : e.In(0, e.Y.DType);
        if (op.Power is 1 or 2) e.Is(e.Node(op.Power == 1 ? "ReduceL1" : "ReduceSumSquare", [away], ("axes", op.Dims.ToArray()), ("keepdims", Keeps(e))));
        else e.Is(e.Node("ReduceSum", [e.Node("Pow", [e.Node("Abs", [away]), e.Number(op.Power)]), Dims(op, e)], ("keepdims", Keeps(e))));
    }

    // Truth values have no order in ONNX.
    static Action<Emission> Reduced(string op) => e =>
    {
        bool truth = e.Y.DType == DType.Bool;
        string y = e.Node(op, [e.In(0, truth ? DType.Int32 : e.Y.DType)], ("axes", ((ReductionOp)e.Op).Dims.ToArray()), ("keepdims", Keeps(e)));
        e.Is(truth ? e.Cast(y, DType.Bool) : y);
    };

    static string Clip(Emission e, string x, double min, double max) =>
        e.Node("Clip", [x, double.IsNegativeInfinity(min) ? "" : e.Number(min), .. double.IsPositiveInfinity(max) ? (string[])[] : [e.Number(max)]]);

    static string Elu(Emission e, EluOp op)
    {
        string x = e.In(0, e.Y.DType);
        if (op.Rate == 1) return op.Scale == 1 ? e.Node("Elu", [x], ("alpha", op.Alpha)) : e.Node("Selu", [x], ("alpha", op.Alpha), ("gamma", op.Scale));
        return op.Scale == 1 && op.Rate == 1 / op.Alpha ? e.Node("Celu", [x], ("alpha", op.Alpha))
            : throw Emission.Refused($"an exponential unit has α {op.Alpha}, scale {op.Scale} and rate {op.Rate}, for which there is no operator");
    }

    static string Softplus(Emission e, double beta)
    {
        string x = e.In(0, e.Y.DType);
        return beta == 1 ? e.Node("Softplus", [x]) : e.Node("Div", [e.Node("Softplus", [e.Node("Mul", [x, e.Number(beta)])]), e.Number(beta)]);
    }

    static string Gelu(Emission e)
    {
        string x = e.In(0, e.Y.DType), erf = e.Node("Erf", [e.Node("Div", [x, e.Number(Math.Sqrt(2))])]);
        return e.Node("Mul", [e.Node("Mul", [x, e.Node("Add", [erf, e.Number(1)])]), e.Number(0.5)]);
    }

    static string GeluTanh(Emission e)
    {
        string x = e.In(0, e.Y.DType), cube = e.Node("Mul", [e.Node("Mul", [x, x]), x]);
        string inner = e.Node("Mul", [e.Node("Add", [x, e.Node("Mul", [cube, e.Number(0.044715)])]), e.Number(Math.Sqrt(2 / Math.PI))]);
        return e.Node("Mul", [e.Node("Mul", [x, e.Node("Add", [e.Node("Tanh", [inner]), e.Number(1)])]), e.Number(0.5)]);
    }
}
