using System.Text.Json;

namespace Candeia.Serving;

/// <summary>A request to go on with a text, as the protocol's generate extension has it: <c>{"text_input": "…", "parameters": {"max_tokens": 100}}</c>.</summary>
/// <param name="Id">What the answer repeats.</param>
/// <param name="Beginning">The text, and how it is to go on.</param>
sealed record GenerateRequest(string? Id, TextBeginning Beginning)
{
    /// <summary>Reads a body.</summary>
    /// <param name="json">All of it.</param>
    /// <param name="most">How many tokens may be asked for.</param>
    /// <exception cref="RefusedException">It is no such request.</exception>
    public static GenerateRequest Read(ReadOnlySpan<byte> json, int most)
    {
        string? id = null, text = null;
        var how = new TextBeginning("");
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            JsonWalk.Fields(ref reader, "The request", (ref r, name) =>
            {
                switch (name)
                {
                    case "id": id = JsonWalk.Text(ref r, "The id"); break;
                    case "text_input": text = JsonWalk.Text(ref r, name); break;
                    case "parameters": JsonWalk.Fields(ref r, "parameters", (ref p, parameter) => how = With(how, ref p, parameter)); break;
                    default: throw RefusedException.Malformed($"The request has a field '{(name.Length <= 40 ? name : name[..40] + "…")}'; it takes text_input, parameters and id.");
                }
            });
            if (reader.Read()) throw RefusedException.Malformed("Something follows the request.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw RefusedException.Malformed("The request is no JSON of the generate extension, such as {\"text_input\": \"Once\"}.", fault);
        }
        if (text is null) throw RefusedException.Malformed("The request has no text_input.");
        if (how.MaxTokens > most) throw RefusedException.Malformed($"max_tokens must be at most {most} here.");
        return new(id, how with { Text = text });
    }

    static TextBeginning With(TextBeginning how, ref Utf8JsonReader reader, string parameter) => parameter switch
    {
        "max_tokens" => how with { MaxTokens = JsonWalk.Size(ref reader, parameter) },
        "temperature" => how with { Temperature = JsonWalk.Number(ref reader, parameter) },
        "top_k" => how with { TopK = JsonWalk.Size(ref reader, parameter) },
        "top_p" => how with { TopP = JsonWalk.Number(ref reader, parameter) },
        "repetition_penalty" => how with { RepetitionPenalty = JsonWalk.Number(ref reader, parameter) },
        "seed" => how with { Seed = (ulong)JsonWalk.Size(ref reader, parameter) },
        _ => throw RefusedException.Malformed(
            $"There is no parameter '{(parameter.Length <= 40 ? parameter : parameter[..40] + "…")}'; there are max_tokens, temperature, top_k, top_p, repetition_penalty and seed."),
    };

    /// <summary>Writes a text that was made, or a piece of it.</summary>
    public void Answer(Utf8JsonWriter writer, string model, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("model_name", model);
        writer.WriteString("model_version", Versions.Only);
        if (Id is not null) writer.WriteString("id", Id);
        writer.WriteString("text_output", text);
        writer.WriteEndObject();
    }
}
