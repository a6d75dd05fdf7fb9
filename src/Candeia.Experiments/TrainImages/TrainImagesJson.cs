using System.Text.Json.Serialization;

namespace Candeia.Experiments;

/// <summary>How the results of train-images and classify are written, by the rules of <see cref="Json"/>.</summary>
[JsonSerializable(typeof(TrainImagesMetrics))]
[JsonSerializable(typeof(List<ClassifiedImage>))]
sealed partial class TrainImagesJson : JsonSerializerContext
{
    /// <summary>For files and terminals.</summary>
    public static TrainImagesJson Plain { get; } = new(Json.Rules);
}
