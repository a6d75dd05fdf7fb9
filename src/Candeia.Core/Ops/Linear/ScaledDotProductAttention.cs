namespace Candeia;

public static partial class TensorOps
{
    /// <summary>
    /// softmax(q·kᵀ / √d)·v: for each query the values, weighted by how well their keys match it
    /// (<see href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017</see>): [.., n, d], [.., m, d] and [.., m, e] give [.., n, e].
    /// </summary>
    /// <param name="query">What each position asks for, [.., n, d].</param>
    /// <param name="key">What each position has to offer, [.., m, d].</param>
    /// <param name="value">What each position says, [.., m, e].</param>
    /// <param name="mask">
    /// What broadcasts to [.., n, m]: truth values, true where a query <b>may</b> look (as in PyTorch, whose MultiheadAttention has it the other way
    /// round), or numbers, which are added to the scores. A query that may look nowhere finds zeros.
    /// </param>
    /// <param name="causal">Whether query i may look at the keys up to i only; not together with a mask.</param>
    /// <param name="dropout">
    /// The probability with which a weight is dropped. It applies whenever it is not 0: pass 0 when the network is not trained.
    /// </param>
    /// <param name="scale">What the products are multiplied by; 1 / √d, if nothing is given.</param>
    /// <param name="generator">Where the randomness of dropout comes from; the global generator, if none is given.</param>
    /// <exception cref="ShapeException">The sizes do not match.</exception>
    /// <exception cref="ArgumentException">
    /// The mask has neither truth values nor fractions, or comes together with <paramref name="causal"/>.
    /// </exception>
    /// <example><code>
    /// var tokens = Tensor.Randn([2, 5, 8]);                                    // two sequences of five vectors
    /// Console.WriteLine(tokens.ScaledDotProductAttention(tokens, tokens, causal: true).Shape);      // → [2, 5, 8]
    /// </code></example>
    public static Tensor ScaledDotProductAttention(
        this Tensor query, Tensor key, Tensor value, Tensor? mask = null, bool causal = false, double dropout = 0, double? scale = null, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        if (query.Rank < 2 || key.Rank < 2 || value.Rank < 2 || query.Shape[^1] != key.Shape[^1] || key.Shape[^2] != value.Shape[^2])
            throw new ShapeException($"Attention needs queries [.., n, d], keys [.., m, d] and values [.., m, e], not {query.Shape}, {key.Shape} and {value.Shape}.");
        if (causal && mask is not null) throw new ArgumentException("Attention takes a mask or causal: true, not both; combine them into one mask.");
        if (mask is not null && mask.DType != DType.Bool && !mask.DType.IsFloatingPoint())
            throw new ArgumentException($"A mask has truth values, or fractions to be added, not {mask.DType}; convert with To(DType.Bool).");
        var scores = (query * (scale ?? 1 / Math.Sqrt(query.Shape[^1]))).MatMul(key.Transpose(-2, -1));       // [.., n, m]
        if (causal) return Found(scores.MaskedFill(!May(query, key), double.NegativeInfinity).Softmax(-1));
        if (mask is null) return Found(scores.Softmax(-1));
        var hidden = mask.DType == DType.Bool ? !mask : mask.Eq(double.NegativeInfinity);
        var blind = hidden.All([-1], keepDim: true);                   // these see all, whatever that is, and forget it
        scores = mask.DType == DType.Bool ? scores.MaskedFill(hidden & !blind, double.NegativeInfinity) : scores + mask.MaskedFill(blind, 0);
        return Found(scores.Softmax(-1).MaskedFill(blind, 0));

        Tensor Found(Tensor weights) => weights.Dropout(dropout, training: true, generator).MatMul(value);
    }

    /// <summary>Where queries may look if none may look ahead: [n, m].</summary>
    static Tensor May(Tensor query, Tensor key) => Tensor.Ones([query.Shape[^2], key.Shape[^2]], DType.Bool, query.Device).Tril();
}
