namespace Candeia.Tests;

/// <summary>The byte literals of the reference implementation's own tests: what must load and what must be refused.</summary>
public class SafetensorsVectorTests
{
    static (byte[] File, string Expected)[] Vectors() =>
    [
        .. from line in File.ReadLines(SharedFolder.Require("suites/safetensors/vectors.tsv")).Skip(1)
           let cells = line.Split('\t')
           select (File.ReadAllBytes(SharedFolder.Require($"suites/safetensors/{cells[0]}")), cells[1]),
    ];

    [SkippableFact]
    public void Loads_what_must_load()
    {
        var valid = Vectors().Where(v => v.Expected.StartsWith("ok", StringComparison.Ordinal)).ToArray();
        Assert.Equal(12, valid.Length);
        foreach (var (file, expected) in valid)
        {
            using var open = SafetensorsBytes.Open(file);
            if (expected.Contains("0 tensors", StringComparison.Ordinal)) Assert.Empty(open.Entries);
            else foreach (var e in open.Entries)
            {
                string said = $"{e.Name} {e.Type.ToString().ToUpperInvariant()} [{string.Join(',', e.Shape)}]";
                Assert.Contains(said, expected, StringComparison.Ordinal);
                Assert.Equal(e.Length, open.Read(e).Length);
            }
            if (expected.Contains("framework=pt", StringComparison.Ordinal)) Assert.Equal("pt", open.Metadata!["framework"]);
            else Assert.Null(open.Metadata);
        }
    }

    [SkippableFact]
    public void Reads_the_values()
    {
        using var ones = SafetensorsFile.Open(SharedFolder.Require("suites/safetensors/vectors/py_serialization_ones.safetensors"));
        Assert.Equal(1, BitConverter.ToInt32(ones.Read(ones["test"]), 12));
        using var floats = SafetensorsFile.Open(SharedFolder.Require("suites/safetensors/vectors/serialization_f32.safetensors"));
        byte[] bytes = floats.Read(floats["attn.0"]);
        Assert.Equal([0f, 1, 2, 3, 4, 5], Enumerable.Range(0, 6).Select(i => BitConverter.ToSingle(bytes, 4 * i)));
    }

    [SkippableFact]
    public void Refuses_what_must_be_refused()
    {
        var invalid = Vectors().Where(v => v.Expected.StartsWith("reject", StringComparison.Ordinal)).ToArray();
        Assert.Equal(11, invalid.Length);
        foreach (var (file, _) in invalid)
        {
            var e = Assert.Throws<SafetensorsException>(() => SafetensorsBytes.Open(file));
            Assert.StartsWith("test: ", e.Message, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public void Writes_what_the_reference_wrote_byte_for_byte()
    {
        // The other valid ones were typed by hand: their headers are not padded to a multiple of 8.
        string[] theirs = ["serialization_f32", "serialization_fp4", "empty", "empty_metadata", "py_serialization_ones", "py_two_tensors"];
        foreach (string name in theirs)
        {
            byte[] file = File.ReadAllBytes(SharedFolder.Require($"suites/safetensors/vectors/{name}.safetensors"));
            Assert.Equal(file, SafetensorsBytes.Again(file));
        }
    }
}
