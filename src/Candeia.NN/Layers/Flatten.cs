namespace Candeia.NN;

/// <summary>Merges dimensions into one; by default all but the batch.</summary>
/// <param name="startDim">The first dimension that is merged; 1 leaves the batch as it is.</param>
/// <param name="endDim">The last; −1 is the last of all.</param>
public sealed class Flatten(int startDim = 1, int endDim = -1) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Flatten(startDim, endDim);
}
