using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Candeia.Text;

/// <summary>How the files of vocabularies and tokenizers are read and written: JSON, whose every byte may be wrong.</summary>
internal static class SavedText
{
    const int Longest = 256 << 20;

    /// <summary>snake_case names, a line per word, and words as they are.</summary>
    public static JsonSerializerOptions Rules() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="TokenizerException">The file is missing, damaged, or something else.</exception>
    public static T Read<T>(string path, JsonTypeInfo<T> type, string what)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            byte[] bytes = OrdinaryFile.ReadAllBytes(path, Longest);
            return JsonSerializer.Deserialize(bytes, type) ?? throw Broken(path, what, "it says null");
        }
        catch (JsonException e)
        {
            throw Broken(path, what, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine} is not as expected", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TokenizerException($"The {what} '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The words as a vocabulary.</summary>
    public static Vocabulary Vocabulary(string path, IReadOnlyList<string> words)
    {
        try
        {
            return new(words);
        }
        catch (ArgumentException e)
        {
            throw Broken(path, "vocabulary", e.Message.Split(" (Parameter")[0].TrimEnd('.'), e);
        }
    }

    public static TokenizerException Broken(string path, string what, string fault, Exception? inner = null) =>
        new($"'{path}' holds no {what}: {fault}; save it again.", inner);
}
