using static Candeia.Onnx.Forms;

namespace Candeia.Onnx;

/// <summary>Attention, and how places are told to it.</summary>
internal static class AttentionOperators
{
    public static Operator[] All { get; } =
    [
        new("Attention", 23, a =>
        {
            Attention attention = new(a);
            return attention.Run;
        }),
        One("RotaryEmbedding", 23, a =>
        {
            var (interleaved, heads, size) = (a.Flag("interleaved"), a.Int("num_heads", 0), a.Int("rotary_embedding_dim", 0));
            return x => Rotate(x[0], x[1], x[2], x.Maybe(3), interleaved, heads, size);
        }),
    ];

    /// <param name="x">[b, heads, steps, size] or [b, steps, heads · size].</param>
    /// <param name="cos">[positions, size / 2], or [b, steps, size / 2] where there are no ids.</param>
    /// <param name="sin">The same.</param>
    /// <param name="ids">[b, steps].</param>
    /// <param name="interleaved">Whether partners stand side by side, not half the size apart.</param>
    /// <param name="heads">Needed for three dimensions.</param>
    /// <param name="size">How much of each head is turned; 0 for all.</param>
    static Tensor Rotate(Tensor x, Tensor cos, Tensor sin, Tensor? ids, bool interleaved, int heads, int size)
    {
        bool flat = x.Rank == 3;
        var t = flat ? x.Reshape(x.Shape[0], x.Shape[1], heads, -1) : x.Transpose(1, 2);            // [b, steps, heads, size]
        int all = t.Shape[3], turned = size == 0 ? all : size, half = turned / 2;
        Tensor At(Tensor table) => (ids is null ? table : table.IndexSelect(0, ids.Flatten().To(DType.Int64)).Reshape(ids.Shape[0], ids.Shape[1], -1)).Narrow(-1, 0, half).Unsqueeze(2);
        var (c, s) = (At(cos), At(sin));
        var own = t.Narrow(3, 0, turned);
        var pairs = interleaved ? own.Reshape([.. own.Shape.Slice(0, 3), half, 2]) : own.Reshape([.. own.Shape.Slice(0, 3), 2, half]).Transpose(3, 4);
        var (left, right) = (pairs.Select(4, 0), pairs.Select(4, 1));
        var (real, imaginary) = (c * left - s * right, s * left + c * right);
        var result = interleaved ? Tensor.Stack([real, imaginary], 4).Reshape(own.Shape) : Tensor.Cat([real, imaginary], 3);
        if (turned < all) result = Tensor.Cat([result, t.Narrow(3, turned, all - turned)], 3);
        return flat ? result.Reshape(x.Shape) : result.Transpose(1, 2);
    }
}

/// <summary>Scaled dot-product attention with all that ONNX adds to it: groups of heads, a past, masks, a soft cap.</summary>
internal sealed class Attention(Attributes a)
{
    readonly bool _causal = a.Flag("is_causal"), _wantsProduct = a.Wants(3);
    readonly int _queryHeads = a.Int("q_num_heads", 0), _keyHeads = a.Int("kv_num_heads", 0), _product = a.Int("qk_matmul_output_mode", 0);
    readonly double? _scale = a.Has("scale") ? a.Float("scale", 1) : null;
    readonly double _cap = a.Float("softcap", 0);
    readonly DType? _precision = a.Type("softmax_precision");

    public Tensor[] Run(Call x)
    {
        bool flat = x[0].Rank == 3;
        var (q, k, v) = (Heads(x[0], _queryHeads), Heads(x[1], _keyHeads), Heads(x[2], _keyHeads));   // [b, heads, steps, size]
        int past = 0;
        if (x.Maybe(4) is { } pastKey)
        {
            past = pastKey.Shape[2];
            k = Tensor.Cat([pastKey, k], 2);
        }
        if (x.Maybe(5) is { } pastValue) v = Tensor.Cat([pastValue, v], 2);
        var (presentKey, presentValue) = (k, v);
        int groups = q.Shape[1] / k.Shape[1];
        if (groups > 1) (k, v) = (Repeated(k, groups), Repeated(v, groups));
        double root = Math.Sqrt(_scale ?? 1 / Math.Sqrt(q.Shape[3]));
        var raw = (q * root).MatMul((k * root).Transpose(2, 3));                                      // [b, heads, queries, keys]
        var allowed = Allowed(x.Maybe(3) is { DType: DType.Bool } given ? given : null, x.Integers(6), q.Shape[2], k.Shape[2], past);
        var capped = _cap > 0 ? (raw / _cap).Tanh() * _cap : raw;
        var masked = x.Maybe(3) is { DType: not DType.Bool } bias ? capped + Wide(bias, k.Shape[2]) : capped;
        if (allowed is not null) masked = allowed.Where(masked, Tensor.Scalar(double.NegativeInfinity, masked.DType));
        var weights = (_precision is { } fine ? masked.To(fine).Softmax(-1).To(masked.DType) : masked.Softmax(-1));
        // Who may see nothing sees nothing.
        weights = masked.Amax([3], keepDim: true).Eq(double.NegativeInfinity).Where(Tensor.Scalar(0, weights.DType), weights);
        var y = weights.MatMul(v);
        if (flat) y = y.Transpose(1, 2).Reshape(y.Shape[0], y.Shape[2], -1);
        if (!_wantsProduct) return [y, presentKey, presentValue];
        return [y, presentKey, presentValue, _product switch { 0 => raw, 1 => capped, 2 => masked, _ => weights }];
    }

    static Tensor Heads(Tensor x, int heads)
    {
        if (x.Rank == 4) return x;
        if (heads < 1) throw new OnnxException("inputs of three dimensions need q_num_heads and kv_num_heads");
        return x.Reshape(x.Shape[0], x.Shape[1], heads, -1).Transpose(1, 2);
    }

    static Tensor Repeated(Tensor x, int groups) =>
        x.Unsqueeze(2).Expand(x.Shape[0], x.Shape[1], groups, x.Shape[2], x.Shape[3]).Reshape(x.Shape[0], x.Shape[1] * groups, x.Shape[2], x.Shape[3]);

    /// <summary>A mask for all keys: those that it says nothing of are not seen.</summary>
    static Tensor Wide(Tensor mask, int keys) =>
        mask.Shape[^1] >= keys || mask.Shape[^1] == 1 ? mask
        : mask.DType == DType.Bool ? mask.To(DType.UInt8).Pad([0, keys - mask.Shape[^1]]).To(DType.Bool)
        : mask.Pad([0, keys - mask.Shape[^1]], double.NegativeInfinity);

    Tensor? Allowed(Tensor? mask, int[]? lengths, int queries, int keys, int past)
    {
        var allowed = mask is null ? null : Wide(mask, keys);
        var key = Tensor.Arange(keys);
        if (lengths is not null) Also(key.Unsqueeze(0) < Column(lengths));
        if (_causal)
        {
            var query = Tensor.Arange(queries).Unsqueeze(1);
            Also(key <= (lengths is null ? query + past : query + Column(Array.ConvertAll(lengths, n => n - queries))));
        }
        return allowed;

        void Also(Tensor more) => allowed = allowed is null ? more : allowed.LogicalAnd(more);
        static Tensor Column(int[] values) => Tensor.From(Array.ConvertAll(values, n => (long)n)).Reshape(-1, 1, 1, 1);
    }
}
