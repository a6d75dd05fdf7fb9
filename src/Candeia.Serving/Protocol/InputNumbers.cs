using System.Text.Json;

namespace Candeia.Serving;

/// <summary>The numbers of a tensor, from JSON or from bytes.</summary>
static class InputNumbers
{
    /// <summary>An array of numbers or of such arrays, in whatever depth, in row-major order.</summary>
    /// <param name="json">The array.</param>
    /// <param name="value">What it is to be.</param>
    /// <param name="shape">The sizes that it has.</param>
    public static Tensor FromJson(ReadOnlySpan<byte> json, ModelValue value, Shape shape)
    {
        if (shape.Numel > json.Length) throw Wrong(value, shape, "fewer");
        return value.DType switch
        {
            DType.Float32 => From<float>(json, value, shape, (ref r, out x) => r.TryGetSingle(out x) && float.IsFinite(x)),
            DType.Float64 or DType.Float16 or DType.BFloat16 => From<double>(json, value, shape, (ref r, out x) => r.TryGetDouble(out x) && double.IsFinite(x)),
            DType.Int64 => From<long>(json, value, shape, (ref r, out x) => r.TryGetInt64(out x)),
            DType.Int32 => From<int>(json, value, shape, (ref r, out x) => r.TryGetInt32(out x)),
            DType.Int16 => From<short>(json, value, shape, (ref r, out x) => r.TryGetInt16(out x)),
            DType.Int8 => From<sbyte>(json, value, shape, (ref r, out x) => r.TryGetSByte(out x)),
            DType.UInt8 => From<byte>(json, value, shape, (ref r, out x) => r.TryGetByte(out x)),
            _ => From<byte>(json, value, shape, (ref r, out x) => r.TryGetByte(out x) && x <= 1),
        };
    }

    /// <summary>Numbers that were read already.</summary>
    public static Tensor FromFloats(ReadOnlySpan<float> values, ModelValue value, Shape shape) =>
        values.Length == shape.Numel ? Tensor.From(values, shape) : throw Wrong(value, shape, values.Length < shape.Numel ? "fewer" : "more");

    /// <summary>Little-endian numbers side by side, a byte for each truth value.</summary>
    public static Tensor FromBytes(ReadOnlyMemory<byte> bytes, ModelValue value, Shape shape)
    {
        if (shape.Numel * value.DType.Size() != bytes.Length)
            throw RefusedException.Malformed($"The input '{value.Name}' has {bytes.Length} bytes; {Datatypes.NameOf(value.DType)} {shape} has {shape.Numel * value.DType.Size()}.");
        if (value.DType == DType.Bool && bytes.Span.ContainsAnyExceptInRange((byte)0, (byte)1))
            throw RefusedException.Malformed($"The input '{value.Name}' is BOOL, so its bytes are 0 or 1.");
        var tensor = Tensor.Empty(shape, value.DType);
        tensor.WriteBytes(to => bytes.Span.CopyTo(to));
        return tensor;
    }

    delegate bool Number<T>(ref Utf8JsonReader reader, out T value);

    static Tensor From<T>(ReadOnlySpan<byte> json, ModelValue value, Shape shape, Number<T> number) where T : unmanaged
    {
        var values = new T[shape.Numel];
        int count = 0;
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            T x;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.EndArray: continue;
                case JsonTokenType.Number when number(ref reader, out x): break;
                case JsonTokenType.True or JsonTokenType.False when value.DType == DType.Bool:
                    x = reader.GetBoolean() ? One<T>() : default;
                    break;
                default: throw NoNumber(value, count);
            }
            if (count == values.Length) throw Wrong(value, shape, "more");
            values[count++] = x;
        }
        if (count < values.Length) throw Wrong(value, shape, "fewer");
        return Tensor.From(values, shape).To(value.DType);
    }

    static T One<T>() where T : unmanaged => (T)(object)(byte)1;

    static RefusedException NoNumber(ModelValue value, int before) =>
        RefusedException.Malformed($"The data of '{value.Name}' must be {Datatypes.NameOf(value.DType)} numbers; number {before + 1} is none.");

    static RefusedException Wrong(ModelValue value, Shape shape, string how) =>
        RefusedException.Malformed($"The data of '{value.Name}' has {how} numbers than its shape {shape} says, which is {shape.Numel}.");
}
