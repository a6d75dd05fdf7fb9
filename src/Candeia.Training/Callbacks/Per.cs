namespace Candeia.Training;

/// <summary>How often something is done in training.</summary>
public enum Per
{
    /// <summary>With every training batch.</summary>
    Batch,
    /// <summary>With every epoch.</summary>
    Epoch,
}
