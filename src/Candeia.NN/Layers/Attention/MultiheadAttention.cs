namespace Candeia.NN;

/// <summary>
/// Attention with several heads: queries, keys and values are projected, divided among the heads, and what the heads find is projected once more
/// (<see href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017</see>). Batches come first, unlike PyTorch's default, unless <c>batchFirst: false</c> says otherwise.
/// </summary>
/// <example><code>
/// var attention = new MultiheadAttention(8, heads: 2);
/// Tensor words = Tensor.Ones([3, 4, 8]), memory = Tensor.Ones([3, 6, 8]);
/// var (y, weights) = attention.ForwardWithWeights(words, memory, memory);
/// Console.WriteLine($"{y.Shape} {weights.Shape}");                        // → [3, 4, 8] [3, 4, 6]
/// </code></example>
public sealed class MultiheadAttention : Layer
{
    readonly int _embed, _heads;
    readonly bool _zero, _batchFirst;
    readonly double _dropout;
    readonly Generator? _generator;

    /// <param name="embedDim">How many numbers describe a position: in queries and output, and in keys and values where nothing else is said.</param>
    /// <param name="heads">How many heads there are; they divide <paramref name="embedDim"/> evenly.</param>
    /// <param name="dropout">How likely an attention weight is dropped in training.</param>
    /// <param name="bias">Whether the projections add a learnt number to each output.</param>
    /// <param name="addBiasKv">Whether a learnt key and value follow those of the input.</param>
    /// <param name="addZeroAttn">Whether a key and a value of zeros follow.</param>
    /// <param name="kdim">How many numbers a key has; <paramref name="embedDim"/>, if nothing is said.</param>
    /// <param name="vdim">How many numbers a value has; <paramref name="embedDim"/>, if nothing is said.</param>
    /// <param name="batchFirst">Whether inputs are [n, length, features]; otherwise [length, n, features].</param>
    /// <param name="generator">Where initial values and the randomness of dropout come from.</param>
    /// <exception cref="ArgumentException">The heads do not divide <paramref name="embedDim"/>.</exception>
    public MultiheadAttention(
        int embedDim, int heads, double dropout = 0, bool bias = true, bool addBiasKv = false, bool addZeroAttn = false, int? kdim = null, int? vdim = null,
        bool batchFirst = true, Generator? generator = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(embedDim);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heads);
        if (embedDim % heads != 0) throw new ArgumentException($"{embedDim} features cannot be divided among {heads} heads.");
        (_embed, _heads, _zero, _batchFirst, _generator) = (embedDim, heads, addZeroAttn, batchFirst, generator);
        _dropout = dropout is >= 0 and <= 1 ? dropout : throw new ArgumentOutOfRangeException(nameof(dropout), $"A probability lies between 0 and 1, not {dropout}.");
        if ((kdim ?? embedDim) == embedDim && (vdim ?? embedDim) == embedDim) InProjWeight = Projection([3 * embedDim, embedDim]);
        else
        {
            QProjWeight = Projection([embedDim, embedDim]);
            KProjWeight = Projection([embedDim, kdim ?? embedDim]);
            VProjWeight = Projection([embedDim, vdim ?? embedDim]);
        }
        InProjBias = bias ? Parameter.Of(Tensor.Zeros([3 * embedDim])) : null;
        if (addBiasKv)
        {
            BiasK = Parameter.Of(Init.XavierNormal(Tensor.Empty([1, 1, embedDim]), generator: generator));
            BiasV = Parameter.Of(Init.XavierNormal(Tensor.Empty([1, 1, embedDim]), generator: generator));
        }
        OutProj = new(embedDim, embedDim, bias, generator);
        if (OutProj.Bias is not null) Init.Zeros(OutProj.Bias);

        Tensor Projection(Shape shape) => Parameter.Of(Init.XavierUniform(Tensor.Empty(shape), generator: generator));
    }

    /// <summary>The projection of queries [embed, embed], where keys or values have other sizes.</summary>
    public Tensor? QProjWeight { get; set; }

    /// <summary>The projection of keys [embed, kdim], where keys or values have other sizes.</summary>
    public Tensor? KProjWeight { get; set; }

    /// <summary>The projection of values [embed, vdim], where keys or values have other sizes.</summary>
    public Tensor? VProjWeight { get; set; }

    /// <summary>The projections of queries, keys and values, one below the other: [3 · embed, embed]; null where keys or values have other sizes.</summary>
    public Tensor? InProjWeight { get; set; }

    /// <summary>[3 · embed].</summary>
    public Tensor? InProjBias { get; set; }

    /// <summary>The learnt key [1, 1, embed], if there is one.</summary>
    public Tensor? BiasK { get; set; }

    /// <summary>The learnt value [1, 1, embed], if there is one.</summary>
    public Tensor? BiasV { get; set; }

    /// <summary>The projection of what the heads have found.</summary>
    public Linear OutProj { get; }

    /// <inheritdoc/>
    protected internal override string Details => $"{_embed}, {_heads} heads";

    /// <summary>Self-attention: [n, length, embed] → [n, length, embed].</summary>
    public override Tensor Forward(Tensor x) => Forward(x, null, false);

    /// <summary>Self-attention in which positions do not look everywhere.</summary>
    /// <param name="x">[n, length, embed].</param>
    /// <param name="attnMask">As below.</param>
    /// <param name="causal">Whether no position may look at later ones.</param>
    /// <param name="keyPaddingMask">[n, length], as below.</param>
    public Tensor Forward(Tensor x, Tensor? attnMask, bool causal = false, Tensor? keyPaddingMask = null) => Forward(x, x, x, attnMask, causal, keyPaddingMask);

    /// <summary>Queries [n, l, embed] look at keys and values [n, m, …]. One that may look nowhere finds zeros.</summary>
    /// <param name="query">[n, l, embed], or one sequence [l, embed].</param>
    /// <param name="key">[n, m, kdim].</param>
    /// <param name="value">[n, m, vdim].</param>
    /// <param name="attnMask">
    /// What broadcasts to [n, heads, l, m], or is [n · heads, l, m]: truth values, true where a query may <b>not</b> look, as in torch.nn.MultiheadAttention (ScaledDotProductAttention has
    /// it the other way round, there as here); or numbers, which are added to the scores.
    /// </param>
    /// <param name="causal">Whether query i may look at the keys up to i only; together with the masks.</param>
    /// <param name="keyPaddingMask">[n, m]: true where a key is padding at which no query may look.</param>
    /// <exception cref="ShapeException">A mask does not fit.</exception>
    public Tensor Forward(Tensor query, Tensor key, Tensor value, Tensor? attnMask = null, bool causal = false, Tensor? keyPaddingMask = null)
    {
        var heads = Heads.Of(this, query, key, value, attnMask, causal, keyPaddingMask);
        var y = heads.Query.ScaledDotProductAttention(heads.Key, heads.Value, heads.Mask, heads.Causal, IsTraining ? _dropout : 0, generator: _generator);
        return Output(y, query.Rank);
    }

    /// <summary>The same, and how much each query looked at each key. All weights are computed and kept, so this needs more memory.</summary>
    /// <param name="query">As above.</param>
    /// <param name="key">As above.</param>
    /// <param name="value">As above.</param>
    /// <param name="attnMask">As above.</param>
    /// <param name="causal">As above.</param>
    /// <param name="keyPaddingMask">As above.</param>
    /// <param name="averageWeights">Whether the weights are the mean of all heads.</param>
    /// <returns>The output, and weights [n, l, m], or of each head [n, heads, l, m].</returns>
    /// <exception cref="ShapeException">A mask does not fit.</exception>
    public (Tensor Output, Tensor Weights) ForwardWithWeights(
        Tensor query, Tensor key, Tensor value, Tensor? attnMask = null, bool causal = false, Tensor? keyPaddingMask = null, bool averageWeights = true)
    {
        var heads = Heads.Of(this, query, key, value, attnMask, causal, keyPaddingMask);
        var op = new AttentionOp(1 / Math.Sqrt(_embed / _heads), heads.Causal);
        var weights = op.Weights(heads.Query, heads.Key, heads.Mask).Dropout(_dropout, IsTraining, _generator);
        var y = Output(weights.MatMul(heads.Value), query.Rank);
        if (averageWeights) weights = weights.Mean([1]);
        return (y, query.Rank == 2 ? weights.Squeeze(0) : weights);
    }

    /// <summary>Causal self-attention of the next positions, which see all that the cache holds and themselves.</summary>
    /// <param name="x">The next positions [n, length, embed].</param>
    /// <param name="cache">The positions before; these are added.</param>
    /// <param name="layer">Which layer of the cache is this one's.</param>
    /// <exception cref="InvalidOperationException">The cache is full.</exception>
    public Tensor Forward(Tensor x, KeyValueCache cache, int layer)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(cache);
        if (BiasK is not null || _zero) throw new InvalidOperationException("A cache does not go together with addBiasKv or addZeroAttn, whose keys come last.");
        var heads = Heads.Of(this, x, x, x, null, true, null);
        int before = cache.LengthOf(layer);
        var (keys, values) = cache.Append(layer, heads.Key, heads.Value);
        return Output(heads.Query.ScaledDotProductAttention(keys, values, causal: true, before: before), x.Rank);
    }

    // [n, heads, l, embed / heads] → [n, l, embed], a view, and then what was asked for
    Tensor Output(Tensor y, int rank)
    {
        y = y.Transpose(1, 2).Flatten(2).Apply(OutProj);
        return rank == 2 ? y.Squeeze(0) : _batchFirst ? y : y.Transpose(0, 1);
    }

    /// <summary>Queries, keys and values [n, heads, length, embed / heads], and the mask, true where a query may look.</summary>
    readonly record struct Heads(Tensor Query, Tensor Key, Tensor Value, Tensor? Mask, bool Causal)
    {
        public static Heads Of(MultiheadAttention a, Tensor query, Tensor key, Tensor value, Tensor? attnMask, bool causal, Tensor? padding)
        {
            bool self = query == key && key == value;
            query = a.Batch(query, a._embed, "query");
            key = self ? query : a.Batch(key, a.KProjWeight?.Shape[1] ?? a._embed, "key");
            value = self ? query : a.Batch(value, a.VProjWeight?.Shape[1] ?? a._embed, "value");
            if (key.Shape[0] != query.Shape[0] || value.Shape[0] != query.Shape[0] || key.Shape[1] != value.Shape[1])
                throw new ShapeException($"Queries, keys and values must be as many sequences, keys and values of one length, not {query.Shape}, {key.Shape} and {value.Shape}.");
            int e = a._embed, n = query.Shape[0];
            Tensor q, k, v;
            if (self && a.InProjWeight is not null)
            {
                var parts = new PartsOp(2, [e, e, e]).Apply(query.Linear(a.InProjWeight, a.InProjBias));
                (q, k, v) = (parts[0], parts[1], parts[2]);
            }
            else
            {
                var w = a.InProjWeight?.Chunk(3, 0) ?? [a.QProjWeight!, a.KProjWeight!, a.VProjWeight!];
                var b = a.InProjBias?.Chunk(3, 0);
                (q, k, v) = (query.Linear(w[0], b?[0]), key.Linear(w[1], b?[1]), value.Linear(w[2], b?[2]));
            }
            int more = 0;
            if (a.BiasK is not null && a.BiasV is not null)
            {
                k = Tensor.Cat([k, a.BiasK.Expand([n, 1, e])], 1);
                v = Tensor.Cat([v, a.BiasV.Expand([n, 1, e])], 1);
                more++;
            }
            if (a._zero)
            {
                var zero = Tensor.Zeros([n, 1, e], k.DType, k.Device);
                (k, v) = (Tensor.Cat([k, zero], 1), Tensor.Cat([v, zero], 1));
                more++;
            }
            var mask = a.Mask(query, key, attnMask, causal && more > 0, padding);
            if (mask is not null && more > 0) mask = mask.Shape[^1] == 1 ? mask : mask.Pad([0, more], mask.DType == DType.Bool ? 1 : 0);
            return new(a.Divide(q), a.Divide(k), a.Divide(v), mask, causal && more == 0);
        }
    }

    /// <summary>All that is asked for in one mask, true where a query may look; numbers, if there are any.</summary>
    Tensor? Mask(Tensor query, Tensor key, Tensor? attnMask, bool causal, Tensor? padding)
    {
        int n = query.Shape[0], l = query.Shape[1], m = key.Shape[1];
        if (padding is not null && padding.Rank == 1) padding = padding.Unsqueeze(0);
        if (padding is not null && (padding.DType != DType.Bool || padding.Shape != [n, m]))
            throw new ShapeException($"The keyPaddingMask of {n} times {m} keys is bool [{n}, {m}], not {padding.DType} {padding.Shape}.");
        Tensor? hidden = padding?.Reshape(n, 1, 1, m);
        if (causal)
        {
            var ahead = Tensor.Ones([l, m], DType.Bool, query.Device).Triu(1);
            hidden = hidden is null ? ahead : hidden | ahead;
        }
        if (attnMask is null) return hidden is null ? null : !hidden;
        if (attnMask.Rank == 3 && attnMask.Shape[0] == n * _heads) attnMask = attnMask.Reshape(n, _heads, attnMask.Shape[1], attnMask.Shape[2]);
        if (attnMask.DType == DType.Bool) return hidden is null ? !attnMask : !(hidden | attnMask);
        return hidden is null ? attnMask : hidden.Where(double.NegativeInfinity, attnMask);
    }

    // [n, l, embed] → [n, heads, l, embed / heads], a view
    Tensor Divide(Tensor x) => x.Reshape(x.Shape[0], x.Shape[1], _heads, _embed / _heads).Transpose(1, 2);

    /// <summary>Batch first, whatever was given.</summary>
    Tensor Batch(Tensor x, int features, string what)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank is not (2 or 3) || x.Shape[^1] != features)
            throw new ShapeException($"MultiheadAttention of {_embed} features needs a {what} {(_batchFirst ? "[n, length, " : "[length, n, ")}{features}] or [length, {features}], not {x.Shape}.");
        return x.Rank == 2 ? x.Unsqueeze(0) : _batchFirst ? x : x.Transpose(0, 1);
    }
}
