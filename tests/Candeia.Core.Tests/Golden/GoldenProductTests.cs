namespace Candeia.Tests;

public class GoldenProductTests
{
    static readonly Dictionary<string, Func<GoldenCall, Tensor[]>> s_ops = new()
    {
        ["einsum"] = c => [Tensor.Einsum(c.Case.Text("equation")!, c.Inputs)],
        ["tensordot"] = c => [c.Case.Args.GetProperty("dims").ValueKind == System.Text.Json.JsonValueKind.Number ? c[0].TensorDot(c[1], c.Case.Int("dims")) : c[0].TensorDot(c[1], Dims(c, 0), Dims(c, 1))],
        ["outer"] = c => [c[0].Outer(c[1])],
        ["inner"] = c => [c[0].Inner(c[1])],
        ["addmm"] = c => [c[0].AddMM(c[1], c[2], Beta(c), Alpha(c))],
        ["addmv"] = c => [c[0].AddMV(c[1], c[2], Beta(c), Alpha(c))],
        ["addr"] = c => [c[0].AddR(c[1], c[2], Beta(c), Alpha(c))],
        ["addbmm"] = c => [c[0].AddBMM(c[1], c[2], Beta(c), Alpha(c))],
        ["baddbmm"] = c => [c[0].BAddBMM(c[1], c[2], Beta(c), Alpha(c))],
        ["multi_dot"] = c => [Linalg.MultiDot(c.Inputs)],
        ["kron"] = c => [c[0].Kron(c[1])],
        ["cross"] = c => [c[0].Cross(c[1], c.Case.Int("dim", -1))],
        ["cdist"] = c => [c[0].CDist(c[1], c.Case.Number("p", 2))],
        ["pdist"] = c => [c[0].PDist(c.Case.Number("p", 2))],
        ["cov"] = c => [c[0].Cov(c.Case.Int("correction", 1), c.Named("fweights"), c.Named("aweights"))],
        ["corrcoef"] = c => [c[0].CorrCoef()],
        ["gradient"] = c => c.Named("a") is { } a ? c[0].Gradient([a, c.Named("b")!], edgeOrder: c.Case.Int("edge_order"))
            : c[0].Gradient(Spacing(c), c.Case.Ints("dim") ?? [], c.Case.Int("edge_order")),
    };

    public static TheoryData<string> Ops => [.. s_ops.Keys];

    [Theory, MemberData(nameof(Ops))]
    public void Agrees_with_PyTorch(string op) => GoldenCall.Check("products", op, s_ops[op]);

    static double Beta(GoldenCall c) => c.Case.Number("beta", 1);

    static double Alpha(GoldenCall c) => c.Case.Number("alpha", 1);

    static int[] Dims(GoldenCall c, int of) => [.. c.Case.Args.GetProperty("dims")[of].EnumerateArray().Select(d => d.GetInt32())];

    static double[] Spacing(GoldenCall c) => !c.Case.Args.TryGetProperty("spacing", out var spacing) ? []
        : spacing.ValueKind == System.Text.Json.JsonValueKind.Number ? [spacing.GetDouble()] : [.. spacing.EnumerateArray().Select(s => s.GetDouble())];
}
