using System.Text.Json;

namespace Candeia.Tests;

/// <summary>
/// What PyTorch computes, from tests/golden: one file for each family of operations, made by generate.py there.
/// <c>foreach (var c in Golden.Open("unary").Of("exp"))</c> compares one by one;
/// <c>[Theory, MemberData(nameof(Golden.Names), "unary", "exp", MemberType = typeof(Golden))]</c> shows each case as a test of its own.
/// </summary>
sealed class Golden
{
    static readonly Dictionary<string, Golden> s_open = [];
    readonly Dictionary<string, GoldenCase> _byName;

    Golden(string family)
    {
        using var file = SafetensorsFile.Open(PathOf($"{family}.safetensors"));
        var arrays = file.Entries.ToLookup(e => e.Name[..e.Name.LastIndexOf('/')], e => (Key: e.Name[(e.Name.LastIndexOf('/') + 1)..], Array: new GoldenArray(e, file.Read(e))));
        Cases = [.. file.Metadata!.Select(m => new GoldenCase(m.Key, JsonElement.Parse(m.Value), arrays[m.Key].ToDictionary(a => a.Key, a => a.Array)))];
        _byName = Cases.ToDictionary(c => c.Name);
    }

    /// <summary>Reads a family, such as <c>"convolution"</c>, once.</summary>
    public static Golden Open(string family)
    {
        lock (s_open) return s_open.TryGetValue(family, out var golden) ? golden : s_open[family] = new(family);
    }

    /// <summary>Tables that are text rather than numbers: <c>"promotion"</c>, <c>"initialization"</c>, <c>"state_dicts"</c>.</summary>
    public static JsonElement Json(string name) => JsonElement.Parse(File.ReadAllText(PathOf($"{name}.json")));

    /// <summary>(family, name) of every case of these operations, or of the whole family if none is named.</summary>
    public static IEnumerable<object[]> Names(string family, params string[] ops) =>
        Open(family).Cases.Where(c => ops.Length == 0 || ops.Contains(c.Op)).Select(c => new object[] { family, c.Name });

    public IReadOnlyList<GoldenCase> Cases { get; }

    public IEnumerable<GoldenCase> Of(string op) => Cases.Where(c => c.Op == op);

    public GoldenCase this[string name] => _byName[name];

    /// <summary>Where a file of tests/golden is.</summary>
    public static string PathOf(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Candeia.slnx"))) return Path.Combine(folder.FullName, "tests", "golden", file);
        throw new DirectoryNotFoundException("Candeia.slnx is in no folder above the tests.");
    }
}
