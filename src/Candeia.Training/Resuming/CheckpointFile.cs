namespace Candeia.Training;

/// <summary>A state as a safetensors file: tensors and numbers as its tensors, texts as its metadata, and a checksum of all.</summary>
internal static class CheckpointFile
{
    const string Format = "candeia", Version = "checkpoint 2", Checksum = "sha256";

    public static void Write(string path, SavedState state)
    {
        using var scope = Scope.Begin();
        OrderedDictionary<string, Tensor> tensors = new(state.Tensors.Select(t => KeyValuePair.Create(t.Key, t.Value.To(Device.Cpu))));
        Safetensors.Save(path, tensors, new Dictionary<string, string>(state.Texts) { [Format] = Version, [Checksum] = CheckpointHash.Of(tensors, state.Texts) });
    }

    /// <summary>The checkpoint of a folder that a run came furthest in; what is no folder, as it is.</summary>
    public static string Newest(string path) => !Directory.Exists(path) ? path
        : Directory.EnumerateFiles(path, "*.safetensors").Select(file => (File: file, Place: PlaceOf(file))).Where(f => f.Place is not null).OrderBy(f => f.Place).ThenBy(f => f.File, StringComparer.Ordinal).LastOrDefault().File ?? path;

    /// <summary>How far a run had come; null where the file is none of a run, or damaged.</summary>
    static (double Epoch, double Batch)? PlaceOf(string path)
    {
        try
        {
            using var file = SafetensorsFile.Open(path);
            if (file.Metadata?.GetValueOrDefault(Format) != Version) return null;
            return (file.Load("epoch").Item(), file.Load("batch").Item());
        }
        catch (Exception e) when (e is SafetensorsException or IOException or UnauthorizedAccessException or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <exception cref="CheckpointException">The file is damaged, or something else.</exception>
    public static SavedState Read(string path)
    {
        try
        {
            using var file = SafetensorsFile.Open(path);
            string? version = file.Metadata?.GetValueOrDefault(Format);
            if (version != Version) throw new CheckpointException(version?.StartsWith("checkpoint ", StringComparison.Ordinal) == true
                ? $"{path} is a checkpoint of another version of Candeia. Go on with that one, or remove the file to begin anew."
                : $"{path} is no checkpoint of a run. Name another file, or remove it to begin anew.");
            OrderedDictionary<string, Tensor> tensors = [];
            foreach (var entry in file.Entries) tensors.Add(entry.Name, file.Load(entry.Name).Keep());
            var texts = file.Metadata!.Where(t => t.Key is not (Format or Checksum)).ToDictionary();
            if (file.Metadata!.GetValueOrDefault(Checksum) != CheckpointHash.Of(tensors, texts))
                throw new CheckpointException($"The checkpoint {path} is damaged: what it holds has not the checksum that it was written with. Remove it to begin anew, or take a copy.");
            return new(path, tensors, texts);
        }
        catch (Exception e) when (e is SafetensorsException or IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"The checkpoint cannot be read: {e.Message} Remove {path} to begin anew.", e);
        }
    }
}
