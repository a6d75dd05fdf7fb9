namespace Candeia.Tests;

/// <summary>Taking, putting and reducing at places; sums of products, distances and slopes.</summary>
static partial class OpTable
{
    static Row Reduced(string name, ScatterReduction reduction, bool includeSelf) =>
        On(name, x => (reduction == ScatterReduction.Mean ? x[0] * 1.0 : x[0]).ScatterReduce(1, On(x, Tensor.From([1L, 0, 1, 0, 0, 2], [2, 3])), x[1], reduction, includeSelf), [2, 3], [2, 3]);

    static Row[] Products =>
    [
        On("take", x => x[0].Take(On(x, Tensor.From([1L, -1, 1]))), [2, 3]), On("put at places", x => x[0].Put(On(x, Tensor.From([1L, -1])), x[1]), [2, 3], [2]), On("put at places, adding", x => x[0].Put(On(x, Tensor.From([1L, 1])), x[1], accumulate: true), [2, 3], [2]),
        On("masked_scatter", x => x[0].MaskedScatter(On(x, Tensor.From([true, false, true])), x[1]), [2, 3], [5]), On("index_put pairs", x => x[0].IndexPut([On(x, Tensor.From([1L, 0])), On(x, Tensor.From([2L, -1]))], x[1]), [2, 3], [2]),
        Reduced("scatter_reduce sum", ScatterReduction.Sum, true), Reduced("scatter_reduce sum of others", ScatterReduction.Sum, false), Reduced("scatter_reduce product", ScatterReduction.Prod, true), Reduced("scatter_reduce product of others", ScatterReduction.Prod, false),
        Reduced("scatter_reduce mean", ScatterReduction.Mean, true), Reduced("scatter_reduce mean of others", ScatterReduction.Mean, false), Reduced("scatter_reduce largest", ScatterReduction.Amax, true), Reduced("scatter_reduce smallest of others", ScatterReduction.Amin, false),
        On("index_reduce", x => x[0].IndexReduce(0, On(x, Tensor.From([1L, 1])), x[1], ScatterReduction.Prod), [2, 3], [2, 3]),
        On("unravel_index", x => On(x, Tensor.From([1L, 5])).UnravelIndex([2, 3])[1].To(x[0].DType) + x[0], [2]),
        On("einsum", x => Tensor.Einsum("bij,jk,bk->ib", x), [2, 3, 2], [2, 3], [2, 3]), On("einsum diagonal", x => Tensor.Einsum("...ii->i...", x), [2, 3, 3]), On("outer", x => x[0].Outer(x[1]), [3], [2]), On("inner", x => x[0].Inner(x[1]), [2, 3], [4, 3]),
        On("tensor_dot", x => x[0].TensorDot(x[1], [0, 2], [1, 0]), [2, 3, 2], [2, 2, 2]), On("add_mm", x => x[0].AddMM(x[1], x[2], 0.5, 2), [3], [2, 2], [2, 3]), On("add_mv", x => x[0].AddMV(x[1], x[2]), [2], [2, 3], [3]),
        On("add_r", x => x[0].AddR(x[1], x[2]), [2, 3], [2], [3]), On("add_bmm", x => x[0].AddBMM(x[1], x[2]), [2, 3], [4, 2, 2], [4, 2, 3]), On("b_add_bmm", x => x[0].BAddBMM(x[1], x[2], alpha: 2), [4, 2, 3], [4, 2, 2], [4, 2, 3]),
        On("kron", x => x[0].Kron(x[1]), [2, 2], [3]), On("cross", x => x[0].Cross(x[1]), [2, 3], [1, 3]),
        On("c_dist", x => x[0].CDist(x[1]), [4, 2], [3, 2]), On("c_dist 1", x => x[0].CDist(x[1], 1), [2, 2, 2], [3, 2]), On("c_dist by products", x => x[0].CDist(x[1]), [26, 2], [2, 2]), On("p_dist", x => x[0].PDist(3), [4, 2]),
        On("cov", x => x[0].Cov(), [3, 5]), On("corr_coef", x => x[0].CorrCoef(), [2, 6]), On("gradient", x => x[0].Gradient([0.5], [1], 2)[0], [2, 5]),
    ];
}
