namespace Candeia.Compare;

/// <summary>The ops that are measured; Candeia.Rivals has the same under the same names.</summary>
static class OurOps
{
    public static Dictionary<string, Func<OurOperands, Tensor>> All { get; } = new()
    {
        ["add"] = k => k.A + k.B,
        ["add a row"] = k => k.A + k.Row,
        ["add a column"] = k => k.A + k.Column,
        ["multiply"] = k => k.A * k.B,
        ["multiply by a number"] = k => k.A * 3,
        ["divide"] = k => k.A / k.Positive,
        ["addcmul"] = k => k.A.AddCMul(k.B, k.C, 0.5),
        ["lerp"] = k => k.A.Lerp(k.B, k.Positive),
        ["where"] = k => k.Mask.Where(k.A, k.B),
        ["maximum"] = k => k.A.Maximum(k.B),
        ["clamp"] = k => k.A.Clamp(-0.5, 0.5),
        ["abs"] = k => k.A.Abs(),
        ["exp"] = k => k.A.Exp(),
        ["log"] = k => k.Positive.Log(),
        ["sqrt"] = k => k.Positive.Sqrt(),
        ["rsqrt"] = k => k.Positive.Rsqrt(),
        ["pow"] = k => k.Positive.Pow(k.B),
        ["sin"] = k => k.A.Sin(),
        ["tanh"] = k => k.A.Tanh(),
        ["sigmoid"] = k => k.A.Sigmoid(),
        ["erf"] = k => k.A.Erf(),
        ["relu"] = k => k.A.Relu(),
        ["gelu"] = k => k.A.Gelu(),
        ["silu"] = k => k.A.Silu(),
        ["greater"] = k => k.A > k.B,
        ["masked fill"] = k => k.A.MaskedFill(k.Mask, 1),
        ["to float64"] = k => k.A.To(DType.Float64),
        ["dropout mask"] = k => (k.A > 0.1) * k.B,

        ["sum"] = k => k.A.Sum(),
        ["sum of rows"] = k => k.A.Sum([1]),
        ["sum of columns"] = k => k.A.Sum([0]),
        ["mean of rows"] = k => k.A.Mean([1]),
        ["var of rows"] = k => k.A.Var([1]),
        ["std"] = k => k.A.Std(),
        ["amax of rows"] = k => k.A.Amax([1]),
        ["argmax of rows"] = k => k.A.ArgMax(1),
        ["prod of rows"] = k => k.Positive.Prod([1]),
        ["norm of rows"] = k => k.A.Norm(2, [1]),
        ["logsumexp of rows"] = k => k.A.LogSumExp([1]),
        ["any of columns"] = k => k.Mask.Any([0]),
        ["cumsum of rows"] = k => k.A.Cumsum(1),
        ["cumsum of columns"] = k => k.A.Cumsum(0),
        ["softmax"] = k => k.A.Softmax(1),
        ["log softmax"] = k => k.A.LogSoftmax(1),
        ["layer norm"] = k => k.A.LayerNorm([k.Shape[1]], k.Row, k.Row),

        ["gather"] = k => k.A.Gather(1, k.ColumnIndex),
        ["scatter add"] = k => k.A.ScatterAdd(1, k.ColumnIndex, k.B),
        ["scatter"] = k => k.A.Scatter(1, k.ColumnIndex, k.B),
        ["index select"] = k => k.A.IndexSelect(0, k.RowIndex),
        ["index add"] = k => k.A.IndexAdd(0, k.RowIndex, k.B),
        ["masked select"] = k => k.A.MaskedSelect(k.Mask),
        ["nonzero"] = k => k.Mask.NonZero(),

        ["sort rows"] = k => k.A.Sort(1).Values,
        ["sort"] = k => k.Flat.Sort().Values,
        ["argsort rows"] = k => k.A.ArgSort(1),
        ["topk 10 of rows"] = k => k.A.TopK(10, 1).Values,
        ["kth value of rows"] = k => k.A.KthValue(k.Shape[1] / 3, 1).Values,
        ["median"] = k => k.Flat.Median(),
        ["unique"] = k => k.Thousand.Unique(),
        ["bincount"] = k => k.Thousand.BinCount(minLength: 1000),
        ["histc"] = k => k.Flat.Histc(100, -1, 1),
        ["searchsorted"] = k => k.Sorted.SearchSorted(k.Flat),

        ["transpose, copied"] = k => k.A.Transpose(0, 1).Contiguous(),
        ["cat"] = k => Tensor.Cat([k.A, k.B], 1),
        ["stack"] = k => Tensor.Stack([k.A, k.B], 1),
        ["flip"] = k => k.A.Flip(1),
        ["roll"] = k => k.A.Roll(7, 1),
        ["pad"] = k => k.A.Pad([3, 3, 3, 3]),
        ["tril"] = k => k.A.Tril(),

        ["matmul"] = k => k.A.MatMul(k.B.Transpose(0, 1)),
        ["linear"] = k => k.A.Linear(k.B),
        ["matrix by vector"] = k => k.A.MatMul(k.Row),
        ["einsum ij,kj->ik"] = k => Tensor.Einsum("ij,kj->ik", [k.A, k.B]),
        ["einsum bij,bjk->bik"] = k => Tensor.Einsum("bij,bjk->bik", [k.A, k.B]),

        ["fft"] = k => Fourier.Fft(k.A).Abs(),
        ["rfft"] = k => Fourier.Rfft(k.A).Abs(),
        ["cholesky"] = k => k.Definite.Cholesky(),
        ["qr"] = k => k.A.Qr().R,
        ["svd"] = k => k.A.Svd().S,
        ["eigh"] = k => k.Definite.Eigh().Values,
        ["solve"] = k => Linalg.Solve(k.Definite, k.A),
        ["inverse"] = k => k.Definite.Inv(),
        ["det"] = k => (k.Definite / (2 * k.Shape[^1])).Det(),
    };

    /// <summary>Computes, and gives the numbers if they are asked for.</summary>
    public static float[]? Run(Func<Tensor> op, bool read)
    {
        using var scope = Scope.Begin();
        using var frozen = Autograd.NoGrad();
        var y = op().Settle();
        return read ? y.To(DType.Float32).ToArray<float>() : null;
    }
}
