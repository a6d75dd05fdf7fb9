namespace Candeia.Training;

/// <summary>
/// The exponential moving average of the parameters, taken after every update: θ̄ ← β·θ̄ + (1 − β)·θ, beginning with the parameters after the
/// first. Buffers are those of the trained model.
/// </summary>
/// <param name="decay">β. With 0.999 about the last 1 000 updates count.</param>
public sealed class EmaWeights(double decay = 0.999) : AveragedWeights
{
    readonly double _share = decay is >= 0 and < 1 ? 1 - decay
        : throw new ArgumentOutOfRangeException(nameof(decay), decay, "The decay is at least 0 and below 1.");

    private protected override bool AfterUpdate => true;

    private protected override double Share(int count) => _share;
}
