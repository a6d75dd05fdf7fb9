using Candeia.NN;

namespace Candeia.Training;

/// <summary>Moves every number of every gradient to between −<paramref name="max"/> and <paramref name="max"/> before each update.</summary>
public sealed class ClipGradValue(double max) : Callback
{
    /// <inheritdoc/>
    public override void On(GradientsReady e)
    {
        ArgumentNullException.ThrowIfNull(e);
        e.Optimizer.Groups.SelectMany(g => g.Parameters).ClipGradValue(max);
    }
}
