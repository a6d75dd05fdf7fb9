namespace Candeia;

/// <summary>
/// How each place of a result along one dimension is made of places of the input: Σ weight · input[place]. What resizes, pads or averages windows of unequal
/// size is such a table, and its derivative is the table read the other way.
/// </summary>
public sealed class Taps : IEquatable<Taps>
{
    readonly int[] _starts, _places;
    readonly double[] _weights;

    Taps(int inputs, int[] starts, int[] places, double[] weights) => (Inputs, _starts, _places, _weights) = (inputs, starts, places, weights);

    /// <summary>The size of the input along the dimension.</summary>
    public int Inputs { get; }

    /// <summary>The size of the result along the dimension.</summary>
    public int Outputs => _starts.Length - 1;

    /// <summary>Where the taps of each output begin, and, last, how many there are.</summary>
    public ReadOnlySpan<int> Starts => _starts;

    /// <summary>The place in the input of each tap.</summary>
    public ReadOnlySpan<int> Places => _places;

    /// <summary>The weight of each tap.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>A table of so many outputs, from a first one on, each made by a function that adds its taps.</summary>
    internal static Taps Of(int inputs, int outputs, Action<int, Action<int, double>> each, int first = 0)
    {
        List<int> places = new(outputs), starts = new(outputs + 1);
        List<double> weights = new(outputs);
        for (int i = 0; i < outputs; i++)
        {
            starts.Add(places.Count);
            each(first + i, (place, weight) =>
            {
                places.Add(place);
                weights.Add(weight);
            });
        }
        starts.Add(places.Count);
        return new(inputs, [.. starts], [.. places], [.. weights]);
    }

    /// <summary>One place of the input, as it is, for each output.</summary>
    /// <param name="inputs">The size of the input along the dimension.</param>
    /// <param name="places">Where each output comes from.</param>
    /// <exception cref="ArgumentOutOfRangeException">A place is not in the input.</exception>
    public static Taps Choose(int inputs, int[] places)
    {
        ArgumentNullException.ThrowIfNull(places);
        foreach (int place in places) if ((uint)place >= (uint)inputs) throw new ArgumentOutOfRangeException(nameof(places), $"There are {inputs} places, and none is {place}.");
        int[] starts = new int[places.Length + 1];
        for (int i = 0; i < starts.Length; i++) starts[i] = i;
        double[] weights = new double[places.Length];
        Array.Fill(weights, 1);
        return new(inputs, starts, places, weights);
    }

    /// <summary>What <see cref="TensorOps.Interpolate(Tensor, ReadOnlySpan{int}, Interpolation, bool, bool)"/> makes each place of: for those who resize what is no tensor.</summary>
    /// <param name="inputs">The size of the input along the dimension.</param>
    /// <param name="outputs">The size of the result.</param>
    /// <param name="mode">How values between places are found; no means of areas.</param>
    /// <param name="antialias">Whether all places that a new one covers count, where it shrinks.</param>
    /// <param name="part">Which places of the result are wanted; all, if nothing is said.</param>
    /// <exception cref="ArgumentException">A size is not positive, the mode is <see cref="Interpolation.Area"/>, or the part is not one of the result.</exception>
    public static Taps Resize(int inputs, int outputs, Interpolation mode, bool antialias = false, Range? part = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputs);
        var (first, count) = (part ?? Range.All).GetOffsetAndLength(outputs);
        return mode != Interpolation.Area ? TensorOps.TapsOf(inputs, count, (double)inputs / outputs, mode, alignCorners: false, antialias, first)
            : throw new ArgumentException("Means of areas are no table of a resized dimension; use AdaptiveAvgPool2d.", nameof(mode));
    }

    /// <summary>Whether each output is one place of the input, as it is.</summary>
    internal bool IsChoice => _places.Length == Outputs && Array.TrueForAll(_weights, w => w == 1);

    /// <summary>The table of the derivative: from results to inputs.</summary>
    public Taps Transposed()
    {
        int[] starts = new int[Inputs + 1], places = new int[_places.Length];
        double[] weights = new double[_places.Length];
        foreach (int place in _places) starts[place + 1]++;
        for (int i = 0; i < Inputs; i++) starts[i + 1] += starts[i];
        int[] next = starts[..Inputs];
        for (int i = 0; i < Outputs; i++)
            for (int k = _starts[i]; k < _starts[i + 1]; k++)
            {
                int at = next[_places[k]]++;
                (places[at], weights[at]) = (i, _weights[k]);
            }
        return new(Outputs, starts, places, weights);
    }

    /// <inheritdoc/>
    public bool Equals(Taps? other) => ReferenceEquals(this, other)
        || other is not null && Inputs == other.Inputs && Starts.SequenceEqual(other.Starts) && Places.SequenceEqual(other.Places) && Weights.SequenceEqual(other.Weights);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Taps);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Inputs, Outputs, _places.Length, _places.Length > 0 ? _places[^1] : 0);

    /// <summary>The sizes: <c>4 → 8, 16 taps</c>.</summary>
    public override string ToString() => $"{Inputs} → {Outputs}, {_places.Length} taps";
}
