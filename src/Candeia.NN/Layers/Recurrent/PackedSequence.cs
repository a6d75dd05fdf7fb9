namespace Candeia.NN;

/// <summary>
/// Sequences of different lengths without padding between them: all first steps, then all second steps of the sequences that have one, and so on, the longest
/// sequence first. Made by <see cref="Sequences.PackPaddedSequence"/> and <see cref="Sequences.PackSequence"/>.
/// </summary>
/// <param name="Data">All steps, [Σ lengths, …].</param>
/// <param name="BatchSizes">How many sequences have a step 0, 1, 2 …: never more than the step before.</param>
/// <param name="SortedIndices">Which sequence of the batch stands at each place here; null, if they were sorted already.</param>
public sealed record PackedSequence(Tensor Data, IReadOnlyList<int> BatchSizes, IReadOnlyList<int>? SortedIndices = null)
{
    /// <summary>How many sequences there are.</summary>
    public int Count => BatchSizes.Count == 0 ? 0 : BatchSizes[0];

    /// <summary>At which place here each sequence of the batch stands; null, if they were sorted already.</summary>
    public IReadOnlyList<int>? UnsortedIndices
    {
        get
        {
            if (SortedIndices is null) return null;
            var places = new int[SortedIndices.Count];
            for (int i = 0; i < places.Length; i++) places[SortedIndices[i]] = i;
            return places;
        }
    }

    /// <summary>The length of each sequence, in the order of the batch.</summary>
    public IReadOnlyList<int> Lengths
    {
        get
        {
            var lengths = new int[Count];
            for (int i = 0; i < lengths.Length; i++)
                for (int t = 0; t < BatchSizes.Count && BatchSizes[t] > i; t++) lengths[SortedIndices is null ? i : SortedIndices[i]]++;
            return lengths;
        }
    }

    /// <summary>The same with other steps: what a layer makes of them.</summary>
    /// <exception cref="ShapeException">There are more or fewer steps.</exception>
    public PackedSequence Map(Func<Tensor, Tensor> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var data = map(Data);
        return data.Rank > 0 && data.Shape[0] == Data.Shape[0] ? this with { Data = data }
            : throw new ShapeException($"Packed sequences of {Data.Shape[0]} steps cannot become {data.Shape}.");
    }
}
