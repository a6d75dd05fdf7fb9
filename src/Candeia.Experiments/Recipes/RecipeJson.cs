using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candeia.Experiments;

/// <summary>A recipe by its name.</summary>
sealed class RecipeJson : JsonConverter<Recipe>
{
    public override Recipe Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? name = reader.GetString();
        return Recipe.All.FirstOrDefault(r => r.Name == name) ?? throw new JsonException($"There is no recipe '{name}'.");
    }

    public override void Write(Utf8JsonWriter writer, Recipe value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
