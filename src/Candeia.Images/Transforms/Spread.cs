using System.Globalization;

namespace Candeia.Images;

/// <summary>
/// Between which numbers a transform draws one at random: a single number is how far it goes to both sides of what changes nothing, two numbers are the ends.
/// Where nothing is said nothing is drawn.
/// </summary>
/// <example><code>
/// var gentle = new ColorJitter(Brightness: 0.2, Contrast: (0.5, 1));       // brightness times 0.8 to 1.2, contrast only less
/// var upright = new RandomRotation((0, 90));                               // to the left only
/// Console.WriteLine($"{gentle.Brightness} {gentle.Contrast}");             // → ±0.2 0.5 to 1
/// </code></example>
public readonly record struct Spread
{
    readonly double _first, _second;
    readonly bool _isRange;

    Spread(double first, double second, bool isRange) => (_first, _second, _isRange) = (first, second, isRange);

    /// <summary>So far to both sides.</summary>
    /// <param name="around">Not negative.</param>
    public static implicit operator Spread(double around) => new(around, 0, isRange: false);

    /// <summary>From one number to another.</summary>
    /// <param name="ends">The smallest, and the largest.</param>
    public static implicit operator Spread((double Low, double High) ends) => new(ends.Low, ends.High, isRange: true);

    /// <summary>The smallest and the largest number about one that changes nothing; null where only that one is left.</summary>
    /// <param name="neutral">What changes nothing.</param>
    /// <param name="least">No smaller number has a meaning.</param>
    /// <param name="most">No larger number has a meaning.</param>
    /// <param name="what">What is drawn, for the message.</param>
    internal (double Low, double High)? About(double neutral, double least, double most, string what)
    {
        if (!_isRange && !(_first >= 0)) throw new ArgumentException($"{what} goes so far to both sides: not negative, as {Said(_first)} is; two numbers are the ends.");
        var (low, high) = _isRange ? (_first, _second) : (Math.Max(least, neutral - _first), neutral + _first);
        if (!(low >= least && high <= most && low <= high)) throw new ArgumentException($"{what} is drawn from {Said(least)} to {Said(most)}, the smaller number first, and not from {Said(low)} to {Said(high)}.");
        return low == neutral && high == neutral ? null : (low, high);
    }

    static string Said(double number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>As users read it.</summary>
    public override string ToString() => _isRange ? $"{Said(_first)} to {Said(_second)}" : $"±{Said(_first)}";
}
