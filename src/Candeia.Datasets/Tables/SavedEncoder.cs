using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candeia.Datasets;

/// <summary>A <see cref="TableEncoder"/> as JSON.</summary>
/// <param name="Format">What kind of file this is.</param>
/// <param name="Target">The column that is predicted.</param>
/// <param name="TargetKind">What its cells are.</param>
/// <param name="Classes">The names of the classes; none for numbers.</param>
/// <param name="TargetMean">The mean of the target.</param>
/// <param name="TargetDeviation">Its standard deviation.</param>
/// <param name="Columns">How the other columns are encoded.</param>
/// <param name="LeftOut">Those that are not, and why.</param>
internal sealed record SavedEncoder(
    string Format, string Target, ColumnKind TargetKind, IReadOnlyList<string> Classes, double TargetMean, double TargetDeviation, IReadOnlyList<ColumnEncoding> Columns,
    IReadOnlyDictionary<string, string> LeftOut)
{
    public const string Version = "candeia table 1";
    const int MostFeatures = 1 << 20;

    /// <summary>What is wrong with it; null, if nothing is.</summary>
    public string? Fault =>
        Format != Version ? $"its format is not \"{Version}\""
        : string.IsNullOrWhiteSpace(Target) || TargetKind == ColumnKind.Date || !Enum.IsDefined(TargetKind) ? "it has no target"
        : Classes.Count == 1 || Classes.Any(c => c is null) || Classes.Distinct(StringComparer.Ordinal).Count() < Classes.Count ? "its classes are no list of different names"
        : !Scales(TargetMean, TargetDeviation) ? "its target has no scale"
        : Columns.Count == 0 || Columns.Any(c => c is null || string.IsNullOrWhiteSpace(c.Name) || !Enum.IsDefined(c.Kind) || !Scales(c.Mean, c.Deviation)) ? "a column is not described"
        : Columns.Select(c => c.Name).Append(Target).Distinct(StringComparer.Ordinal).Count() <= Columns.Count ? "a column is described twice"
        : Columns.Sum(c => (long)c.Width) > MostFeatures ? "its rows have too many numbers" : null;

    static bool Scales(double mean, double deviation) => double.IsFinite(mean) && double.IsFinite(deviation) && deviation > 0;
}

/// <summary>snake_case names, indented, no reflection.</summary>
[JsonSerializable(typeof(SavedEncoder))]
internal sealed partial class EncoderJson : JsonSerializerContext
{
    public static EncoderJson Plain => field ??= new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter<ColumnKind>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    });
}
