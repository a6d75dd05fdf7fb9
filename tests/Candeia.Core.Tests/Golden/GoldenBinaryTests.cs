namespace Candeia.Tests;

public class GoldenBinaryTests
{
    static readonly Dictionary<string, Func<GoldenCall, Tensor>> s_ops = new()
    {
        ["add"] = c => c.Case.Has("alpha") ? c[0] + Other(c) * c.Case.Number("alpha") : c[0] + Other(c),
        ["sub"] = c => c[0] - Other(c),
        ["rsub"] = c => Other(c) - c[0],
        ["mul"] = c => c[0] * Other(c),
        ["div"] = c => c.Case.Text("rounding_mode") switch { "floor" => (c[0] / Other(c)).Floor(), "trunc" => (c[0] / Other(c)).Trunc(), _ => c[0] / Other(c) },
        ["rdiv"] = c => Other(c) / c[0],
        ["pow"] = c => c[0].Pow(Other(c)),
        ["rpow"] = c => Other(c).Pow(c[0]),
        ["maximum"] = c => c[0].Maximum(Other(c)),
        ["minimum"] = c => c[0].Minimum(Other(c)),
        ["atan2"] = c => c[0].Atan2(Other(c)),
        ["remainder"] = c => c[0].Remainder(Other(c)),
        ["fmod"] = c => c[0].Fmod(Other(c)),
        ["floor_divide"] = c => c[0].FloorDivide(Other(c)),
        ["eq"] = c => c[0].Eq(Other(c)),
        ["ne"] = c => c[0].Ne(Other(c)),
        ["lt"] = c => c[0] < Other(c),
        ["le"] = c => c[0] <= Other(c),
        ["gt"] = c => c[0] > Other(c),
        ["ge"] = c => c[0] >= Other(c),
        ["logical_and"] = c => c[0].LogicalAnd(c[1]),
        ["logical_or"] = c => c[0].LogicalOr(c[1]),
        ["logical_xor"] = c => c[0].LogicalXor(c[1]),
        ["hypot"] = c => c[0].Hypot(Other(c)),
        ["logaddexp"] = c => c[0].LogAddExp(Other(c)),
        ["lerp"] = c => c[0].Lerp(c[1], c.Named("weight")!),
        ["where"] = c => c[0].Where(c[1], c[2]),
    };

    /// <summary>Where we differ on purpose.</summary>
    static readonly string[] s_ours =
    [
    ];

    public static TheoryData<string> Ops => [.. s_ops.Keys];

    [Theory, MemberData(nameof(Ops))]
    public void Agrees_with_PyTorch(string op) => GoldenCall.Check("binary", op, c => [s_ops[op](c)], s_ours);

    static Tensor Other(GoldenCall c) => !c.Case.Has("other") ? c[1] : c.Case.Args.GetProperty("other").TryGetInt32(out int i) ? i : c.Case.Number("other");
}
