namespace Candeia.Tests;

public class GoldenMatMulTests
{
    static readonly Dictionary<string, Func<GoldenCall, Tensor>> s_ops = new()
    {
        ["matmul"] = c => c.Case.Label.Split(' ')[0] switch { "first" => c[0].T().MatMul(c[1]), "second" => c[0].MatMul(c[1].T()), _ => c[0].MatMul(c[1]) },
        ["bmm"] = c => c[0].MatMul(c[1]),
        ["dot"] = c => c[0].MatMul(c[1]),
        ["linear"] = c => c[0].Linear(c[1], c.Named("bias")),
    };

    [Fact]
    public void Attention_agrees_with_the_later_versions_of_PyTorch() => GoldenCall.Check("layers", "attention", c =>
        [c[0].ScaledDotProductAttention(c[1], c[2], c.Named("attn_mask"), causal: c.Case.Has("is_causal") && c.Case.Flag("is_causal"))]);

    public static TheoryData<string> Ops => [.. s_ops.Keys];

    [Theory, MemberData(nameof(Ops))]
    public void Agrees_with_PyTorch(string op) => GoldenCall.Check("matmul", op, c => [s_ops[op](c)]);
}
