using Candeia.NN;

namespace Candeia.Text;

/// <summary>One step of a <see cref="Gpt"/>: attention and a small network at each position, each normalized before and added to what there was: [n, length, width] → the same.</summary>
internal sealed class GptBlock(GptConfig config, Generator? generator) : Layer
{
    [StateName("ln_1")]
    readonly LayerNorm ln1 = new([config.Width], config.Epsilon);
    readonly GptAttention attn = new(config, generator);
    [StateName("ln_2")]
    readonly LayerNorm ln2 = new([config.Width], config.Epsilon);
    readonly GptMlp mlp = new(config, generator);

    public override Tensor Forward(Tensor x)
    {
        x = x + x.Apply(ln1).Apply(attn);
        return x + x.Apply(ln2).Apply(mlp);
    }

    /// <summary>The next positions, which see those in the cache and themselves.</summary>
    public Tensor Forward(Tensor x, KeyValueCache cache, int layer)
    {
        x = x + attn.Forward(x.Apply(ln1), cache, layer);
        return x + x.Apply(ln2).Apply(mlp);
    }

    /// <summary>A linear layer that begins as GPT-2's do.</summary>
    internal static Linear Projection(int from, int to, double std, Generator? generator)
    {
        var linear = new Linear(from, to, generator: generator);
        Init.Normal(linear.Weight, std: std, generator: generator);
        Init.Zeros(linear.Bias!);
        return linear;
    }
}

/// <summary>Causal self-attention: queries, keys and values by one product.</summary>
internal sealed class GptAttention(GptConfig config, Generator? generator) : Layer
{
    readonly Linear cAttn = GptBlock.Projection(config.Width, 3 * config.Width, Gpt.Spread, generator);
    readonly Linear cProj = GptBlock.Projection(config.Width, config.Width, Gpt.LastSpread(config), generator);
    readonly Dropout resid = new(config.Dropout, generator);
    readonly int _heads = config.Heads, _width = config.Width;
    readonly double _dropout = config.Dropout;

    protected override string Details => $"{_width}, {_heads} heads";

    public override Tensor Forward(Tensor x)
    {
        var (q, k, v) = Heads(x);
        return Output(q.ScaledDotProductAttention(k, v, causal: true, dropout: IsTraining ? _dropout : 0, generator: generator));
    }

    public Tensor Forward(Tensor x, KeyValueCache cache, int layer)
    {
        var (q, k, v) = Heads(x);
        int before = cache.LengthOf(layer);
        (k, v) = cache.Append(layer, k, v);
        return Output(q.ScaledDotProductAttention(k, v, causal: true, before: before));
    }

    // [n, length, width] → three of [n, heads, length, width / heads], views
    (Tensor Query, Tensor Key, Tensor Value) Heads(Tensor x)
    {
        var parts = new PartsOp(2, [_width, _width, _width]).Apply(x.Apply(cAttn));
        return (Divide(parts[0]), Divide(parts[1]), Divide(parts[2]));

        Tensor Divide(Tensor t) => t.Reshape(t.Shape[0], t.Shape[1], _heads, _width / _heads).Transpose(1, 2);
    }

    Tensor Output(Tensor y) => y.Transpose(1, 2).Flatten(2).Apply(cProj).Apply(resid);
}

/// <summary>The small network at each position.</summary>
internal sealed class GptMlp(GptConfig config, Generator? generator) : Layer
{
    readonly Linear cFc = GptBlock.Projection(config.Width, 4 * config.Width, Gpt.Spread, generator);
    readonly Linear cProj = GptBlock.Projection(4 * config.Width, config.Width, Gpt.LastSpread(config), generator);
    readonly Dropout resid = new(config.Dropout, generator);

    public override Tensor Forward(Tensor x) => x.Apply(cFc).Gelu(GeluApproximation.Tanh).Apply(cProj).Apply(resid);
}
