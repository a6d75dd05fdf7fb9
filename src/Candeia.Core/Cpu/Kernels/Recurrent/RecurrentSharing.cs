namespace Candeia.Kernels;

/// <summary>
/// How the steps of a recurrent layer are shared out. No result depends on it, so it follows the number of threads. Where there are sequences for all threads, each takes some through all
/// steps and waits for nobody. Where there are few, and many weights, the threads go through the steps together, each with some numbers of the state, whose weights stay near it.
/// </summary>
internal readonly struct RecurrentSharing
{
    const nint TogetherFrom = 384 << 10, FewSequences = 8;      // bytes of weights; sequences of a thread below which it is together
    const nint PartsOfThread = 4;                               // so that one that was held up leaves some to the others

    readonly nint _batch, _slice, _width, _groups;

    RecurrentSharing(nint batch, nint slice, nint width, nint groups, nint parts)
    {
        (_batch, _slice, _width, _groups) = (batch, Math.Max(1, slice), width, groups);
        Chains = (batch + _slice - 1) / _slice;
        Parts = parts;
    }

    /// <summary>How many groups of sequences go through the steps on their own.</summary>
    public nint Chains { get; }

    /// <summary>Into how many parts the numbers of a state are cut.</summary>
    public nint Parts { get; }

    public static RecurrentSharing Of<V>(in RecurrentShape shape) where V : unmanaged, ISimd<V>
    {
        nint threads = Threads.Count, batch = shape.Batch, width = Pack<V>.Panel / V.Element, groups = (shape.Hidden + width - 1) / width;
        if (!shape.Projects && batch < FewSequences * threads && threads > 1 && groups > 1 && shape.Gates * shape.Outputs * V.Element >= TogetherFrom)
        {
            nint chains = Math.Min(batch, (threads + groups - 1) / groups), crew = threads / Math.Max(1, chains);
            return new(batch, (batch + Math.Max(1, chains) - 1) / Math.Max(1, chains), width, groups, Math.Min(Math.Min(groups, Relay.PartsMost), PartsOfThread * crew));
        }
        bool ragged = shape.Steps > 0 && shape.Size(shape.Steps - 1) != batch;      // smaller slices can be shared out better
        return new(batch, ragged ? Math.Max(4, (batch + 4 * threads - 1) / (4 * threads)) : (batch + threads - 1) / threads, width, groups, 1);
    }

    /// <summary>The sequences of a chain.</summary>
    public (nint From, nint To) Sequences(nint chain) => (chain * _slice, Math.Min(_batch, (chain + 1) * _slice));

    /// <summary>The panels of a part: groups of as many numbers of a state as two registers hold.</summary>
    public (nint From, nint To) Groups(nint part) => new Cut(_groups, Parts) is var cut ? (cut[part], cut[part + 1]) : default;

    /// <summary>Numbers in a group that is full.</summary>
    public nint Width => _width;
}
