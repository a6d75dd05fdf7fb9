using System.Text.Json;

namespace Candeia.Datasets;

public sealed partial class TableEncoder
{
    const long MostBytes = 64 << 20;

    /// <summary>Writes the encoder as JSON, whole or not at all.</summary>
    /// <param name="path">The file, such as <c>table.json</c>.</param>
    public void Save(string path)
    {
        var saved = new SavedEncoder(SavedEncoder.Version, Target, TargetKind, Classes, TargetMean, TargetDeviation, _columns, LeftOut);
        WholeFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(saved, EncoderJson.Plain.SavedEncoder));
    }

    /// <summary>An encoder that was saved.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DatasetException">The file is missing, damaged, or something else.</exception>
    public static TableEncoder Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            var saved = JsonSerializer.Deserialize(OrdinaryFile.ReadAllBytes(path, MostBytes), EncoderJson.Plain.SavedEncoder) ?? throw Broken(path, "it says null");
            if (saved.Fault is { } fault) throw Broken(path, fault);
            return new([.. saved.Columns], saved.Target, saved.TargetKind, saved.Classes, saved.TargetMean, saved.TargetDeviation, saved.LeftOut);
        }
        catch (JsonException e)
        {
            throw Broken(path, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine} is not as expected", e);
        }
        catch (ArgumentException e)                 // two values of a column are the same, or one is null
        {
            throw Broken(path, "the values of a column are no list of different words", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"'{path}' cannot be read ({e.Message.TrimEnd('.')}); name the file that was saved with the model.", e);
        }
    }

    static DatasetException Broken(string path, string fault, Exception? inner = null) => new($"'{path}' does not describe the encoding of a table: {fault}; save it again.", inner);
}
