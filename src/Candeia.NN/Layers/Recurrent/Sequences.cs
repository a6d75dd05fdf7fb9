namespace Candeia.NN;

/// <summary>Sequences of different lengths in one tensor: padded to one length, or packed without padding (torch.nn.utils.rnn).</summary>
public static class Sequences
{
    /// <summary>Sequences stacked into one tensor, the shorter ones filled up.</summary>
    /// <param name="sequences">[length, …] each; only the lengths may differ.</param>
    /// <param name="batchFirst">Whether the result is [n, longest, …], not [longest, n, …].</param>
    /// <param name="paddingValue">What stands behind the shorter ones.</param>
    /// <param name="left">Whether the padding stands before them instead.</param>
    /// <exception cref="ArgumentException">There are no sequences.</exception>
    /// <exception cref="ShapeException">They differ in more than their lengths.</exception>
    /// <example><code>
    /// var padded = Sequences.PadSequence([Tensor.Ones([3]), Tensor.Ones([1])], batchFirst: true);
    /// Console.WriteLine(padded.Shape);                                    // → [2, 3]
    /// </code></example>
    public static Tensor PadSequence(IReadOnlyList<Tensor> sequences, bool batchFirst = false, double paddingValue = 0, bool left = false)
    {
        Check(sequences);
        int longest = sequences.Max(s => s.Shape[0]);
        Tensor[] padded = [.. sequences.Select(s =>
        {
            if (s.Shape[0] == longest) return s;
            var padding = Tensor.Full(s.Shape.With(0, longest - s.Shape[0]), paddingValue, s.DType, s.Device);
            return Tensor.Cat(left ? [padding, s] : [s, padding], 0);
        })];
        return Tensor.Stack(padded, batchFirst ? 0 : 1);
    }

    /// <summary>The sequences of a padded tensor one by one: what <see cref="PadSequence"/> was given.</summary>
    /// <param name="padded">[longest, n, …], or [n, longest, …].</param>
    /// <param name="lengths">The length of each.</param>
    /// <param name="batchFirst">Whether the batch comes first.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <example><code>
    /// var sequences = Sequences.UnpadSequence(Tensor.Ones([2, 3]), [3, 1], batchFirst: true);
    /// Console.WriteLine($"{sequences[0].Shape} {sequences[1].Shape}");        // → [3] [1]
    /// </code></example>
    public static Tensor[] UnpadSequence(Tensor padded, IReadOnlyList<int> lengths, bool batchFirst = false)
    {
        CheckLengths(padded, lengths, batchFirst, least: 0);
        return [.. lengths.Select((length, i) => padded.Select(batchFirst ? 0 : 1, i).Narrow(0, 0, length))];
    }

    /// <summary>Packs padded sequences: recurrent layers compute nothing for padding then, and their last states are those after each sequence's own end.</summary>
    /// <param name="x">[longest, n, …], or [n, longest, …].</param>
    /// <param name="lengths">The length of each sequence, at least 1.</param>
    /// <param name="batchFirst">Whether the batch comes first.</param>
    /// <param name="enforceSorted">Whether the sequences must come sorted by length, the longest first; otherwise they are sorted here, and back again later.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or are not sorted.</exception>
    /// <example><code>
    /// var lstm = new LSTM(2, 4);
    /// var packed = Tensor.Ones([5, 3, 2]).PackPaddedSequence([2, 5, 1], enforceSorted: false);
    /// var (output, (h, c)) = lstm.Forward(packed);
    /// Console.WriteLine(output.PadPackedSequence().Padded.Shape);         // → [5, 3, 4]
    /// </code></example>
    public static PackedSequence PackPaddedSequence(this Tensor x, IReadOnlyList<int> lengths, bool batchFirst = false, bool enforceSorted = true)
    {
        CheckLengths(x, lengths, batchFirst, least: 1);
        int[] order = [.. Enumerable.Range(0, lengths.Count)];
        if (!enforceSorted) order = [.. order.OrderByDescending(i => lengths[i])];
        for (int i = 1; i < order.Length; i++)
            if (lengths[order[i]] > lengths[order[i - 1]])
                throw new ArgumentException($"Sequence {i} with {lengths[i]} steps is longer than the one before with {lengths[i - 1]}; sort them, the longest first, or pass enforceSorted: false.");
        int longest = lengths.Count == 0 ? 0 : lengths[order[0]], n = lengths.Count, steps = x.Shape[batchFirst ? 1 : 0];
        var sizes = new int[longest];
        foreach (int length in lengths) for (int t = 0; t < length; t++) sizes[t]++;
        List<long> from = [];
        for (int t = 0; t < longest; t++)
            for (int i = 0; i < sizes[t]; i++) from.Add(batchFirst ? (long)order[i] * steps + t : (long)t * n + order[i]);
        var data = x.Flatten(0, 1).IndexSelect(0, Tensor.From([.. from], [from.Count]).To(x.Device));
        return new(data, sizes, enforceSorted ? null : order);
    }

    /// <summary>Packs sequences of their own: <see cref="PadSequence"/> and then <see cref="PackPaddedSequence"/>.</summary>
    /// <param name="sequences">[length, …] each, at least one step.</param>
    /// <param name="enforceSorted">Whether they must come sorted by length, the longest first.</param>
    /// <exception cref="ArgumentException">There are no sequences, one is empty, or they are not sorted.</exception>
    public static PackedSequence PackSequence(IReadOnlyList<Tensor> sequences, bool enforceSorted = true)
    {
        var padded = PadSequence(sequences);
        return padded.PackPaddedSequence([.. sequences.Select(s => s.Shape[0])], enforceSorted: enforceSorted);
    }

    /// <summary>Packed sequences with padding again, in the order of the batch, and their lengths.</summary>
    /// <param name="packed">The sequences.</param>
    /// <param name="batchFirst">Whether the result is [n, longest, …], not [longest, n, …].</param>
    /// <param name="paddingValue">What stands behind the shorter ones.</param>
    /// <param name="totalLength">How long the result is, if it is to be longer than the longest.</param>
    /// <exception cref="ArgumentException">A sequence is longer than the total length.</exception>
    public static (Tensor Padded, IReadOnlyList<int> Lengths) PadPackedSequence(
        this PackedSequence packed, bool batchFirst = false, double paddingValue = 0, int? totalLength = null)
    {
        ArgumentNullException.ThrowIfNull(packed);
        int longest = totalLength ?? packed.BatchSizes.Count, n = packed.Count;
        if (longest < packed.BatchSizes.Count)
            throw new ArgumentException($"A total length of {longest} is less than that of the longest sequence, {packed.BatchSizes.Count}.", nameof(totalLength));
        List<long> to = [];
        for (int t = 0; t < packed.BatchSizes.Count; t++)
            for (int i = 0; i < packed.BatchSizes[t]; i++)
            {
                int sequence = packed.SortedIndices is { } order ? order[i] : i;
                to.Add(batchFirst ? (long)sequence * longest + t : (long)t * n + sequence);
            }
        var data = packed.Data;
        var padding = Tensor.Full(data.Shape.With(0, longest * n), paddingValue, data.DType, data.Device);
        var all = padding.IndexCopy(0, Tensor.From([.. to], [to.Count]).To(data.Device), data);
        return (all.Reshape([.. batchFirst ? [n, longest] : (int[])[longest, n], .. data.Shape.Sizes[1..]]), packed.Lengths);
    }

    /// <summary>Packed sequences one by one, in the order of the batch.</summary>
    public static Tensor[] UnpackSequence(this PackedSequence packed)
    {
        var (padded, lengths) = packed.PadPackedSequence();
        return UnpadSequence(padded, lengths);
    }

    static void Check(IReadOnlyList<Tensor> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        if (sequences.Count == 0) throw new ArgumentException("There are no sequences to put together.", nameof(sequences));
        var first = sequences[0];
        foreach (var s in sequences)
            if (s.Rank == 0 || s.Rank != first.Rank || !s.Shape.Sizes[1..].SequenceEqual(first.Shape.Sizes[1..]))
                throw new ShapeException($"Sequences differ in their lengths alone, the first size, but there are {first.Shape} and {s.Shape}.");
    }

    static void CheckLengths(Tensor x, IReadOnlyList<int> lengths, bool batchFirst, int least)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(lengths);
        string form = batchFirst ? "[n, longest, …]" : "[longest, n, …]";
        if (x.Rank < 2) throw new ShapeException($"Padded sequences are {form}, not {x.Shape}.");
        int n = x.Shape[batchFirst ? 0 : 1], longest = x.Shape[batchFirst ? 1 : 0];
        if (lengths.Count != n) throw new ArgumentException($"There are {lengths.Count} lengths for {n} sequences of {x.Shape} as {form}.", nameof(lengths));
        for (int i = 0; i < n; i++)
            if (lengths[i] < least || lengths[i] > longest)
                throw new ArgumentException($"Sequence {i} has length {lengths[i]}, which must lie between {least} and {longest}.", nameof(lengths));
    }
}
