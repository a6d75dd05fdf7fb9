namespace Candeia.Experiments;

/// <summary>What a user of train-images has chosen.</summary>
/// <param name="Data">A folder with a folder for each class in it; shapes are drawn, if nothing is given.</param>
/// <param name="Model">The name of the network.</param>
/// <param name="Weights">A file of weights to begin with.</param>
/// <param name="Frozen">Epochs in which the head alone learns.</param>
/// <param name="Epochs">Passes over the pictures.</param>
/// <param name="Size">Rows and columns of what the network sees.</param>
/// <param name="BatchSize">Pictures of a step.</param>
/// <param name="LearningRate">The highest of the cycle.</param>
/// <param name="Shapes">How many shapes are drawn, where they are.</param>
/// <param name="Seed">What everything follows from.</param>
/// <param name="Threads">How many compute.</param>
sealed record TrainImagesSettings(
    string? Data, string Model, string? Weights, int Frozen, int Epochs, int Size, int BatchSize, double LearningRate, int Shapes, ulong Seed, int Threads)
{
    /// <summary>Where it learns.</summary>
    public string Device { get; init; } = "cpu";
}

/// <summary>What the network says of a picture that it has not learnt from.</summary>
/// <param name="Index">Which picture.</param>
/// <param name="Id">Its file.</param>
/// <param name="Truth">The class that it has.</param>
/// <param name="Answer">The class that the network names.</param>
/// <param name="Sureness">How likely it finds that, 0 to 1.</param>
sealed record ImageAnswer(int Index, string Id, int Truth, int Answer, double Sureness);

/// <summary>The numbers of train-images, as they are written to metrics.json.</summary>
/// <param name="Accuracy">The share of pictures of the test that are named rightly.</param>
/// <param name="Pictures">How many were tested.</param>
/// <param name="Trained">How many it has learnt from.</param>
/// <param name="Bad">How many files could not be read.</param>
/// <param name="ByClass">The share of each class that is named rightly.</param>
/// <param name="ImagesPerSecond">While it learnt.</param>
/// <param name="Seconds">All in all.</param>
/// <param name="Settings">What was chosen.</param>
/// <param name="Versions">What it ran on.</param>
/// <param name="Machine">Where.</param>
sealed record TrainImagesMetrics(
    double Accuracy, int Pictures, int Trained, int Bad, IReadOnlyDictionary<string, double> ByClass, double ImagesPerSecond, double Seconds, TrainImagesSettings Settings,
    Versions Versions, Machine Machine);
