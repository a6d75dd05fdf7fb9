namespace Candeia;

public static partial class TensorOps
{
    /// <summary>
    /// softmax(q·kᵀ / √d)·v: for each query the values, weighted by how well their keys match it (<see
    /// href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017</see>): [.., n, d], [.., m, d] and [.., m, e] give [.., n, e].
    /// </summary>
    /// <param name="query">[.., n, d].</param>
    /// <param name="key">[.., m, d].</param>
    /// <param name="value">[.., m, e].</param>
    /// <param name="mask">What broadcasts to [.., n, m]: a mask is true where a query may look; numbers are added to the scores.</param>
    /// <param name="causal">Whether query i may look at the keys up to i only; not together with a mask.</param>
    /// <param name="dropout">The probability with which a weight is dropped.</param>
    /// <param name="training">Whether weights are dropped at all.</param>
    /// <exception cref="ShapeException">The sizes do not match.</exception>
    public static Tensor ScaledDotProductAttention(
        this Tensor query, Tensor key, Tensor value, Tensor? mask = null, bool causal = false, double dropout = 0, bool training = false)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        if (query.Rank < 2 || key.Rank < 2 || value.Rank < 2 || query.Shape[^1] != key.Shape[^1] || key.Shape[^2] != value.Shape[^2])
            throw new ShapeException($"Attention needs queries [.., n, d], keys [.., m, d] and values [.., m, e], not {query.Shape}, {key.Shape} and {value.Shape}.");
        if (causal && mask is not null) throw new ArgumentException("Attention takes a mask or causal: true, not both; combine them into one mask.");
        if (causal) mask = Tensor.Ones([query.Shape[^2], key.Shape[^2]], query.DType).Tril() > 0;
        var scores = (query * (1 / Math.Sqrt(query.Shape[^1]))).MatMul(key.Transpose(-2, -1));       // [.., n, m]
        if (mask is not null) scores = mask.DType == DType.Bool ? scores.MaskedFill(!mask, double.NegativeInfinity) : scores + mask;
        return scores.Softmax(-1).Dropout(dropout, training).MatMul(value);
    }
}
