namespace Candeia.Experiments;

/// <summary>How fast the network learns and predicts on a machine.</summary>
/// <param name="TrainImagesPerSecond">Forward, backward and Adam; median of the measured steps.</param>
/// <param name="InferenceImagesPerSecond">Forward only, without a graph; median of the measured steps.</param>
/// <param name="BatchSize">Images per step.</param>
/// <param name="Steps">How many steps of each kind were measured.</param>
/// <param name="Threads">Threads of the kernels.</param>
/// <param name="PeakMemoryBytes">The most memory that the process held.</param>
/// <param name="Versions">What it was made with.</param>
/// <param name="Machine">What it ran on.</param>
sealed record StepSpeed(
    double TrainImagesPerSecond, double InferenceImagesPerSecond, int BatchSize, int Steps, int Threads, long PeakMemoryBytes,
    Versions Versions, Machine Machine);
