namespace Candeia.Datasets;

/// <summary>How far the making of a data set has come.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Done">Bytes or images so far.</param>
/// <param name="Total">How many there will be, where that is known.</param>
public readonly record struct DataProgress(DataStage Stage, long Done, long? Total);
