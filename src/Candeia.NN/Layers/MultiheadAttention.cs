namespace Candeia.NN;

/// <summary>
/// Attention with several heads, batch first: queries, keys and values are projected, divided among the heads, and what the heads find is projected
/// once more (<see href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017</see>).
/// </summary>
public sealed class MultiheadAttention : Layer
{
    readonly int _heads;
    readonly double _dropout;

    /// <param name="embedDim">The size of queries, keys, values and output.</param>
    /// <param name="heads">The number of heads; must divide embedDim.</param>
    /// <param name="dropout">The probability with which an attention weight is dropped in training.</param>
    /// <param name="bias">Whether the projections add a bias.</param>
    /// <param name="generator">Where initial values come from.</param>
    public MultiheadAttention(int embedDim, int heads, double dropout = 0, bool bias = true, Generator? generator = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(embedDim);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heads);
        if (embedDim % heads != 0) throw new ArgumentException($"{embedDim} features cannot be divided among {heads} heads.");
        (_heads, _dropout) = (heads, dropout);
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

    /// <summary>Self-attention with a mask: what broadcasts to [n, heads, length, length], true where a position may look.</summary>
    public Tensor Forward(Tensor x, Tensor? mask, bool causal = false)
    {
        Check(x);
        var parts = x.Linear(InProjWeight, InProjBias).Chunk(3, -1);
        return Attend(parts[0], parts[1], parts[2], mask, causal);
    }

    /// <summary>Queries [n, l, embed] look at keys and values [n, m, embed].</summary>
    public Tensor Forward(Tensor query, Tensor key, Tensor value, Tensor? mask = null, bool causal = false)
    {
        Check(query);
        Check(key);
        Check(value);
        Tensor[] weights = InProjWeight.Chunk(3, 0);
        Tensor[]? biases = InProjBias?.Chunk(3, 0);
        return Attend(query.Linear(weights[0], biases?[0]), key.Linear(weights[1], biases?[1]), value.Linear(weights[2], biases?[2]), mask, causal);
    }

    Tensor Attend(Tensor query, Tensor key, Tensor value, Tensor? mask, bool causal)
    {
        var y = Heads(query).ScaledDotProductAttention(Heads(key), Heads(value), mask, causal, _dropout, IsTraining);   // [n, heads, l, embed / heads]
        return y.Transpose(1, 2).Flatten(2).Apply(OutProj);
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
