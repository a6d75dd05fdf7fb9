namespace Candeia;

public static partial class TensorOps
{
    /// <summary>
    /// softmax(q·kᵀ / √d)·v: for each query the values, weighted by how well their keys match it (<see
    /// href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017</see>): [.., n, d], [.., m, d] and [.., m, e] give [.., n, e]. Memory grows with n + m, not with
    /// n · m: the weights are never there all at once.
    /// </summary>
    /// <param name="query">What each position asks for, [.., n, d].</param>
    /// <param name="key">What each position has to offer, [.., m, d].</param>
    /// <param name="value">What each position says, [.., m, e].</param>
    /// <param name="mask">
    /// What broadcasts to [.., n, m]: truth values, true where a query <b>may</b> look (as in PyTorch, whose MultiheadAttention has it the other way round), or
    /// numbers, which are added to the scores. A query that may look nowhere finds zeros.
    /// </param>
    /// <param name="causal">Whether query i may look at the keys up to i only, of those that the mask shows.</param>
    /// <param name="dropout">The probability with which a weight is dropped. It applies whenever it is not 0: pass 0 when the network is not trained.</param>
    /// <param name="scale">What the products are multiplied by; 1 / √d, if nothing is given.</param>
    /// <param name="generator">Where the randomness of dropout comes from; the global generator, if none is given.</param>
    /// <param name="enableGqa">
    /// Whether several heads of queries may share one of keys and values (<see href="https://arxiv.org/abs/2305.13245">Ainslie et al. 2023</see>): query [.., h, n,
    /// d] with key [.., h / g, m, d].
    /// </param>
    /// <param name="before">With <paramref name="causal"/>: how many keys stand before the first query, such as those of a cache; query i sees the keys up to i + before.</param>
    /// <exception cref="ShapeException">The sizes do not match.</exception>
    /// <exception cref="ArgumentException">The mask has neither truth values nor fractions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The dropout is no probability, or <paramref name="before"/> is negative.</exception>
    /// <example><code>
    /// var tokens = Tensor.Randn([2, 5, 8]);                                    // two sequences of five vectors
    /// Console.WriteLine(tokens.ScaledDotProductAttention(tokens, tokens, causal: true).Shape);      // → [2, 5, 8]
    /// </code></example>
    public static Tensor ScaledDotProductAttention(
        this Tensor query, Tensor key, Tensor value, Tensor? mask = null, bool causal = false, double dropout = 0, double? scale = null, Generator? generator = null,
        bool enableGqa = false, int before = 0)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        if (query.Rank < 2 || key.Rank < 2 || value.Rank < 2 || query.Shape[^1] != key.Shape[^1] || key.Shape[^2] != value.Shape[^2])
            throw new ShapeException($"Attention needs queries [.., n, d], keys [.., m, d] and values [.., m, e], not {query.Shape}, {key.Shape} and {value.Shape}.");
        if (mask is not null && mask.DType != DType.Bool && !mask.DType.IsFloatingPoint())
            throw new ArgumentException($"A mask has truth values, or fractions to be added, not {mask.DType}; convert with To(DType.Bool).");
        if (dropout is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(dropout), $"A probability lies between 0 and 1, not {dropout}.");
        ArgumentOutOfRangeException.ThrowIfNegative(before);
        (query, key, value) = Together(query, key, value, enableGqa);
        if (mask is not null && mask.DType != DType.Bool) mask = mask.To(query.DType);
        var start = dropout == 0 ? default : (generator ?? Generator.Default).Advance(checked(query.Numel / Math.Max(1, query.Shape[^1]) * key.Shape[^2]));
        AttentionOp op = new(scale ?? 1 / Math.Sqrt(query.Shape[^1]), causal, before, dropout, start);
        bool learns = mask is { RequiresGrad: true } && Autograd.Enabled;    // then the gradients of all scores are wanted anyway
        return learns || Tracing.IsOn ? op.Compose([query, key, value, mask!]) : op.Apply(query, key, value, mask);
    }

    /// <summary>Queries, keys and values with the same leading sizes, but for the heads that are shared.</summary>
    static (Tensor Query, Tensor Key, Tensor Value) Together(Tensor query, Tensor key, Tensor value, bool shared)
    {
        Shape q = Lead(query), k = Lead(key), v = Lead(value);
        if (q == k && k == v) return (query, key, value);
        if (!shared)
        {
            var all = Shape.Broadcast(Shape.Broadcast(q, k), v);
            return (To(query, all), To(key, all), To(value, all));
        }
        if (q.Rank == 0 || k != v || q.Rank != k.Rank || q.Slice(0, q.Rank - 1) != k.Slice(0, k.Rank - 1) || k[^1] == 0 || q[^1] % k[^1] != 0)
            throw new ShapeException($"Shared heads of keys and values must be a part of those of queries, [.., h, n, d] and [.., h / g, m, d], not {query.Shape}, {key.Shape} and {value.Shape}.");
        return (query, key, value);

        static Shape Lead(Tensor x) => x.Shape.Slice(0, x.Rank - 2);
        static Tensor To(Tensor x, Shape lead) => Lead(x) == lead ? x : x.Expand(Shape.Create([.. lead.Sizes, x.Shape[^2], x.Shape[^1]]));
    }
}
