using Candeia.NN;

namespace Candeia.Training;

/// <summary>Scales the gradients before each update so that their common norm does not exceed a limit, and records the mean of the norms as grad_norm.</summary>
/// <param name="max">The limit, for the parameters of each optimizer.</param>
/// <param name="p">The norm: 2, 1, or infinity for the largest magnitude.</param>
public sealed class ClipGradNorm(double max, double p = 2) : Callback
{
    /// <inheritdoc/>
    public override void On(GradientsReady e)
    {
        ArgumentNullException.ThrowIfNull(e);
        e.Run.Record("grad_norm", e.Optimizer.Groups.SelectMany(g => g.Parameters).ClipGradNorm(max, p));
    }
}
