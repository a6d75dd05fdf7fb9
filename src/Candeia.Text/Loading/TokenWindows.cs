using Candeia.Data;

namespace Candeia.Text;

/// <summary>
/// A long text as pieces of one length, each with the same piece one token later as its target: what a network learns from that says which token comes next. Both are int64
/// [length].
/// </summary>
/// <example><code>
/// var windows = new TokenWindows([0, 1, 2, 3, 4, 5, 6], length: 3, step: 3);
/// foreach (var (x, y) in windows) Console.WriteLine($"{string.Join(' ', x.ToArray&lt;long&gt;())} → {string.Join(' ', y.ToArray&lt;long&gt;())}");
/// // → 0 1 2 → 1 2 3
/// // → 3 4 5 → 4 5 6
/// </code></example>
public sealed class TokenWindows : Dataset<Sample>
{
    readonly long[] _tokens;
    readonly int _length, _step;

    /// <param name="tokens">The text.</param>
    /// <param name="length">How many tokens a piece has.</param>
    /// <param name="step">How far one piece begins after another; <paramref name="length"/>, if nothing is said, so that each token is a target once. 1 gives all that there are.</param>
    /// <exception cref="ArgumentException">The text is not longer than a piece.</exception>
    public TokenWindows(IReadOnlyList<int> tokens, int length, int? step = null)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step ?? length, nameof(step));
        if (tokens.Count <= length)
            throw new ArgumentException($"A text of {tokens.Count} tokens has no piece of {length} with a token after it: take shorter pieces, or a longer text.", nameof(tokens));
        (_tokens, _length, _step) = ([.. tokens.Select(t => (long)t)], length, step ?? length);
    }

    /// <inheritdoc/>
    public override int Count => (_tokens.Length - 1 - _length) / _step + 1;

    /// <inheritdoc/>
    public override Sample this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            int start = index * _step;
            return new(Tensor.From(_tokens.AsSpan(start, _length)), Tensor.From(_tokens.AsSpan(start + 1, _length)));
        }
    }

    /// <inheritdoc/>
    protected override Batch TryBatch(ReadOnlySpan<int> indices)
    {
        long[] x = new long[indices.Length * _length], y = new long[x.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            _tokens.AsSpan(indices[i] * _step, _length).CopyTo(x.AsSpan(i * _length));
            _tokens.AsSpan(indices[i] * _step + 1, _length).CopyTo(y.AsSpan(i * _length));
        }
        return new(Tensor.From(x, [indices.Length, _length]), Tensor.From(y, [indices.Length, _length]));
    }
}
