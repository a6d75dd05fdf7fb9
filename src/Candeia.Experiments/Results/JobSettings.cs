using System.Text.Json.Serialization;

namespace Candeia.Experiments;

/// <summary>The options of the main job that decide its result; the number of threads decides only its time.</summary>
sealed record JobSettings(
    string Recipe, string Source, int Train, int Valid, int Test, int Epochs, int BatchSize, double LearningRate, [property: JsonIgnore] ulong Seed, int Threads)
{
    /// <summary>Where it learns.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>How many labelled images the job needs.</summary>
    [JsonIgnore]
    public long Images => (long)Train + Valid + Test;
}
