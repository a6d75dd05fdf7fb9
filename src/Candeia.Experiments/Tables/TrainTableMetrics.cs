using System.Text.Json.Serialization;

namespace Candeia.Experiments;

/// <summary>The numbers of train-table, as they are written to metrics.json.</summary>
/// <param name="Scores">On the rows of the test: the network, the linear model, and who always says the same.</param>
/// <param name="Kept">Which of the two was better on the rows that watched the training, and is saved.</param>
/// <param name="Importance">How much each column counts.</param>
/// <param name="Trained">Rows to learn from.</param>
/// <param name="Watched">Rows that say when it is best.</param>
/// <param name="Tested">Rows of the test.</param>
/// <param name="LeftOutRows">Rows without a target.</param>
/// <param name="Features">Numbers of an encoded row.</param>
/// <param name="LeftOut">Columns that nothing is learnt from, and why.</param>
/// <param name="Seconds">All in all.</param>
/// <param name="Stopped">Whether the user stopped the training before its last epoch.</param>
/// <param name="Settings">What was chosen.</param>
/// <param name="Versions">What it ran on.</param>
/// <param name="Machine">Where.</param>
sealed record TrainTableMetrics(
    IReadOnlyList<TableScore> Scores, string Kept, IReadOnlyList<TableImportance> Importance, int Trained, int Watched, int Tested, int LeftOutRows, int Features,
    IReadOnlyDictionary<string, string> LeftOut, double Seconds, bool Stopped, TrainTableSettings Settings, Versions Versions, Machine Machine)
{
    /// <summary>The score of the model that is saved.</summary>
    [JsonIgnore]
    public TableScore Best => Scores.First(s => s.Model == Kept);

    /// <summary>What a column was for, where it is not one of those that are learnt from.</summary>
    public string Role(string column) => column == Settings.Target ? "predicted" : LeftOut.TryGetValue(column, out string? why) ? $"not used: {why}" : "";
}

/// <summary>How the results of train-table are written, by the rules of <see cref="Json"/>.</summary>
[JsonSerializable(typeof(TrainTableMetrics))]
sealed partial class TrainTableJson : JsonSerializerContext
{
    /// <summary>For files.</summary>
    public static TrainTableJson Plain { get; } = new(Json.Rules);
}
