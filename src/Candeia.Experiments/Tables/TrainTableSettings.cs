using System.Text.Json.Serialization;
using Candeia.Datasets;

namespace Candeia.Experiments;

/// <summary>The options of train-table that decide its result.</summary>
/// <param name="Data">A CSV file; null draws flats.</param>
/// <param name="Target">The column that is predicted.</param>
/// <param name="Task">Whether it is a number or a class.</param>
/// <param name="Rows">How many flats are drawn.</param>
/// <param name="Hidden">The numbers in each of the two hidden layers.</param>
/// <param name="Steps">About how many steps each training has.</param>
/// <param name="Epochs">Passes over the training rows; as many as make the steps, if null.</param>
/// <param name="BatchSize">Rows per step.</param>
/// <param name="LearningRate">The largest step size of the optimizer.</param>
/// <param name="Seed">Gives the same rows and the same network again.</param>
/// <param name="Threads">Threads that compute; they decide only the time.</param>
sealed record TrainTableSettings(
    string? Data, string? Target, [property: JsonConverter(typeof(JsonStringEnumConverter<TableTask>))] TableTask Task, int Rows, int Hidden, int Steps, int? Epochs, int BatchSize,
    double LearningRate, ulong Seed, [property: JsonIgnore] int Threads)
{
    /// <summary>Where it learns.</summary>
    public string Device { get; init; } = "cpu";

    const int Fewest = 5, Most = 300;

    /// <summary>Passes over so many rows.</summary>
    public int EpochsOf(int rows) => Epochs ?? Math.Clamp(Steps / Math.Max(1, (rows + BatchSize - 1) / BatchSize), Fewest, Most);
}
