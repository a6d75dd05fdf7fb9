namespace Candeia.Experiments;

/// <summary>The content of <c>metrics.json</c>.</summary>
/// <param name="Test">How well the trained network reads images that it has never seen.</param>
/// <param name="Epochs">The losses, epoch by epoch.</param>
/// <param name="TrainImagesPerSecond">Training images per second, validation not counted.</param>
/// <param name="Seconds">The whole job.</param>
/// <param name="PeakMemoryBytes">The most memory that the process held.</param>
/// <param name="Seed">Gives the same bits again, from the same data.</param>
/// <param name="Stopped">Whether the user stopped the training before its last epoch.</param>
/// <param name="Settings">The other options of the job.</param>
/// <param name="Versions">What it was made with.</param>
/// <param name="Machine">What it ran on.</param>
sealed record JobMetrics(
    Score Test, IReadOnlyList<EpochLoss> Epochs, double TrainImagesPerSecond, double Seconds, long PeakMemoryBytes, ulong Seed, bool Stopped,
    JobSettings Settings, Versions Versions, Machine Machine);
