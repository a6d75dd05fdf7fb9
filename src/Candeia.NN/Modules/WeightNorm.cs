namespace Candeia.NN;

/// <summary>A weight as g·v / ‖v‖: its length and its direction are trained apart (<see href="https://arxiv.org/abs/1602.07868">Salimans and Kingma 2016</see>).</summary>
/// <param name="dim">The dimension whose parts have each a length of their own; null: one length for all.</param>
public sealed class WeightNorm(int? dim = 0) : Parametrization
{
    /// <inheritdoc/>
    protected internal override Tensor Forward(IReadOnlyList<Tensor> originals)
    {
        ArgumentNullException.ThrowIfNull(originals);
        return originals[1] * (originals[0] / Length(originals[1]));
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Originals(Tensor value) => [Length(value), value];

    Tensor Length(Tensor v)
    {
        if (dim is not { } kept) return v.Norm();
        int d = kept < 0 ? kept + v.Rank : kept;
        return v.Norm(2, [.. Enumerable.Range(0, v.Rank).Where(i => i != d)], keepDim: true);
    }
}
