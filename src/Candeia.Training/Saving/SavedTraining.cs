using System.Text.Json;

namespace Candeia.Training;

/// <summary>What stands beside the weights of a saved model.</summary>
/// <param name="Format">What kind of file this is.</param>
/// <param name="Model">The name of the model's type; for people, and for the message where another one is loaded.</param>
/// <param name="Parameters">How many numbers the model has learnt.</param>
/// <param name="Optimizers">The names of the optimizers' types; for people.</param>
/// <param name="Metrics">The names of what was measured.</param>
/// <param name="WeightsSha256">Which weights belong to this.</param>
/// <param name="History">How the training went.</param>
/// <param name="Steps">How many training batches there were.</param>
/// <param name="LossSha256">Which weights of a loss belong to this, where one learnt with the model.</param>
/// <param name="Notes">What people and programs should know of it.</param>
/// <param name="PreprocessingSha256">Which preprocessing belongs to this, where there is one.</param>
internal sealed record SavedTraining(
    string Format, string Model, long Parameters, IReadOnlyList<string> Optimizers, IReadOnlyList<string> Metrics, string WeightsSha256, History History,
    int Steps = 0, string? LossSha256 = null, ModelNotes? Notes = null, string? PreprocessingSha256 = null)
{
    public const string Version = "candeia training 1";
    const int Longest = 64 << 20;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SavedJson.Indented.SavedTraining);

    /// <exception cref="CheckpointException">The file is missing, damaged, or something else.</exception>
    public static SavedTraining Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > Longest) throw Broken(path, $"it is longer than {Longest >> 20} MiB");
            var saved = JsonSerializer.Deserialize(File.ReadAllBytes(path), SavedJson.Indented.SavedTraining);
            if (saved?.Format != Version) throw Broken(path, $"its format is not \"{Version}\"");
            if (saved.Steps < 0) throw Broken(path, "its number of steps is negative");
            if (saved.History.Epochs.Any(e => e is null)) throw Broken(path, "an epoch of its history is missing");
            if (saved.Notes?.Fault is { } fault) throw Broken(path, fault);
            return saved;
        }
        catch (JsonException e)
        {
            throw Broken(path, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine} is not as expected", e);
        }
    }

    static CheckpointException Broken(string path, string what, Exception? inner = null) =>
        new($"{path} does not describe a training: {what}. Save the model again, or load its weights alone with model.Load.", inner);
}
