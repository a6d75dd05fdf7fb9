using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Candeia.Serving;

/// <summary>
/// JSON whose long arrays of numbers are read by <see cref="JsonFloats"/>: a reader of tokens would go through each number twice, once to see that it is one. All else it reads by tokens.
/// </summary>
sealed class JsonText(ReadOnlyMemory<byte> json) : IDisposable
{
    readonly List<float[]> _rented = [];
    int _before;                                                           // bytes that the reader has not seen

    /// <summary>How many bytes it has.</summary>
    public int Length => json.Length;

    /// <summary>A reader at the beginning.</summary>
    public Utf8JsonReader Begin() => new(json.Span);

    /// <summary>Where the token begins that was read last.</summary>
    public int Start(in Utf8JsonReader reader) => _before + checked((int)reader.TokenStartIndex);

    /// <summary>Where it ends.</summary>
    public int End(in Utf8JsonReader reader) => _before + checked((int)reader.BytesConsumed);

    /// <summary>
    /// Reads the array whose bracket was read last, up to its last bracket, if it holds nothing but numbers and such arrays. Returns null, and leaves the reader where it is,
    /// where it does not. The numbers hold until this is disposed.
    /// </summary>
    public ReadOnlyMemory<float>? Floats(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return null;
        int start = Start(in reader);
        float[] values = ArrayPool<float>.Shared.Rent(256);
        int length = JsonFloats.Read(json.Span[start..], ref values, out int count);
        _rented.Add(values);
        if (length == 0) return null;
        _before = start + length - 1;
        reader = new(json.Span[_before..], isFinalBlock: true, reader.CurrentState);         // for whom the array is empty
        reader.Read();
        return values.AsMemory(0, count);
    }

    /// <summary>Where it is no JSON, as a person counts.</summary>
    public string WhereItBreaks()
    {
        try
        {
            var reader = Begin();
            while (reader.Read()) { }
            return "";
        }
        catch (JsonException fault)
        {
            return string.Create(CultureInfo.InvariantCulture, $" (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1})");
        }
    }

    public void Dispose()
    {
        foreach (float[] values in _rented) ArrayPool<float>.Shared.Return(values);
        _rented.Clear();
    }
}
