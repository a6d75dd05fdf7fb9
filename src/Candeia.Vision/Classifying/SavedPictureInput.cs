using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candeia.Vision;

/// <summary>A <see cref="PictureInput"/> as JSON.</summary>
/// <param name="Format">What kind of file this is.</param>
/// <param name="Size">Rows and columns.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Margin">How many times larger the picture is before its middle is cut out.</param>
/// <param name="Mean">What is subtracted from each channel; null where nothing is scaled.</param>
/// <param name="Std">What it is divided by.</param>
internal sealed record SavedPictureInput(
    string Format, int Size, int Channels, double Margin, IReadOnlyList<double>? Mean = null, IReadOnlyList<double>? Std = null)
{
    public const string Version = "candeia picture input 1";
    const long MostBytes = 1 << 16;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, PictureInputJson.Plain.SavedPictureInput);

    /// <exception cref="FormatException">The file is damaged, or something else.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PictureInput Read(string path)
    {
        try
        {
            var saved = JsonSerializer.Deserialize(OrdinaryFile.ReadAllBytes(path, MostBytes), PictureInputJson.Plain.SavedPictureInput);
            string? fault = saved is null || saved.Format != Version ? $"its format is not \"{Version}\""
                : saved.Size is < 1 or > 4096 ? $"no network sees pictures of {saved.Size} pixels"
                : saved.Channels is not (1 or 3) ? $"no picture has {saved.Channels} channels"
                : saved.Margin is not (>= 1 and <= 4) ? "its margin is not between 1 and 4"
                : !saved.Scales ? "its means and deviations do not fit its channels" : null;
            if (fault is not null) throw new FormatException($"'{path}' does not say what is done to pictures: {fault}.");
            return new(saved!.Size, saved.Channels) { Margin = saved.Margin, Normalize = saved.Mean is null ? null : new(saved.Mean, saved.Std!) };
        }
        catch (JsonException fault)
        {
            throw new FormatException($"'{path}' does not say what is done to pictures: line {fault.LineNumber + 1} is not as expected.", fault);
        }
    }

    bool Scales => Mean is null ? Std is null
        : Std is not null && Mean.Count == Std.Count && Mean.Count is var count && (count == 1 || count == Channels)
        && Mean.All(double.IsFinite) && Std.All(s => double.IsFinite(s) && s > 0);
}

/// <summary>snake_case names, indented, no reflection.</summary>
[JsonSerializable(typeof(SavedPictureInput))]
internal sealed partial class PictureInputJson : JsonSerializerContext
{
    public static PictureInputJson Plain => field ??= new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, IgnoreReadOnlyProperties = true,
    });
}
