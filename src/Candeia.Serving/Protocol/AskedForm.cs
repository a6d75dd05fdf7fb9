using System.Text.Json;

namespace Candeia.Serving;

/// <summary>What a person filled in, and how answers to people are written.</summary>
static class AskedForm
{
    const int MostFields = 10_000;

    /// <summary>Reads an object of texts; numbers and truth values are taken as they are written.</summary>
    /// <exception cref="RefusedException">It is none.</exception>
    public static Dictionary<string, string> Read(ReadOnlySpan<byte> json)
    {
        Dictionary<string, string> fields = [];
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            JsonWalk.Fields(ref reader, "The question", (ref r, name) =>
            {
                if (fields.Count >= MostFields) throw RefusedException.Malformed($"The question has more than {MostFields} fields.");
                fields[name] = r.TokenType switch
                {
                    JsonTokenType.String => r.GetString()!,
                    JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(r.ValueSpan),
                    JsonTokenType.True => "true",
                    JsonTokenType.False => "false",
                    JsonTokenType.Null => "",
                    _ => throw RefusedException.Malformed($"The field '{name}' must be a text or a number."),
                };
            });
            if (reader.Read()) throw RefusedException.Malformed("Something follows the question.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw RefusedException.Malformed("The question is no JSON object of fields.", fault);
        }
        return fields;
    }

    /// <summary>Writes what there is to ask.</summary>
    public static void Write(Utf8JsonWriter writer, Question question)
    {
        writer.WriteStartObject();
        writer.WriteString("text", question.Text);
        writer.WriteString("kind", question switch { PictureQuestion => "picture", TextQuestion => "text", _ => "form" });
        if (question is FormQuestion form)
        {
            writer.WriteStartArray("fields");
            foreach (var field in form.Fields)
            {
                writer.WriteStartObject();
                writer.WriteString("name", field.Name);
                writer.WriteString("example", field.Example);
                if (field.Choices is { } choices)
                {
                    writer.WriteStartArray("choices");
                    foreach (string choice in choices) writer.WriteStringValue(choice);
                    writer.WriteEndArray();
                }
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    /// <summary>Writes an answer.</summary>
    public static void Write(Utf8JsonWriter writer, Reply answer, string? remark)
    {
        writer.WriteStartObject();
        writer.WriteString("text", answer.Text);
        if (remark is not null) writer.WriteString("remark", remark);
        writer.WriteNumber("low", answer.Low);
        writer.WriteNumber("high", answer.High);
        writer.WriteStartArray("parts");
        foreach (var part in answer.Parts.Where(p => double.IsFinite(p.Value)))
        {
            writer.WriteStartObject();
            writer.WriteString("name", part.Name);
            writer.WriteNumber("value", part.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
