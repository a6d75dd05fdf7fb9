using System.Text.Json.Serialization;

namespace Candeia.Experiments;

/// <summary>The correlation that the network reads off one image file.</summary>
/// <param name="File">The image file.</param>
/// <param name="Correlation">From −1 to 1.</param>
/// <param name="Unlike">In what the picture differs from those that the network has learnt from; null where it looks like them.</param>
sealed record ImageCorrelation(string File, float Correlation, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Unlike = null);
