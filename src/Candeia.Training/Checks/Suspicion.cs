namespace Candeia.Training;

/// <summary>Something that could have numbers that are none: what to say of it if it has.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Tell">Its name in the model, and the sentence up to "has"; told whether what went in was finite.</param>
/// <param name="Numel">How many numbers it has.</param>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Batch">Counted from 1.</param>
internal sealed record Suspicion(NanKind Kind, Func<bool, (string Name, string What)> Tell, long Numel, int Epoch, int Batch)
{
    /// <summary>How many numbers a tensor's state is told by: how many are NaN, how many are finite, and whether all that went in were.</summary>
    public const int Width = 3;

    /// <summary>The state of a tensor, where that is; nothing is read.</summary>
    public static Tensor Look(Tensor tensor, Tensor? input)
    {
        var t = tensor.Detach();
        var finite = t.IsFinite().Sum();
        return Tensor.Stack([t.IsNaN().Sum(), finite, input is null ? finite : input.Detach().IsFinite().All().To(DType.Int64)]);
    }

    /// <summary>Ends the run if the numbers say so.</summary>
    /// <exception cref="NanException">They do.</exception>
    public void Check(ReadOnlySpan<double> state)
    {
        long none = (long)state[0], infinite = Numel - (long)state[1] - none;
        if (none + infinite == 0) return;
        var (name, what) = Tell(state[2] != 0);
        string counts = string.Join(" and ", new[] { none > 0 ? $"{none} NaN" : "", infinite > 0 ? $"{infinite} infinite" : "" }.Where(c => c != ""));
        throw new NanException($"{what} {counts} among {Numel} numbers, in epoch {Epoch}, batch {Batch}.", Kind, name, Epoch, Batch);
    }
}
