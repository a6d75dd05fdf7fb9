using System.Text.Json.Serialization;

namespace Candeia.Experiments;

/// <summary>The correlation that the network reads off one image file.</summary>
/// <param name="File">The image file.</param>
/// <param name="Correlation">From −1 to 1.</param>
/// <param name="Unlike">In what the picture differs from those that the network has learnt from; null where it looks like them.</param>
/// <param name="Points">How many points were found in a picture that is drawn otherwise than those of the data set, and drawn anew; null where it was taken as it is.</param>
sealed record ImageCorrelation(
    string File, float Correlation, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Unlike = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Points = null);
