using Candeia.Data;

namespace Candeia.Datasets;

/// <summary>
/// Reviews that a program has drawn from a grammar, half of them praising: to try things on where there is no network. Nobody has written them, so what a
/// network comes to on them is not what it comes to on <see cref="Imdb"/>.
/// </summary>
/// <remarks>
/// A review says of several things that they are good or bad, or <b>not</b> good or not bad, or what had been expected of them; it is positive where more
/// of them are praised than blamed. As words of praise are negated nearly as often as not, counting words tells little: their order matters. Review i of a split
/// depends on the seed and i alone.
/// </remarks>
/// <example><code>
/// var reviews = new DrawnReviews(count: 1000);
/// Console.WriteLine($"{reviews.Count} reviews, {reviews.Count(r => r.Label == 1)} positive");     // → 1000 reviews, 500 positive
/// </code></example>
public sealed class DrawnReviews : Dataset<TextSample>
{
    readonly Generator _seed;
    readonly TextSplit _split;

    /// <summary>Reviews to be drawn when they are asked for.</summary>
    /// <param name="split">Which part of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">What to draw them from.</param>
    public DrawnReviews(TextSplit split = TextSplit.Train, int count = 10_000, ulong seed = 777)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        (Count, _seed, _split) = (count, new(seed), split);
    }

    /// <summary>The names of the classes.</summary>
    public static IReadOnlyList<string> Classes { get; } = ["negative", "positive"];

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override TextSample this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            int label = index % 2;
            return new(ReviewGrammar.Draw(_seed.Split((int)_split, index), isPositive: label == 1), label, $"{index}");
        }
    }
}
