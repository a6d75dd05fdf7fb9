using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Candeia.Tests;

/// <summary>Valid files, damaged in thousands of ways: each must load or be refused by the one exception, and what loads must save and load again.</summary>
public class SafetensorsFuzzTests
{
    const string Json = """
        {"__metadata__":{"format":"pt","é":"\u00e9"},"fc.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[8,32]},"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"e":{"dtype":"F4","shape":[0,2],"data_offsets":[32,32]}}
        """;
    static readonly string[] s_fragments = ["{", "}", "[", "]", ",", ":", "\"", "\\u", "\\ud83d", "-", "1e9", "9223372036854775807", "18446744073709551615", "null", "F64", "BOOL", "é", "__metadata__", "\0", "\"shape\":[", "\"dtype\":\"U8\""];

    static void Check(byte[] file)
    {
        try
        {
            using var open = SafetensorsBytes.Open(file);
            foreach (var e in open.Entries) Assert.Equal(e.Length, open.Read(e).Length);
            byte[] again = SafetensorsBytes.Again(file);
            Assert.Equal(again, SafetensorsBytes.Again(again));
        }
        catch (SafetensorsException) { }
    }

    [Fact]
    public void Damaged_files_are_loaded_or_refused() => Fuzz.Run([SafetensorsBytes.Of(Json, 32)], [.. s_fragments.Select(Encoding.UTF8.GetBytes)], Check);

    [Fact]
    public void Damaged_headers_of_the_right_length_are_loaded_or_refused()
    {
        var damage = Gen.Choose(0, Json.Length).Zip(Gen.Choose(0, 8)).Zip(Gen.Elements(s_fragments)).ListOf(2);
        Prop.ForAll(damage.ToArbitrary(), steps =>
        {
            var json = new StringBuilder(Json);
            foreach (var ((at, remove), fragment) in steps)
            {
                int start = Math.Min(at, json.Length);
                json.Remove(start, Math.Min(remove, json.Length - start)).Insert(start, fragment);
            }
            Check(SafetensorsBytes.Of(json.ToString(), 32));
        }).Try(5000);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] valid = SafetensorsBytes.Of(Json, 32);
        for (int length = 0; length < valid.Length; length++)
            Assert.Throws<SafetensorsException>(() => SafetensorsBytes.Open(valid[..length]));
    }

    [Fact]
    public void Random_numbers_in_shapes_and_offsets_are_loaded_or_refused()
    {
        var number = Gen.OneOf(Gen.Choose(0, 9).Select(i => (ulong)i), Gen.Choose(0, 63).Select(i => 1UL << i), Gen.Choose(1, 9).Select(i => ulong.MaxValue - (ulong)i));
        Prop.ForAll(number.ListOf(4).ToArbitrary(), n => Check(SafetensorsBytes.Of(
            $$$"""{"a":{"dtype":"F6_E3M2","shape":[{{{n[0]}}},{{{n[1]}}},{{{n[2]}}}],"data_offsets":[0,{{{n[3]}}}]}}""", (int)Math.Min(n[3], 1000)))).Try(2000);
    }
}
