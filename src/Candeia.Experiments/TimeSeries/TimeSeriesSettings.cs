using System.Text.Json.Serialization;

namespace Candeia.Experiments;

/// <summary>The options of the forecasts that decide their result.</summary>
/// <param name="Data">A CSV file; null draws a series.</param>
/// <param name="Column">Its column.</param>
/// <param name="Weeks">How many seasons are drawn.</param>
/// <param name="Season">After how many steps the series repeats, more or less: as long is the past that a forecast sees.</param>
/// <param name="Day">The shorter season in it, for the networks to know the time by.</param>
/// <param name="Horizon">How many steps are foretold at once.</param>
/// <param name="Hidden">The numbers in the state of each LSTM.</param>
/// <param name="Epochs">Passes over the training data.</param>
/// <param name="BatchSize">Windows per step.</param>
/// <param name="LearningRate">The largest step size of the optimizer.</param>
/// <param name="Coverage">The part of what comes that shall lie in the band.</param>
/// <param name="Seed">Gives the same series and the same network again.</param>
/// <param name="Threads">Threads that compute; they decide only the time.</param>
sealed record TimeSeriesSettings(
    string? Data, string? Column, int Weeks, int Season, int Day, int Horizon, int Hidden, int Epochs, int BatchSize, double LearningRate, double Coverage, ulong Seed,
    [property: JsonIgnore] int Threads)
{
    /// <summary>Where it learns.</summary>
    public string Device { get; init; } = "cpu";
}
