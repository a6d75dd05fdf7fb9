using System.Text.Json.Serialization;

namespace Candeia.Experiments;

/// <summary>The content of <c>metrics.json</c> of the forecasts.</summary>
/// <param name="Scores">The LSTM first, then what it is compared with.</param>
/// <param name="Band">How good the bands are.</param>
/// <param name="Forecasts">How many were judged.</param>
/// <param name="Parameters">Of the LSTM.</param>
/// <param name="Epochs">The losses, epoch by epoch.</param>
/// <param name="Seconds">The whole job.</param>
/// <param name="Stopped">Whether the user stopped the training before its last epoch.</param>
/// <param name="Settings">The options of the job.</param>
/// <param name="Versions">What it was made with.</param>
/// <param name="Machine">What it ran on.</param>
sealed record TimeSeriesMetrics(
    IReadOnlyList<ForecastScore> Scores, BandCoverage Band, int Forecasts, long Parameters, IReadOnlyList<EpochLoss> Epochs, double Seconds, bool Stopped,
    TimeSeriesSettings Settings, Versions Versions, Machine Machine);

/// <summary>How forecasts are written as JSON.</summary>
[JsonSerializable(typeof(TimeSeriesMetrics))]
sealed partial class TimeSeriesJson : JsonSerializerContext
{
    public static TimeSeriesJson Plain { get; } = new(Json.Rules);
}
