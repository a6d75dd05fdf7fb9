using System.Text.Json.Serialization;

namespace Candeia.Training;

/// <summary>What stands beside saved weights as JSON, by the rules of <see cref="HistoryJson"/>.</summary>
[JsonSerializable(typeof(SavedTraining))]
internal sealed partial class SavedJson : JsonSerializerContext
{
    /// <summary>For a file of its own.</summary>
    public static SavedJson Indented => field ??= new(HistoryJson.Rules(indented: true));
}
