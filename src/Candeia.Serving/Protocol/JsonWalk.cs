using System.Text.Json;

namespace Candeia.Serving;

/// <summary>JSON gone through once, value by value, with a sentence for what is not as it should be.</summary>
static class JsonWalk
{
    /// <summary>Reads a value whose first token is read already, up to its last one.</summary>
    public delegate void Field(ref Utf8JsonReader reader, string name);

    /// <inheritdoc cref="Field"/>
    public delegate void Item(ref Utf8JsonReader reader);

    public static void Fields(ref Utf8JsonReader reader, string what, Field field)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw RefusedException.Malformed($"{what} must be an object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            field(ref reader, name);
        }
    }

    public static void Items(ref Utf8JsonReader reader, string what, Item item)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw RefusedException.Malformed($"{what} must be an array.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) item(ref reader);
    }

    public static string Text(ref Utf8JsonReader reader, string what) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw RefusedException.Malformed($"{what} must be a text.");

    public static int Size(ref Utf8JsonReader reader, string what) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int size) && size >= 0 ? size : throw RefusedException.Malformed($"{what} must be a whole number of at least 0.");

    public static double Number(ref Utf8JsonReader reader, string what) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double number) && double.IsFinite(number) ? number : throw RefusedException.Malformed($"{what} must be a number.");

    public static bool Truth(ref Utf8JsonReader reader, string what) =>
        reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : throw RefusedException.Malformed($"{what} must be true or false.");
}
