namespace Candeia.Training;

/// <summary>What a pass over data is for.</summary>
public enum Phase
{
    /// <summary>Parameters are updated.</summary>
    Train,
    /// <summary>Losses and metrics are measured, in evaluation mode and without a graph.</summary>
    Valid,
    /// <summary>Outputs are computed, in evaluation mode and without a graph.</summary>
    Predict,
}
