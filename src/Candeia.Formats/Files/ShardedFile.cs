using System.Collections.Immutable;
using System.Text.Json;

namespace Candeia;

/// <summary>A model in several files, and an index that says which tensor is in which.</summary>
internal sealed class ShardedFile : IDisposable
{
    public const string Index = ".index.json";
    const int MostBytes = 1 << 26, MostShards = 10_000;
    static readonly string[] s_names = ["model.safetensors", "pytorch_model.bin", "model.safetensors" + Index, "pytorch_model.bin" + Index];
    readonly OrderedDictionary<string, TensorFile> _shards = [];

    /// <summary>Opens what a folder of Hugging Face holds.</summary>
    public static TensorFile OpenFolder(string folder, bool map)
    {
        string? name = s_names.FirstOrDefault(n => File.Exists(Path.Combine(folder, n)));
        return name is not null ? TensorFormats.Open(Path.Combine(folder, name), map)
            : throw new TensorFileException($"{folder}: the folder has neither {string.Join(" nor ", s_names)}.");
    }

    /// <summary>Opens all files that an index names. Which are there, and that each has the tensors that it should, is checked now.</summary>
    public static TensorFile OpenIndex(string path, bool map)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var weights = WeightMap(path);
        var sharded = new ShardedFile();
        try
        {
            var entries = ImmutableArray.CreateBuilder<TensorEntry>(weights.Count);
            foreach (var (tensor, shard) in weights)
            {
                if (!sharded._shards.TryGetValue(shard, out var file)) sharded._shards.Add(shard, file = TensorFormats.Open(Path.Combine(folder, shard), map));
                entries.Add(file[tensor]);
            }
            foreach (var (name, file) in sharded._shards)
                if (file.Entries.FirstOrDefault(e => weights.GetValueOrDefault(e.Name) != name) is { } extra) throw Error(path, $"{name} holds {TensorFileException.Quote(extra.Name)}, which the index does not have there");
            string format = $"sharded {sharded._shards.Values.FirstOrDefault()?.Format ?? "nothing"}";
            return new(path, format, entries.ToImmutable(), sharded._shards.Values.FirstOrDefault()?.Metadata, sharded, name => sharded._shards[weights[name]].Load(name));
        }
        catch
        {
            sharded.Dispose();
            throw;
        }
    }

    /// <summary>The files that an index names, each once.</summary>
    public static IEnumerable<string> Shards(string path) => WeightMap(path).Values.Distinct();

    public void Dispose()
    {
        foreach (var shard in _shards.Values) shard.Dispose();
    }

    static OrderedDictionary<string, string> WeightMap(string path)
    {
        OrderedDictionary<string, string> map = [];
        HashSet<string> files = [];
        try
        {
            using var json = JsonDocument.Parse(OrdinaryFile.ReadAllBytes(path, MostBytes), new JsonDocumentOptions { MaxDepth = 16 });
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("weight_map", out var weights) || weights.ValueKind != JsonValueKind.Object)
                throw Error(path, "the index has no weight_map");
            foreach (var weight in weights.EnumerateObject())
            {
                if (weight.Value.ValueKind != JsonValueKind.String || weight.Value.GetString() is not { } file || !IsPlain(file))
                    throw Error(path, $"{TensorFileException.Quote(weight.Name)} is said to be in what is no file of this folder");
                if (!map.TryAdd(weight.Name, file)) throw Error(path, $"{TensorFileException.Quote(weight.Name)} is in the index twice");
                if (files.Add(file) && files.Count > MostShards) throw Error(path, $"the index names more than {MostShards} files");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new TensorFileException($"{path}: the index is no valid JSON.", e);
        }
        return map;
    }

    // A name, not a way: a file of the same folder, and no index again.
    static bool IsPlain(string name) =>
        name.Length is > 0 and < 256 && name == Path.GetFileName(name) && !name.Contains('\\', StringComparison.Ordinal) && !name.Contains(':', StringComparison.Ordinal)
        && name is not ("." or "..") && !name.EndsWith(Index, StringComparison.Ordinal);

    static TensorFileException Error(string path, string what) => new($"{path}: {what}.");
}
