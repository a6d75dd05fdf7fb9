namespace Candeia.Experiments;

/// <summary>What was learnt in an hour is not lost because a folder cannot be written to.</summary>
static class Rescue
{
    /// <summary>Writes; if that fails, saves what was learnt under a new name in the first folder that takes it.</summary>
    /// <param name="write">Writes all files, or none.</param>
    /// <param name="save">Saves what was learnt to a path.</param>
    /// <param name="folders">Where it may be saved.</param>
    /// <exception cref="IOException">They could not be written; the message says where the weights are.</exception>
    public static void Or(Action write, Action<string> save, params ReadOnlySpan<string> folders)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string where = To(save, folders) is { } file
                ? $"What was learnt is not lost: it is in {file}." : "What was learnt is lost, for there is no room for it elsewhere either.";
            throw new IOException($"{e.Message} {where}", e);
        }
    }

    /// <summary>Saves under a new name, in the first folder that takes it; where that is, if one does.</summary>
    internal static string? To(Action<string> save, params ReadOnlySpan<string> folders)
    {
        foreach (string folder in folders)
        {
            string file = Path.Combine(folder, $"model-{Guid.NewGuid():N}.safetensors");
            try
            {
                save(file);
                return file;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
            }
        }
        return null;
    }
}
