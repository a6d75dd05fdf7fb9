namespace Candeia.Tests;

/// <summary>Running results, quantiles, counts, what is sought and what is different.</summary>
static partial class OpTable
{
    static Row[] Statistics =>
    [
        On("cum_prod", x => x[0].CumProd(1), [2, 3, 4]), On("log_cum_sum_exp", x => x[0].LogCumSumExp(1), [2, 3, 4]), On("cum_max", x => x[0].CumMax(1).Values, [2, 5, 2]), On("cum_min", x => x[0].CumMin(-1).Values, [2, 5]),
        On("std_mean", x => x[0].StdMean([1]) is var (s, m) ? s + m : s, [2, 3, 4]), On("var_mean", x => x[0].VarMean([0, 2]) is var (v, m) ? v * m : v, [2, 3, 4]),
        On("nan_sum", x => x[0].NanSum([1]), [2, 3, 4]), On("nan_mean", x => x[0].NanMean([1]), [2, 3, 4]), On("nan_median", x => x[0].NanMedian(1).Values, [2, 3, 4]), On("mode", x => x[0].Mode(1).Values, [2, 3, 4]),
        On("a_min_max", x => x[0].AMinMax(1) is var (least, most) ? least * most : least, [2, 3, 4]), On("dist", x => x[0].Dist(x[1]), [2, 3], [3]), On("renorm", x => x[0].Renorm(2, 0, 1.5), [3, 4]), On("m_sort", x => x[0].MSort(), [4, 3]),
        On("quantile", x => x[0].Quantile(Tensor.From([0.3125, 0.8125]).To(x[0].DType), 1), [2, 5]), On("nan_quantile", x => x[0].NanQuantile(0.4, interpolation: QuantileInterpolation.Midpoint), [2, 5]),
        On("diff", x => x[0].Diff(2, 1), [2, 5]), On("trapezoid", x => x[0].Trapezoid(x[1]), [2, 5], [5]), On("cumulative_trapezoid", x => x[0].CumulativeTrapezoid(0.5, 0), [4, 2]),
        On("count_nonzero along", x => (x[0] > 1).CountNonZero(1).To(x[0].DType), [2, 3, 4]) with { Smooth = false }, On("histc", x => x[0].Histc(4, -2, 2), [30]) with { Smooth = false },
        On("histogram", x => x[0].Histogram(4, (-2, 2)).Counts, [30]) with { Smooth = false }, On("search_sorted", x => x[0].Sort(1).Values.SearchSorted(x[1]).To(x[0].DType), [2, 5], [2, 3]) with { Smooth = false },
        On("bucketize", x => x[0].Bucketize(On(x, Tensor.From([-1.0, 0, 1]))).To(x[0].DType), [2, 5]) with { Smooth = false }, On("is_in", x => x[0].IsIn(x[0][0]).To(x[0].DType), [3, 4]) with { Smooth = false },
        On("unique", x => x[0].Round().Unique(), [3, 4]) with { Smooth = false }, On("unique parts", x => x[0].Round().Unique(0), [6, 1]) with { Smooth = false },
        On("unique_consecutive", x => x[0].Sort(0).Values.UniqueConsecutive(), [8]) with { Smooth = false },
        On("bin_count", x => (x[0] > 1).To(DType.Int64).BinCount(minLength: 3).To(x[0].DType), [8]) with { Smooth = false },
    ];
}
