using System.Text.Json;

namespace Candeia.Training;

/// <summary>
/// A JSON object per whole epoch and line:
/// <c>{"epoch":1,"train":{"loss":0.5,"metrics":{…},"samples":640,"seconds":1.5},"valid":…,"seconds":1.9,"learning_rate":0.001}</c>.
/// A number that is none is the text "NaN". A resumed run goes on with the file.
/// </summary>
/// <param name="path">The file.</param>
public sealed class JsonLinesLog(string path) : LineLog(path)
{
    private protected override string Line(History history, int index) => JsonSerializer.Serialize(history.Epochs[index], HistoryJson.Line.EpochResult);

    private protected override int? Epoch(string line)
    {
        try { return JsonSerializer.Deserialize(line, HistoryJson.Line.EpochResult)?.Epoch; }
        catch (JsonException) { return null; }
    }
}
