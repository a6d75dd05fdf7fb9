using System.Text.Json;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace Candeia.Datasets;

/// <summary>Pictures in Parquet files, as Hugging Face's library writes them: a structure <c>image</c> of the bytes of a file and its name, and beside it what is known of it.</summary>
internal sealed partial class OpenParquet
{
    const int MostDepth = 64;
    static readonly Type[] s_numbers = [typeof(float), typeof(double), typeof(int), typeof(long)];

    /// <summary>The bytes of the picture files of a row group.</summary>
    public byte[]?[] Pictures(int group) => Try(() =>
    {
        var field = Leaf("image", "bytes");
        if (field.ClrType != typeof(byte[]) && field.ClrType != typeof(ReadOnlyMemory<byte>)) throw new InvalidDataException($"its pictures are {field.ClrType.Name} and no bytes");
        byte[]?[] cells = new byte[]?[checked((int)Groups[group])];
        using var rows = _reader.OpenRowGroupReader(group);
        rows.ReadAsync(field, cells.AsMemory()).AsTask().GetAwaiter().GetResult();
        return cells;
    });

    /// <summary>The whole numbers of a column in a row group; NaN where there is none.</summary>
    public double[] Numbers(int group, string column) => Try(() =>
    {
        var field = Leaf(column);
        var cells = ParquetCells.Of(field);
        using var rows = _reader.OpenRowGroupReader(group);
        cells.Add(rows, field, checked((int)Groups[group]));
        var all = cells.Column(column);
        return Enumerable.Range(0, all.Count).Select(all.Number).ToArray();
    });

    /// <summary>The numbers in a column of lists, or of lists of lists: of each row of a row group all, one after the other.</summary>
    public double[][] Lists(int group, params string[] path) => Try(() =>
    {
        var field = Leaf(path);
        if (!s_numbers.Contains(field.ClrType)) throw new InvalidDataException($"its column {string.Join('.', path)} has no numbers");
        using var rows = _reader.OpenRowGroupReader(group);
        using var raw = rows.ReadRawColumnDataBaseAsync(field).AsTask().GetAwaiter().GetResult();
        double[] values = raw switch
        {
            RawColumnData<float> floats => Array.ConvertAll(floats.Values.ToArray(), v => (double)v),
            RawColumnData<double> doubles => doubles.Values.ToArray(),
            RawColumnData<int> whole => Array.ConvertAll(whole.Values.ToArray(), v => (double)v),
            _ => Array.ConvertAll(((RawColumnData<long>)raw).Values.ToArray(), v => (double)v),
        };
        // What repeats nothing begins a row; what is not defined to the end is a list without numbers, or no number. The numbers stand at the beginning, as many as there are.
        var all = Array.ConvertAll(new int[checked((int)Groups[group])], _ => new List<double>());
        int row = -1, next = 0;
        foreach (var (repeats, isDefined) in raw.RepetitionLevels.ToArray().Zip(raw.DefinitionLevels.ToArray(), (r, d) => (r > 0, d == field.MaxDefinitionLevel)))
        {
            if (!repeats) row++;
            if (isDefined) all[row].Add(values[next++]);
        }
        return row + 1 == all.Length ? Array.ConvertAll(all, l => l.ToArray()) : throw new InvalidDataException($"its column {string.Join('.', path)} has {row + 1} rows instead of {all.Length}");
    });

    /// <summary>Whether there is a column, or more within it.</summary>
    public bool Has(params string[] path) => Leaves(path).Length > 0;

    /// <summary>The names of classes, as the file says them; none, if it does not.</summary>
    public IReadOnlyList<string> ClassNames() => Try<IReadOnlyList<string>>(() =>
    {
        if (!_reader.CustomMetadata.TryGetValue("huggingface", out string? json)) return [];
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MostDepth });
        return Names(document.RootElement) ?? [];
    });

    /// <summary>The first list of names that stands in a description of classes, wherever that is.</summary>
    static string[]? Names(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array) return element.EnumerateArray().Select(Names).FirstOrDefault(n => n is not null);
        if (element.ValueKind != JsonValueKind.Object) return null;
        if (element.TryGetProperty("_type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "ClassLabel" && element.TryGetProperty("names", out var names))
            return [.. names.EnumerateArray().Select(n => n.GetString() ?? "")];
        return element.EnumerateObject().Select(p => Names(p.Value)).FirstOrDefault(n => n is not null);
    }

    DataField[] Leaves(string[] path) => [.. _reader.Schema.DataFields.Where(f => f.Path.Length >= path.Length && f.Path.ToList().Take(path.Length).SequenceEqual(path))];

    DataField Leaf(params string[] path) => Leaves(path) is [var one] ? one : throw new InvalidDataException($"it has no column {string.Join('.', path)}");
}
