namespace Candeia.NN;

/// <summary>
/// That what a thread computes is a share of a batch, the rest of which others compute: layers whose results depend on the whole batch add up what all
/// shares have.
/// </summary>
internal static class Shared
{
    [ThreadStatic] static Func<Tensor, Tensor>? s_sum;

    /// <summary>Adds up a tensor over all shares, with gradients; null where the batch is here as a whole.</summary>
    public static Func<Tensor, Tensor>? Sum => s_sum;

    /// <summary>Computes a share until the result is disposed.</summary>
    public static Span Begin(Func<Tensor, Tensor>? sum) => new(sum);

    /// <summary>The time for which a thread computes a share.</summary>
    public readonly ref struct Span
    {
        readonly Func<Tensor, Tensor>? _before;

        internal Span(Func<Tensor, Tensor>? sum)
        {
            _before = s_sum;
            s_sum = sum;
        }

        /// <summary>Goes back to what was before.</summary>
        public void Dispose() => s_sum = _before;
    }
}
