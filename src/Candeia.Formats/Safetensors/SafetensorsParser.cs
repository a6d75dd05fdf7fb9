using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;

namespace Candeia;

/// <summary>Reads the JSON of a safetensors header, which may come from anyone: every rule of the format is checked here, once.</summary>
/// <remarks>
/// White space before the opening brace is accepted, as the reference reader does, although the format's text forbids it;
/// fields that the format does not know are skipped, for the same reason.
/// </remarks>
internal ref struct SafetensorsParser(ReadOnlySpan<byte> json, string source)
{
    public const string MetadataKey = "__metadata__";

    Utf8JsonReader _reader = new(json, new JsonReaderOptions { MaxDepth = 16, AllowMultipleValues = false });
    readonly ReadOnlySpan<byte> _json = json;

    /// <summary>Parses a header in front of <paramref name="dataLength"/> bytes of tensors.</summary>
    public SafetensorsHeader Parse(long dataLength)
    {
        if (!Utf8.IsValid(_json)) throw Broken("the header is not valid UTF-8");
        try
        {
            var (entries, metadata) = Header();
            return new(Contiguous(entries, dataLength), metadata);
        }
        catch (JsonException e) { throw new SafetensorsException($"{source}: the header is not valid JSON at byte {e.BytePositionInLine} of line {e.LineNumber}.", e); }
    }

    (List<SafetensorsEntry>, IReadOnlyDictionary<string, string>?) Header()
    {
        List<SafetensorsEntry> entries = [];
        IReadOnlyDictionary<string, string>? metadata = null;
        HashSet<string> names = [];
        _reader.Read();
        Expect(JsonTokenType.StartObject, "the header");
        while (Next() == JsonTokenType.PropertyName)
        {
            string name = Text();
            if (!names.Add(name)) throw Error($"{SafetensorsException.Quote(name)} occurs twice in the header");
            Next();
            if (name == MetadataKey) metadata = Metadata();
            else entries.Add(Entry(name));
        }
        _reader.Read();                                                     // throws if anything but white space follows
        return (entries, metadata);
    }

    OrderedDictionary<string, string> Metadata()
    {
        Expect(JsonTokenType.StartObject, MetadataKey);
        OrderedDictionary<string, string> metadata = [];
        while (Next() == JsonTokenType.PropertyName)
        {
            string key = Text();
            Next();
            Expect(JsonTokenType.String, $"{MetadataKey} {SafetensorsException.Quote(key)}");
            if (!metadata.TryAdd(key, Text())) throw Error($"{MetadataKey} {SafetensorsException.Quote(key)} occurs twice");
        }
        return metadata;
    }

    SafetensorsEntry Entry(string name)
    {
        string place = $"tensor {SafetensorsException.Quote(name)}";
        Expect(JsonTokenType.StartObject, place);
        SafetensorsType? type = null;
        ImmutableArray<long>? shape = null, offsets = null;
        while (Next() == JsonTokenType.PropertyName)
        {
            string field = Text();
            if (field switch { "dtype" => type is not null, "shape" => shape is not null, "data_offsets" => offsets is not null, _ => false })
                throw Error($"{place} has two {field}");
            Next();
            if (field == "dtype") type = Type(place);
            else if (field == "shape") shape = Integers($"{place}, shape");
            else if (field == "data_offsets") offsets = Integers($"{place}, data_offsets");
            else _reader.Skip();
        }
        if (type is null || shape is null || offsets is null) throw Error($"{place} lacks dtype, shape or data_offsets");
        if (offsets.Value is not [var start, var end]) throw Error($"{place} has {offsets.Value.Length} data_offsets instead of 2");
        return new(name, type.Value, shape.Value, start, end);
    }

    SafetensorsType Type(string place)
    {
        Expect(JsonTokenType.String, $"{place}, dtype");
        string name = Text();
        return SafetensorsTypes.Parse(name) ?? throw Error($"{place} has the unknown dtype {SafetensorsException.Quote(name)}");
    }

    ImmutableArray<long> Integers(string place)
    {
        Expect(JsonTokenType.StartArray, place);
        var numbers = ImmutableArray.CreateBuilder<long>();
        while (Next() != JsonTokenType.EndArray)
        {
            Expect(JsonTokenType.Number, place);
            if (!_reader.TryGetUInt64(out ulong n) || n > long.MaxValue) throw Error($"{place} holds a number that is negative, fractional or above 2^63 - 1");
            numbers.Add((long)n);
        }
        return numbers.ToImmutable();
    }

    readonly ImmutableArray<SafetensorsEntry> Contiguous(List<SafetensorsEntry> entries, long dataLength)
    {
        ImmutableArray<SafetensorsEntry> sorted = [.. entries.OrderBy(e => e.Start).ThenBy(e => e.End)];
        long offset = 0;
        foreach (var e in sorted)
        {
            string place = $"tensor {SafetensorsException.Quote(e.Name)}";
            if (e.Start != offset || e.End < e.Start) throw Broken($"{place} has data_offsets [{e.Start}, {e.End}], but the tensor before it ends at {offset}");
            long size = SafetensorsEntry.Size(e.Type, e.Shape.AsSpan()) ?? throw Broken($"{place} has a shape whose size overflows or is no whole number of bytes");
            if (e.Length != size) throw Broken($"{place} has data_offsets [{e.Start}, {e.End}], but its shape needs {size} bytes");
            offset = e.End;
        }
        if (offset != dataLength) throw Broken($"the tensors take {offset} bytes, but {dataLength} follow the header");
        return sorted;
    }

    JsonTokenType Next() => _reader.Read() ? _reader.TokenType : throw Error("the header ends too early");

    readonly string Text()
    {
        try { return _reader.GetString()!; }
        catch (InvalidOperationException e) { throw new SafetensorsException($"{source}: the header holds a text that is not valid Unicode at byte {_reader.TokenStartIndex}.", e); }
    }

    readonly void Expect(JsonTokenType type, string place)
    {
        if (_reader.TokenType != type) throw Error($"{place} is {_reader.TokenType} where {type} belongs");
    }

    readonly SafetensorsException Error(string what) => Broken($"{what} (byte {_reader.TokenStartIndex} of the header)");

    readonly SafetensorsException Broken(string what) => new($"{source}: {what}.");
}
