namespace Candeia.Tests;

public class GoldenReductionTests
{
    static readonly Dictionary<string, Func<GoldenCall, Tensor[]>> s_ops = new()
    {
        ["sum"] = c => [c[0].Sum(Dims(c), Keep(c))],
        ["mean"] = c => [c[0].Mean(Dims(c), Keep(c))],
        ["prod"] = c => [c[0].Prod(Dims(c), Keep(c))],
        ["amax"] = c => [c[0].Amax(Dims(c), Keep(c))],
        ["amin"] = c => [c[0].Amin(Dims(c), Keep(c))],
        ["logsumexp"] = c => [c[0].LogSumExp(Dims(c), Keep(c))],
        ["std"] = c => [c[0].Std(Dims(c), c.Case.Flag("unbiased", true) ? 1 : 0, Keep(c))],
        ["var"] = c => [c[0].Var(Dims(c), c.Case.Flag("unbiased", true) ? 1 : 0, Keep(c))],
        ["norm"] = c => [c[0].Norm(c.Case.Number("ord"), Dims(c), Keep(c))],
        ["argmax"] = c => [c.Case.Has("dim") ? c[0].ArgMax(c.Case.Int("dim"), Keep(c)) : c[0].ArgMax()],
        ["argmin"] = c => [c.Case.Has("dim") ? c[0].ArgMin(c.Case.Int("dim"), Keep(c)) : c[0].ArgMin()],
        ["median"] = c => c.Case.Has("dim") ? c[0].Median(c.Case.Int("dim"), Keep(c)) is var (values, indices) ? [values, indices] : [] : [c[0].Flatten().Median(0).Values],
        ["any"] = c => [c[0].Any(Dims(c)).Reshape(c.Case.Output.Shape)],
        ["all"] = c => [c[0].All(Dims(c)).Reshape(c.Case.Output.Shape)],
        ["cumsum"] = c => [c[0].Cumsum(c.Case.Int("dim"))],
        ["cumprod"] = c => [c[0].CumProd(c.Case.Int("dim"))],
        ["logcumsumexp"] = c => [c[0].LogCumSumExp(c.Case.Int("dim"))],
        ["softmax"] = c => [c[0].Softmax(c.Case.Int("dim"))],
        ["log_softmax"] = c => [c[0].LogSoftmax(c.Case.Int("dim"))],
    };

    /// <summary>Where we differ on purpose.</summary>
    static readonly string[] s_ours =
    [
        "norm/2x3x4 ord=0.0",                           // a count has no gradient; PyTorch sends zeros
    ];

    public static TheoryData<string> Ops => [.. s_ops.Keys];

    [Theory, MemberData(nameof(Ops))]
    public void Agrees_with_PyTorch(string op) => GoldenCall.Check("reductions", op, s_ops[op], s_ours);

    static int[] Dims(GoldenCall c) => c.Case.Ints("dim") ?? [];

    static bool Keep(GoldenCall c) => c.Case.Flag("keepdim");
}
