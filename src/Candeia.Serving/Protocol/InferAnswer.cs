using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Candeia.Serving;

/// <summary>An answer of the Open Inference Protocol.</summary>
/// <param name="Body">JSON, and behind it the tensors that were asked for as bytes.</param>
/// <param name="Json">How many bytes of it are JSON; null if all.</param>
sealed record InferAnswer(ReadOnlyMemory<byte> Body, int? Json)
{
    /// <summary>Writes the outputs that a request asks for.</summary>
    /// <exception cref="RefusedException">It asks for one that the model has not, or an output has numbers that JSON cannot say.</exception>
    public static InferAnswer Write(string model, InferRequest request, IReadOnlyList<ModelValue> values, IReadOnlyList<Tensor> outputs)
    {
        var wanted = request.Outputs ?? [.. values.Select(v => (v.Name, (bool?)null))];
        List<byte[]> behind = [];
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("model_name", model);
            writer.WriteString("model_version", Versions.Only);
            if (request.Id is not null) writer.WriteString("id", request.Id);
            writer.WriteStartArray("outputs");
            foreach (var (name, binary) in wanted)
            {
                int place = Enumerable.Range(0, values.Count).FirstOrDefault(i => values[i].Name == name, -1);
                if (place < 0) throw RefusedException.Malformed($"The model has no output '{(name.Length <= 40 ? name : name[..40] + "…")}'; it gives {string.Join("; ", values)}.");
                Output(writer, values[place], outputs[place], binary ?? request.Binary, behind);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        if (behind.Count == 0) return new(buffer.WrittenMemory, null);
        int json = buffer.WrittenCount;
        foreach (byte[] bytes in behind) buffer.Write(bytes);
        return new(buffer.WrittenMemory, json);
    }

    static void Output(Utf8JsonWriter writer, ModelValue value, Tensor y, bool binary, List<byte[]> behind)
    {
        writer.WriteStartObject();
        writer.WriteString("name", value.Name);
        writer.WriteString("datatype", Datatypes.NameOf(y.DType));
        writer.WriteStartArray("shape");
        foreach (int size in y.Shape) writer.WriteNumberValue(size);
        writer.WriteEndArray();
        if (binary)
        {
            y.ReadBytes(bytes => behind.Add(bytes.ToArray()));
            writer.WriteStartObject("parameters");
            writer.WriteNumber("binary_data_size", behind[^1].Length);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteStartArray("data");
            Numbers(writer, value, y);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    static void Numbers(Utf8JsonWriter writer, ModelValue value, Tensor y)
    {
        if (y.DType == DType.Bool) foreach (bool x in y.ToArray<bool>()) writer.WriteBooleanValue(x);
        else if (y.DType.IsInteger()) foreach (long x in y.To(DType.Int64).ToArray<long>()) writer.WriteNumberValue(x);
        else if (y.DType == DType.Float64) foreach (double x in y.ToArray<double>()) writer.WriteNumberValue(double.IsFinite(x) ? x : throw NoNumber(value, x));
        else foreach (float x in y.To(DType.Float32).ToArray<float>()) writer.WriteNumberValue(float.IsFinite(x) ? x : throw NoNumber(value, x));
    }

    static RefusedException NoNumber(ModelValue value, double x) =>
        new(500, $"The model has answered '{value.Name}' with {x.ToString(CultureInfo.InvariantCulture)}, which JSON cannot say; ask for it with binary_data.");
}
