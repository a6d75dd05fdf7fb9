using System.Collections;
using System.Runtime.CompilerServices;

namespace Candeia.Images;

/// <summary>
/// What stands where a transform has no pixels: one value for all channels, or one for each. 0 is black, which is what there is if nothing is said, and 1 is white.
/// </summary>
/// <remarks>
/// A pixel at the border that is partly of the picture is as in torchvision: where nothing is said the picture's part and black, and where something is the picture fades into it,
/// by the square of its part.
/// </remarks>
/// <example><code>
/// var picture = Tensor.Ones([3, 2, 2]);
/// var framed = new Pad(1, Fill: [0.485, 0.456, 0.406]).Apply(picture);     // the mean colour of ImageNet
/// Console.WriteLine($"{framed[1, 0, 0].Item():0.000} {framed[1, 1, 1].Item():0.000}");           // → 0.456 1.000
/// </code></example>
[CollectionBuilder(typeof(Fill), nameof(Of))]
public readonly struct Fill : IEquatable<Fill>, IEnumerable<double>
{
    readonly double[]? _values;

    Fill(double[] values) => _values = values;

    /// <summary>One value for each channel, or one for all.</summary>
    /// <param name="values">0 is black, 1 is white; none is black.</param>
    public static Fill Of(params ReadOnlySpan<double> values) => new(values.ToArray());

    /// <summary>One value for all channels.</summary>
    /// <param name="all">0 is black, 1 is white.</param>
    public static implicit operator Fill(double all) => new([all]);

    /// <summary>What stands in masks there, such as the number that losses ignore; 0, if nothing is said.</summary>
    public long Mask { get; init; }

    /// <summary>Whether anything was said, if only black.</summary>
    internal bool IsGiven => _values is not null;

    /// <summary>Whether all channels have the same value.</summary>
    internal bool IsOne => _values is not { Length: > 1 };

    /// <summary>The values in the numbers of a picture, whole where it is made of bytes: as many as it has channels, or one.</summary>
    internal float[] In(Tensor picture)
    {
        if (!IsOne && _values!.Length != picture.Shape[^3]) throw new ShapeException($"{_values.Length} values do not fill a picture of {picture.Shape[^3]} channels; give one, or one for each.");
        double white = picture.DType.White();
        return [.. (_values is { Length: > 0 } ? _values : [0]).Select(v => (float)(white == 255 ? Math.Round(v * white) : v))];
    }

    /// <summary>The same for pixels of a picture or of a mask.</summary>
    internal float[] In(Tensor pixels, bool isMask) => isMask ? [Mask] : In(pixels);

    /// <inheritdoc/>
    public bool Equals(Fill other) => Mask == other.Mask && (_values ?? []).SequenceEqual(other._values ?? []);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Fill other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => this.Aggregate(Mask.GetHashCode(), HashCode.Combine);

    /// <summary>Whether two say the same.</summary>
    public static bool operator ==(Fill left, Fill right) => left.Equals(right);

    /// <summary>Whether two say something else.</summary>
    public static bool operator !=(Fill left, Fill right) => !left.Equals(right);

    /// <summary>The values.</summary>
    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)(_values ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The values, one after the other.</summary>
    public override string ToString() => $"[{string.Join(", ", this.Select(v => v.ToString(System.Globalization.CultureInfo.InvariantCulture)))}]";
}
