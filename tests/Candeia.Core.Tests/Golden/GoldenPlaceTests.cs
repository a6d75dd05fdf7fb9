namespace Candeia.Tests;

public class GoldenPlaceTests
{
    static readonly Dictionary<string, Func<GoldenCall, Tensor[]>> s_ops = new()
    {
        ["take"] = c => [c[0].Take(c.Named("index")!)],
        ["put"] = c => [c[0].Put(c.Named("index")!, c[1], c.Case.Flag("accumulate"))],
        ["index_put"] = c => [c[0].IndexPut(c.Named("columns") is { } columns ? [c.Named("rows")!, columns] : [c.Named("rows")!], c[1], c.Case.Flag("accumulate"))],
        ["masked_scatter"] = c => [c[0].MaskedScatter(c.Named("mask")!, c[1])],
        ["scatter_reduce"] = c => [c[0].ScatterReduce(c.Case.Int("dim"), c.Named("index")!, c[1], Enum.Parse<ScatterReduction>(c.Case.Text("reduce")!, ignoreCase: true), c.Case.Flag("include_self"))],
    };

    /// <summary>Where we differ on purpose: what stood there, and does not count, takes no part of the gradient if it happens to equal the result.</summary>
    static readonly string[] s_ours =
    [
        "scatter_reduce/4x5,3x3,index:3x3 dim=0 reduce=amax include_self=false", "scatter_reduce/4x5,3x3,index:3x3 dim=0 reduce=amin include_self=false",
        "scatter_reduce/ties 4,6,index:6 dim=0 reduce=amax include_self=false", "scatter_reduce/ties 4,6,index:6 dim=0 reduce=amin include_self=false",
        "scatter_reduce/zeros 4,6,index:6 dim=0 reduce=amin include_self=false",
    ];

    public static TheoryData<string> Ops => [.. s_ops.Keys];

    [Theory, MemberData(nameof(Ops))]
    public void Agrees_with_PyTorch(string op) => GoldenCall.Check("places", op, s_ops[op], s_ours);
}
