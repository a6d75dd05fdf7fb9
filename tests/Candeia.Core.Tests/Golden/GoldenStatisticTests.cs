using System.Text.Json;

namespace Candeia.Tests;

public class GoldenStatisticTests
{
    static readonly Dictionary<string, Func<GoldenCall, Tensor[]>> s_ops = new()
    {
        ["cumprod"] = c => [c[0].CumProd(c.Case.Int("dim"))],
        ["logcumsumexp"] = c => [c[0].LogCumSumExp(c.Case.Int("dim"))],
        ["cummax"] = c => Pair(c[0].CumMax(c.Case.Int("dim"))),
        ["cummin"] = c => Pair(c[0].CumMin(c.Case.Int("dim"))),

        ["std_mean"] = c => Pair(c[0].StdMean(c.Case.Ints("dim"), c.Case.Flag("unbiased") ? 1 : 0, Keep(c))),
        ["var_mean"] = c => Pair(c[0].VarMean(c.Case.Ints("dim"), c.Case.Flag("unbiased") ? 1 : 0, Keep(c))),
        ["nansum"] = c => [c[0].NanSum(c.Case.Ints("dim"), Keep(c))],
        ["nanmean"] = c => [c[0].NanMean(c.Case.Ints("dim"), Keep(c))],
        ["nanmedian"] = c => Dim(c) is { } dim ? Pair(c[0].NanMedian(dim, Keep(c))) : [c[0].NanMedian()],
        ["mode"] = c => [c[0].Mode(c.Case.Int("dim")).Values],
        ["count_nonzero"] = c => [c[0].CountNonZero(c.Case.Ints("dim") ?? [])],
        ["aminmax"] = c => Pair(c[0].AMinMax(Dim(c), Keep(c))),
        ["dist"] = c => [c[0].Dist(c[1], c.Case.Number("p"))],
        ["renorm"] = c => [c[0].Renorm(c.Case.Number("p"), c.Case.Int("dim"), c.Case.Number("maxnorm"))],
        ["msort"] = c => [c[0].MSort()],

        ["quantile"] = c => [c[0].Quantile(c.Named("q")!, Dim(c), Keep(c), Between(c))],
        ["nanquantile"] = c => [c[0].NanQuantile(c.Named("q")!, Dim(c), Keep(c), Between(c))],

        ["bincount"] = c => [c[0].BinCount(c.Named("weights"), c.Case.Int("minlength")) is var counts && c.Named("weights") is null ? counts : counts.To(c.Real)],
        ["histc"] = c => [c[0].Histc(c.Case.Int("bins"), c.Case.Number("min"), c.Case.Number("max"))],
        ["histogram"] = c => Pair(c.Named("edges") is { } edges ? c[0].Histogram(edges, c.Named("weight"), c.Case.Flag("density"))
            : c[0].Histogram(c.Case.Int("bins"), c.Case.Has("range") ? Range(c) : null, null, c.Case.Flag("density"))),
        ["histogramdd"] = c => c[0].HistogramDD([c.Named("a")!, c.Named("b")!], density: c.Case.Flag("density")) is var (counts, ends) ? [counts, .. ends] : [],

        ["diff"] = c => [c[0].Diff(c.Case.Int("n", 1), c.Case.Int("dim", -1), c.Named("prepend"), c.Named("append"))],
        ["trapezoid"] = c => [c.Named("x") is { } x ? c[0].Trapezoid(x, c.Case.Int("dim", -1)) : c[0].Trapezoid(c.Case.Number("dx", 1), c.Case.Int("dim", -1))],
        ["cumulative_trapezoid"] = c => [c.Named("x") is { } x ? c[0].CumulativeTrapezoid(x, c.Case.Int("dim", -1)) : c[0].CumulativeTrapezoid(c.Case.Number("dx", 1), c.Case.Int("dim", -1))],

        ["searchsorted"] = c => [c[0].SearchSorted(c[1], c.Case.Flag("right"), c.Named("sorter"))],
        ["bucketize"] = c => [c[0].Bucketize(c[1], c.Case.Flag("right"))],
        ["isin"] = c => [c[0].IsIn(c[1], c.Case.Flag("invert"))],
        ["unique"] = c => All(c[0].Unique(true, true, Dim(c))),
        ["unique_consecutive"] = c => All(c[0].UniqueConsecutive(true, true, Dim(c))),
    };

    /// <summary>Where we differ on purpose.</summary>
    static readonly string[] s_ours =
    [
        "nanmean/4x4 dim=1 keepdim=true",               // where nothing is a number, PyTorch's gradient of not-a-number is none either; ours is zero
    ];

    public static TheoryData<string> Ops => [.. s_ops.Keys];

    [Theory, MemberData(nameof(Ops))]
    public void Agrees_with_PyTorch(string op) => GoldenCall.Check("statistics", op, s_ops[op], s_ours);

    static Tensor[] Pair((Tensor A, Tensor B) pair) => [pair.A, pair.B];

    static Tensor[] All((Tensor Values, Tensor? Inverse, Tensor? Counts) found) => [found.Values, found.Inverse!, found.Counts!];

    static int? Dim(GoldenCall c) => !c.Case.Has("dim") || c.Case.Args.GetProperty("dim").ValueKind == JsonValueKind.Null ? null : c.Case.Int("dim");

    static bool Keep(GoldenCall c) => c.Case.Flag("keepdim");

    static QuantileInterpolation Between(GoldenCall c) => Enum.Parse<QuantileInterpolation>(c.Case.Text("interpolation") ?? "linear", ignoreCase: true);

    static (double, double) Range(GoldenCall c) => (c.Case.Args.GetProperty("range")[0].GetDouble(), c.Case.Args.GetProperty("range")[1].GetDouble());
}
