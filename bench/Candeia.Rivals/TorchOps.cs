using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Candeia.Compare;

/// <summary>The ops of Candeia.Compare's table, as libtorch has them.</summary>
static class TorchOps
{
    public static Dictionary<string, Func<TorchOperands, Tensor>> All { get; } = new()
    {
        ["add"] = k => k.A + k.B,
        ["add a row"] = k => k.A + k.Row,
        ["add a column"] = k => k.A + k.Column,
        ["multiply"] = k => k.A * k.B,
        ["multiply by a number"] = k => k.A * 3,
        ["divide"] = k => k.A / k.Positive,
        ["addcmul"] = k => k.A.addcmul(k.B, k.C, 0.5),
        ["lerp"] = k => k.A.lerp(k.B, k.Positive),
        ["where"] = k => where(k.Mask, k.A, k.B),
        ["maximum"] = k => k.A.maximum(k.B),
        ["clamp"] = k => k.A.clamp(-0.5, 0.5),
        ["abs"] = k => k.A.abs(),
        ["exp"] = k => k.A.exp(),
        ["log"] = k => k.Positive.log(),
        ["sqrt"] = k => k.Positive.sqrt(),
        ["rsqrt"] = k => k.Positive.rsqrt(),
        ["pow"] = k => k.Positive.pow(k.B),
        ["sin"] = k => k.A.sin(),
        ["tanh"] = k => k.A.tanh(),
        ["sigmoid"] = k => k.A.sigmoid(),
        ["erf"] = k => k.A.erf(),
        ["relu"] = k => k.A.relu(),
        ["gelu"] = k => F.gelu(k.A),
        ["silu"] = k => F.silu(k.A),
        ["greater"] = k => k.A.gt(k.B),
        ["masked fill"] = k => k.A.masked_fill(k.Mask, 1),
        ["to float64"] = k => k.A.to(ScalarType.Float64),
        ["dropout mask"] = k => (k.A > 0.1) * k.B,

        ["sum"] = k => k.A.sum(),
        ["sum of rows"] = k => k.A.sum([1L]),
        ["sum of columns"] = k => k.A.sum([0L]),
        ["mean of rows"] = k => k.A.mean([1L]),
        ["var of rows"] = k => k.A.var(1L),
        ["std"] = k => k.A.std(),
        ["amax of rows"] = k => k.A.amax([1L]),
        ["argmax of rows"] = k => k.A.argmax(1),
        ["prod of rows"] = k => k.Positive.prod(1),
        ["norm of rows"] = k => k.A.norm(1, p: 2f),
        ["logsumexp of rows"] = k => k.A.logsumexp(1),
        ["any of columns"] = k => k.Mask.any(0),
        ["cumsum of rows"] = k => k.A.cumsum(1),
        ["cumsum of columns"] = k => k.A.cumsum(0),
        ["softmax"] = k => F.softmax(k.A, 1),
        ["log softmax"] = k => F.log_softmax(k.A, 1),
        ["layer norm"] = k => F.layer_norm(k.A, [k.Shape[1]], k.Row, k.Row),

        ["gather"] = k => k.A.gather(1, k.ColumnIndex),
        ["scatter add"] = k => k.A.scatter_add(1, k.ColumnIndex, k.B),
        ["scatter"] = k => k.A.scatter(1, k.ColumnIndex, k.B),
        ["index select"] = k => k.A.index_select(0, k.RowIndex),
        ["index add"] = k => k.A.index_add(0, k.RowIndex, k.B, 1),
        ["masked select"] = k => k.A.masked_select(k.Mask),
        ["nonzero"] = k => k.Mask.nonzero(),

        ["sort rows"] = k => k.A.sort(1).Values,
        ["sort"] = k => k.Flat.sort().Values,
        ["argsort rows"] = k => k.A.argsort(1),
        ["topk 10 of rows"] = k => k.A.topk(10, 1).values,
        ["kth value of rows"] = k => k.A.kthvalue(k.Shape[1] / 3, 1).values,
        ["median"] = k => k.Flat.median(),
        ["unique"] = k => k.Thousand.unique().output,
        ["bincount"] = k => k.Thousand.bincount(null, 1000),
        ["histc"] = k => k.Flat.histc(100, -1, 1),
        ["searchsorted"] = k => searchsorted(k.Sorted, k.Flat),

        ["transpose, copied"] = k => k.A.t().contiguous(),
        ["cat"] = k => cat([k.A, k.B], 1),
        ["stack"] = k => stack([k.A, k.B], 1),
        ["flip"] = k => k.A.flip(1),
        ["roll"] = k => k.A.roll(7, 1),
        ["pad"] = k => F.pad(k.A, [3, 3, 3, 3]),
        ["tril"] = k => k.A.tril(),

        ["matmul"] = k => k.A.matmul(k.B.t()),
        ["linear"] = k => F.linear(k.A, k.B),
        ["matrix by vector"] = k => k.A.matmul(k.Row),
        ["einsum ij,kj->ik"] = k => einsum("ij,kj->ik", k.A, k.B),
        ["einsum bij,bjk->bik"] = k => einsum("bij,bjk->bik", k.A, k.B),

        ["fft"] = k => fft.fft_(k.A).abs(),
        ["rfft"] = k => fft.rfft(k.A).abs(),
        ["cholesky"] = k => linalg.cholesky(k.Definite),
        ["qr"] = k => linalg.qr(k.A).R,
        ["svd"] = k => linalg.svd(k.A).S,
        ["eigh"] = k => linalg.eigh(k.Definite).Item1,
        ["solve"] = k => linalg.solve(k.Definite, k.A),
        ["inverse"] = k => linalg.inv(k.Definite),
        ["det"] = k => linalg.det(k.Definite / (2 * k.Shape[^1])),
    };

    /// <summary>Computes, and gives the numbers if they are asked for.</summary>
    public static float[]? Run(Func<Tensor> op, bool read)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var y = op();
        return read ? y.to(ScalarType.Float32).contiguous().data<float>().ToArray() : null;
    }
}
