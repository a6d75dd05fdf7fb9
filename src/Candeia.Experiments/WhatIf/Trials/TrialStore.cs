using System.Security.Cryptography;
using System.Text.Json;

namespace Candeia.Experiments;

/// <summary>The outcomes of trials that have been made, a file for each, named after the trial's settings.</summary>
sealed class TrialStore(string folder)
{
    /// <summary>The outcome of a trial, if it has been made and its file is whole.</summary>
    public Outcome? Find(Trial trial)
    {
        string file = FileOf(trial);
        if (!File.Exists(file)) return null;
        try
        {
            var outcome = JsonSerializer.Deserialize(File.ReadAllText(file), WhatIfJson.Plain.Outcome);
            return outcome is { Truth.Length: > 0 } && outcome.Trial == trial && outcome.Predicted.Length == outcome.Truth.Length ? outcome with { Trial = trial } : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;        // it is trained again
        }
    }

    /// <summary>Keeps an outcome.</summary>
    public void Keep(Outcome outcome) => WholeFile.Write(FileOf(outcome.Trial), JsonSerializer.Serialize(outcome, WhatIfJson.Plain.Outcome) + "\n");

    string FileOf(Trial trial)
    {
        byte[] settings = JsonSerializer.SerializeToUtf8Bytes(trial, WhatIfJson.Plain.Trial);
        return Path.Combine(folder, $"{Convert.ToHexStringLower(SHA256.HashData(settings).AsSpan(0, 8))}.json");
    }
}
