using System.Text.Json;

namespace Candeia.Serving;

/// <summary>
/// A request of the Open Inference Protocol: JSON, behind which the bytes of tensors may follow that JSON only mentions. Bytes are distrusted: no more memory is
/// taken than they explain, and what is wrong is said by a <see cref="RefusedException"/>.
/// </summary>
/// <param name="Id">What the answer repeats.</param>
/// <param name="Inputs">Tensors in the order of the model.</param>
/// <param name="Outputs">The names that are asked for, each with whether as bytes; null for all.</param>
/// <param name="Binary">Whether outputs are bytes where nothing else is said.</param>
sealed record InferRequest(string? Id, IReadOnlyList<Tensor> Inputs, IReadOnlyList<(string Name, bool? Binary)>? Outputs, bool Binary)
{
    /// <summary>Gives the memory of tensors back for the next request, that of the inputs and of an answer that has been written: nobody waits for a garbage collector who is not in a hurry.</summary>
    public void GiveBack(IReadOnlyList<Tensor> outputs)
    {
        using var scope = Scope.Begin();
        foreach (var tensor in Inputs) scope.Adopt(tensor);
        foreach (var tensor in outputs) scope.Adopt(tensor);
    }

    /// <summary>Reads a body.</summary>
    /// <param name="body">All of it.</param>
    /// <param name="json">How many bytes at its beginning are JSON.</param>
    /// <param name="expected">What the model takes.</param>
    /// <exception cref="RefusedException">It is no such request, or not one for this model.</exception>
    public static InferRequest Read(ReadOnlyMemory<byte> body, int json, IReadOnlyList<ModelValue> expected)
    {
        if (json < 0 || json > body.Length) throw RefusedException.Malformed($"The header says that {json} bytes are JSON, but the body has {body.Length}.");
        using var text = new JsonText(body[..json]);
        try
        {
            return Parse(body, text, expected);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw RefusedException.Malformed($"The request is no JSON of the Open Inference Protocol{text.WhereItBreaks()}.", fault);
        }
    }

    static InferRequest Parse(ReadOnlyMemory<byte> body, JsonText text, IReadOnlyList<ModelValue> expected)
    {
        string? id = null;
        bool binary = false, floats = expected.Any(v => v.DType == DType.Float32);
        List<InputMessage>? inputs = null;
        List<(string, bool?)>? outputs = null;
        var reader = text.Begin();
        reader.Read();
        JsonWalk.Fields(ref reader, "The request", (ref r, name) =>
        {
            switch (name)
            {
                case "id": id = JsonWalk.Text(ref r, "The id"); break;
                case "inputs":
                    List<InputMessage> read = [];
                    JsonWalk.Items(ref r, "inputs", (ref i) => read.Add(InputMessage.Read(ref i, text, floats)));
                    inputs = read;
                    break;
                case "outputs":
                    List<(string, bool?)> wanted = [];
                    JsonWalk.Items(ref r, "outputs", (ref o) => wanted.Add(Wanted(ref o)));
                    outputs = wanted;
                    break;
                case "parameters": binary = Flag(ref r, "binary_data_output") ?? false; break;
                default: r.Skip(); break;
            }
        });
        if (reader.Read()) throw RefusedException.Malformed("Something follows the request.");
        if (inputs is null) throw RefusedException.Malformed("The request has no inputs.");
        return new(id, Tensors(body, text.Length, inputs, expected), outputs, binary);
    }

    static (string, bool?) Wanted(ref Utf8JsonReader reader)
    {
        string wanted = "";
        bool? binary = null;
        JsonWalk.Fields(ref reader, "An output", (ref r, name) =>
        {
            if (name == "name") wanted = JsonWalk.Text(ref r, "The name of an output");
            else if (name == "parameters") binary = Flag(ref r, "binary_data");
            else r.Skip();
        });
        return (wanted, binary);
    }

    static bool? Flag(ref Utf8JsonReader reader, string wanted)
    {
        bool? flag = null;
        JsonWalk.Fields(ref reader, "parameters", (ref r, name) =>
        {
            if (name == wanted) flag = JsonWalk.Truth(ref r, wanted);
            else r.Skip();
        });
        return flag;
    }

    static Tensor[] Tensors(ReadOnlyMemory<byte> body, int json, List<InputMessage> inputs, IReadOnlyList<ModelValue> expected)
    {
        var tensors = new Tensor?[expected.Count];
        int at = json;
        foreach (var input in inputs)
        {
            int place = Enumerable.Range(0, expected.Count).FirstOrDefault(i => expected[i].Name == input.Name, -1);
            if (place < 0) throw RefusedException.Malformed($"The model has no input '{Shown(input.Name)}'; it takes {string.Join("; ", expected)}.");
            if (tensors[place] is not null) throw RefusedException.Malformed($"The input '{Shown(input.Name)}' is there twice.");
            var value = expected[place];
            var shape = ShapeOf(input, value);
            if (input.Binary is { } size)
            {
                if (input.Data is not null) throw RefusedException.Malformed($"The input '{value.Name}' has both data and binary_data_size.");
                if (size > body.Length - at) throw RefusedException.Malformed($"The input '{value.Name}' is to have {size} bytes, but {body.Length - at} are left.");
                tensors[place] = InputNumbers.FromBytes(body.Slice(at, size), value, shape);
                at += size;
            }
            else if (input.Floats is { } floats && value.DType == DType.Float32) tensors[place] = InputNumbers.FromFloats(floats.Span, value, shape);
            else if (input.Data is { } data) tensors[place] = InputNumbers.FromJson(body.Span[data], value, shape);
            else throw RefusedException.Malformed($"The input '{value.Name}' has no data.");
        }
        if (at < body.Length) throw RefusedException.Malformed($"{body.Length - at} bytes belong to no input.");
        return [.. tensors.Select((t, i) => t ?? throw RefusedException.Malformed($"The input {expected[i]} is missing."))];
    }

    static Shape ShapeOf(InputMessage input, ModelValue value)
    {
        if (input.Datatype != Datatypes.NameOf(value.DType)) throw RefusedException.Malformed($"The model takes {value}; the datatype '{Shown(input.Datatype)}' is another one.");
        if (input.Shape is not { } sizes) throw RefusedException.Malformed($"The input '{value.Name}' has no shape.");
        if (!value.Fits(sizes.ToArray())) throw RefusedException.Malformed($"The model takes {value}, not the shape [{string.Join(", ", sizes.Take(16))}].");
        long numel = 1;
        foreach (int size in sizes) numel = size == 0 ? 0 : numel > int.MaxValue / size ? int.MaxValue : numel * size;
        if (numel is 0 or int.MaxValue) throw RefusedException.Malformed($"The shape [{string.Join(", ", sizes.Take(16))}] of '{value.Name}' has {(numel == 0 ? "no numbers" : "too many numbers")}.");
        return Shape.Create([.. sizes]);
    }

    static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
