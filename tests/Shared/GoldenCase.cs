using System.Globalization;
using System.Text.Json;

namespace Candeia.Tests;

/// <summary>One call that PyTorch computed: its tensors by name (<c>input0</c>, <c>weight</c>, <c>output0</c>, <c>grad_output0</c>, <c>grad0</c>, <c>grad_weight</c> …) and its other arguments.</summary>
sealed class GoldenCase(string name, JsonElement args, IReadOnlyDictionary<string, GoldenArray> arrays)
{
    /// <summary>The operation and a label, as in <c>softmax/2x3x4 dim=1</c>.</summary>
    public string Name => name;

    public string Op => name[..name.IndexOf('/', StringComparison.Ordinal)];

    public string Label => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public IReadOnlyDictionary<string, GoldenArray> Arrays => arrays;

    public GoldenArray this[string key] => arrays[key];

    public GoldenArray? Find(string key) => arrays.GetValueOrDefault(key);

    /// <summary>The positional tensors.</summary>
    public IReadOnlyList<GoldenArray> Inputs => Numbered("input");

    public IReadOnlyList<GoldenArray> Outputs => Numbered("output");

    public GoldenArray Output => arrays["output0"];

    /// <summary>Whether a gradient was recorded: send <c>grad_output0</c> … backwards, expect <c>grad0</c> ….</summary>
    public bool HasGrad => arrays.ContainsKey("grad_output0");

    public bool Has(string arg) => args.TryGetProperty(arg, out _);

    public int Int(string arg, int otherwise = 0) => args.TryGetProperty(arg, out var value) ? value.GetInt32() : otherwise;

    /// <summary>A number; infinities are texts in JSON.</summary>
    public double Number(string arg, double otherwise = 0) => !args.TryGetProperty(arg, out var value) ? otherwise
        : value.ValueKind != JsonValueKind.String ? value.GetDouble()
        : value.GetString() switch { "inf" => double.PositiveInfinity, "-inf" => double.NegativeInfinity, var s => double.Parse(s!, CultureInfo.InvariantCulture) };

    public bool Flag(string arg, bool otherwise = false) => args.TryGetProperty(arg, out var value) ? value.GetBoolean() : otherwise;

    public string? Text(string arg) => args.TryGetProperty(arg, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A list of whole numbers, or a single one; null where the argument was not given.</summary>
    public int[]? Ints(string arg) => !args.TryGetProperty(arg, out var value) ? null
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.GetInt32())] : [value.GetInt32()];

    /// <summary>The arguments as JSON, for those that are none of these.</summary>
    public JsonElement Args => args;

    public override string ToString() => name;

    List<GoldenArray> Numbered(string prefix)
    {
        List<GoldenArray> found = [];
        while (arrays.TryGetValue($"{prefix}{found.Count}", out var array)) found.Add(array);
        return found;
    }
}
