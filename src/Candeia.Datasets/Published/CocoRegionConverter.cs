using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candeia.Datasets;

/// <summary>Regions as files of COCO have them.</summary>
internal sealed class CocoRegionConverter : JsonConverter<CocoRegion>
{
    public override CocoRegion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            List<float[]> polygons = [];
            while (reader.Read() && reader.TokenType == JsonTokenType.StartArray) polygons.Add([.. Numbers(ref reader)]);
            return reader.TokenType == JsonTokenType.EndArray ? new([.. polygons], null) : throw new JsonException("a polygon is a list of numbers");
        }
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("a region is polygons or runs of pixels");
        int[]? runs = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isRuns = reader.ValueTextEquals("counts"u8);
            reader.Read();
            if (isRuns && reader.TokenType == JsonTokenType.String) runs = CocoRegion.Unpack(reader.GetString());
            else if (isRuns && reader.TokenType == JsonTokenType.StartArray) runs = [.. Numbers(ref reader).Select(n => (int)n)];
            else reader.Skip();
        }
        return new(null, runs ?? throw new JsonException("a region has neither polygons nor runs of pixels"));
    }

    static List<float> Numbers(ref Utf8JsonReader reader)
    {
        List<float> numbers = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.Number) numbers.Add(reader.GetSingle());
        return reader.TokenType == JsonTokenType.EndArray ? numbers : throw new JsonException("a list of numbers has something else in it");
    }

    public override void Write(Utf8JsonWriter writer, CocoRegion value, JsonSerializerOptions options) => throw new NotSupportedException("Regions are read, not written.");
}
