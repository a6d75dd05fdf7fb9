using Candeia.NN;

namespace Candeia.Training;

/// <summary>Scales the gradients before each update so that their common norm does not exceed a limit, and records the mean of the norms as grad_norm.</summary>
/// <param name="max">The limit, for the parameters of each optimizer.</param>
/// <param name="p">The norm: 2, 1, or infinity for the largest magnitude.</param>
/// <param name="each">Whether the limit holds for the gradient of each parameter by itself, instead of for all together; what is recorded is their common norm in any case.</param>
public sealed class ClipGradNorm(double max, double p = 2, bool each = false) : Callback
{
    /// <inheritdoc/>
    public override void On(GradientsReady e)
    {
        ArgumentNullException.ThrowIfNull(e);
        var parameters = e.Optimizer.Groups.SelectMany(g => g.Parameters);
        if (!each)
        {
            e.Run.Record("grad_norm", parameters.ClipGradNorm(max, p));
            return;
        }
        e.Run.Record("grad_norm", parameters.GradNorm(p));
        foreach (var parameter in parameters) _ = new[] { parameter }.ClipGradNorm(max, p);
    }
}
