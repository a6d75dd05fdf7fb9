using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;

namespace Candeia.Tests;

/// <summary>Tensors beside what the lists of the suites say of them.</summary>
static class ExpectedValues
{
    /// <summary>Compares the first values, exactly.</summary>
    public static void Same(JsonElement first, Tensor tensor, string where)
    {
        if (first.ValueKind == JsonValueKind.String) return;                 // bits, which the hash compares
        var flat = tensor.Reshape([(int)tensor.Numel]);
        int i = 0;
        foreach (var value in first.EnumerateArray())
        {
            var actual = flat[i++];
            if (value.ValueKind == JsonValueKind.Array || tensor.DType.IsComplex()) Assert.True(Complex(value) == actual.Item<Complex>(), where);
            else if (tensor.DType.IsFloatingPoint()) Assert.True(Number(value).Equals(actual.Item<double>()), $"{where}: {value} {actual.Item<double>()}");
            else Assert.True(Whole(value) == actual.Item<long>(), $"{where}: {value} {actual.Item<long>()}");
        }
        Assert.Equal(Math.Min(64, tensor.Numel), i);
    }

    /// <summary>The hash of all bytes in row-major order.</summary>
    public static string Hash(Tensor tensor)
    {
        string hash = "";
        tensor.ReadBytes(bytes => hash = Convert.ToHexStringLower(SHA256.HashData(bytes)));
        return hash;
    }

    static double Number(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString() switch { "nan" => double.NaN, "inf" => double.PositiveInfinity, "-inf" => double.NegativeInfinity, var s => double.Parse(s!, CultureInfo.InvariantCulture) }
        : value.GetDouble();

    static long Whole(JsonElement value) => value.ValueKind switch { JsonValueKind.True => 1, JsonValueKind.False => 0, _ => value.GetInt64() };

    static Complex Complex(JsonElement value) => value.ValueKind == JsonValueKind.Array ? new(Number(value[0]), Number(value[1])) : new(Number(value), 0);
}
