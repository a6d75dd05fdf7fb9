namespace Candeia.Training;

/// <summary>A state as a safetensors file: tensors and numbers as its tensors, texts as its metadata.</summary>
internal static class CheckpointFile
{
    const string Format = "candeia", Version = "checkpoint 1";

    public static void Write(string path, SavedState state) =>
        Safetensors.Save(path, state.Tensors, new Dictionary<string, string>(state.Texts) { [Format] = Version });

    /// <exception cref="CheckpointException">The file is damaged, or something else.</exception>
    public static SavedState Read(string path)
    {
        try
        {
            using var file = SafetensorsFile.Open(path);
            if (file.Metadata?.GetValueOrDefault(Format) != Version)
                throw new CheckpointException($"{path} is no checkpoint of a run. Name another file, or remove it to begin anew.");
            OrderedDictionary<string, Tensor> tensors = [];
            foreach (var entry in file.Entries) tensors.Add(entry.Name, file.Load(entry.Name).Keep());
            return new(path, tensors, file.Metadata);
        }
        catch (Exception e) when (e is SafetensorsException or IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"The checkpoint cannot be read: {e.Message} Remove {path} to begin anew.", e);
        }
    }
}
