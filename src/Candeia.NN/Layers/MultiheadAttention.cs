namespace Candeia.NN;

/// <summary>
/// Attention with several heads, batch first: queries, keys and values are projected, divided among the heads, and what the heads find is projected
/// once more (<see href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017</see>).
/// </summary>
public sealed class MultiheadAttention : Layer
{
    readonly int _heads;
    readonly double _dropout;
    readonly Generator? _generator;

    /// <param name="embedDim">How many numbers describe a position: in queries, keys, values and output.</param>
    /// <param name="heads">How many heads there are; they divide <paramref name="embedDim"/> evenly.</param>
    /// <param name="dropout">How likely an attention weight is dropped in training.</param>
    /// <param name="bias">Whether the projections add a learnt number to each output.</param>
    /// <param name="generator">Where initial values and the randomness of dropout come from.</param>
    public MultiheadAttention(int embedDim, int heads, double dropout = 0, bool bias = true, Generator? generator = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(embedDim);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heads);
        if (embedDim % heads != 0) throw new ArgumentException($"{embedDim} features cannot be divided among {heads} heads.");
        (_heads, _generator) = (heads, generator);
        _dropout = dropout is >= 0 and <= 1 ? dropout : throw new ArgumentOutOfRangeException(nameof(dropout), $"A probability lies between 0 and 1, not {dropout}.");
        InProjWeight = Parameter.Of(Init.XavierUniform(Tensor.Empty([3 * embedDim, embedDim]), generator: generator));
        InProjBias = bias ? Parameter.Of(Tensor.Zeros([3 * embedDim])) : null;
        OutProj = new(embedDim, embedDim, bias, generator);
        if (OutProj.Bias is not null) Init.Zeros(OutProj.Bias);
    }

    /// <summary>The projections of queries, keys and values, one below the other: [3 · embed, embed].</summary>
    public Tensor InProjWeight { get; set; }

    /// <summary>[3 · embed].</summary>
    public Tensor? InProjBias { get; set; }

    /// <summary>The projection of what the heads have found.</summary>
    public Linear OutProj { get; }

    /// <inheritdoc/>
    protected internal override string Details => $"{InProjWeight.Shape[1]}, {_heads} heads";

    /// <summary>Self-attention: [n, length, embed] → [n, length, embed].</summary>
    public override Tensor Forward(Tensor x) => Forward(x, null, false);

    /// <summary>Self-attention in which positions do not look everywhere.</summary>
    /// <param name="x">[n, length, embed].</param>
    /// <param name="attnMask">As below.</param>
    /// <param name="causal">Whether no position may look at later ones.</param>
    /// <param name="keyPaddingMask">[n, length], as below.</param>
    public Tensor Forward(Tensor x, Tensor? attnMask, bool causal = false, Tensor? keyPaddingMask = null)
    {
        Check(x);
        var parts = x.Linear(InProjWeight, InProjBias).Chunk(3, -1);
        return Attend(parts[0], parts[1], parts[2], attnMask, causal, keyPaddingMask);
    }

    /// <summary>Queries [n, l, embed] look at keys and values [n, m, embed]. One that may look nowhere finds zeros.</summary>
    /// <param name="query">[n, l, embed].</param>
    /// <param name="key">[n, m, embed].</param>
    /// <param name="value">[n, m, embed].</param>
    /// <param name="attnMask">
    /// What broadcasts to [n, heads, l, m], or is [n · heads, l, m]: truth values, true where a query may <b>not</b> look, as in torch.nn.MultiheadAttention (ScaledDotProductAttention has
    /// it the other way round, there as here); or numbers, which are added to the scores.
    /// </param>
    /// <param name="causal">Whether query i may look at the keys up to i only; together with the masks.</param>
    /// <param name="keyPaddingMask">[n, m]: true where a key is padding at which no query may look.</param>
    /// <exception cref="ShapeException">A mask does not fit.</exception>
    public Tensor Forward(Tensor query, Tensor key, Tensor value, Tensor? attnMask = null, bool causal = false, Tensor? keyPaddingMask = null)
    {
        Check(query);
        Check(key);
        Check(value);
        Tensor[] weights = InProjWeight.Chunk(3, 0);
        Tensor[]? biases = InProjBias?.Chunk(3, 0);
        return Attend(query.Linear(weights[0], biases?[0]), key.Linear(weights[1], biases?[1]), value.Linear(weights[2], biases?[2]), attnMask, causal, keyPaddingMask);
    }

    Tensor Attend(Tensor query, Tensor key, Tensor value, Tensor? attnMask, bool causal, Tensor? keyPaddingMask)
    {
        bool alone = causal && attnMask is null && keyPaddingMask is null;
        var mask = alone ? null : Mask(_heads, query, key, attnMask, causal, keyPaddingMask);
        var y = Heads(query).ScaledDotProductAttention(Heads(key), Heads(value), mask, alone, IsTraining ? _dropout : 0, generator: _generator);   // [n, heads, l, embed / heads]
        return y.Transpose(1, 2).Flatten(2).Apply(OutProj);
    }

    /// <summary>All that is asked for in one mask, true where a query may look; numbers, if there are any.</summary>
    static Tensor? Mask(int heads, Tensor query, Tensor key, Tensor? attnMask, bool causal, Tensor? keyPaddingMask)
    {
        if (keyPaddingMask is not null && (keyPaddingMask.DType != DType.Bool || keyPaddingMask.Shape != [key.Shape[0], key.Shape[1]]))
            throw new ShapeException($"The keyPaddingMask of {key.Shape[0]} times {key.Shape[1]} keys is bool [{key.Shape[0]}, {key.Shape[1]}], not {keyPaddingMask.DType} {keyPaddingMask.Shape}.");
        Tensor? hidden = keyPaddingMask?.Reshape(key.Shape[0], 1, 1, key.Shape[1]);
        if (causal)
        {
            var ahead = Tensor.Ones([query.Shape[1], key.Shape[1]], DType.Bool, query.Device).Triu(1);
            hidden = hidden is null ? ahead : hidden | ahead;
        }
        if (attnMask is null) return hidden is null ? null : !hidden;
        if (attnMask.Rank == 3 && attnMask.Shape[0] == query.Shape[0] * heads) attnMask = attnMask.Reshape(query.Shape[0], heads, attnMask.Shape[1], attnMask.Shape[2]);
        if (attnMask.DType == DType.Bool) return hidden is null ? !attnMask : !(hidden | attnMask);
        return hidden is null ? attnMask : hidden.Where(double.NegativeInfinity, attnMask);
    }

    // [n, l, embed] → [n, heads, l, embed / heads]
    Tensor Heads(Tensor x) => x.Reshape(x.Shape[0], x.Shape[1], _heads, x.Shape[2] / _heads).Transpose(1, 2);

    void Check(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank != 3 || x.Shape[2] != InProjWeight.Shape[1])
            throw new ShapeException($"MultiheadAttention of {InProjWeight.Shape[1]} features needs [n, length, {InProjWeight.Shape[1]}], not {x.Shape}.");
    }
}
