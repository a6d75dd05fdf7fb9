using System.Text.Json;

namespace Candeia.Tests;

/// <summary>Arrays that others wrote and published: 53 to read, 24 to refuse.</summary>
public class NpySuiteTests
{
    // What no tensor can hold is refused by its name: structures of several numbers, texts.
    static readonly string[] s_unheld = ["npyrs_roundtrip.npy", "npyrs_simple.npy", "numsharp_version2_large_header.npy", "numsharp_version3_unicode.npy", "libnpy_unicode.npy"];

    [SkippableFact]
    public void Valid_arrays_are_read_equal()
    {
        var expected = JsonElement.Parse(File.ReadAllText(SharedFolder.Require("suites/npy/expected.json")));
        string[] files = Directory.GetFiles(SharedFolder.Require("suites/npy/valid"));
        Assert.Equal(53, files.Length);
        int read = 0, refused = 0;
        foreach (string path in files)
        {
            string name = Path.GetFileName(path);
            if (s_unheld.Contains(name))
            {
                string message = Assert.Throws<TensorFileException>(() => Npy.Load(path)).Message;
                Assert.True(message.Contains("structures", StringComparison.Ordinal) || message.Contains("<U2", StringComparison.Ordinal), message);
                refused++;
                continue;
            }
            var said = expected.GetProperty($"valid/{name}");
            if (name.EndsWith(".npz", StringComparison.Ordinal)) Archive(path, said);
            else if (name == "jetbrains_win64python2.npy") Assert.Equal([2], Npy.Load(path).Shape);     // 2L, which the list's own reader does not know
            else foreach (bool map in (bool[])[false, true]) Same(said, Npy.Load(path, map), name);
            read++;
        }
        Assert.Equal((48, 5), (read, refused));
    }

    static void Archive(string path, JsonElement said)
    {
        using var file = TensorFile.Open(path);
        Assert.Equal("npz", file.Format);
        foreach (var entry in said.EnumerateObject())
        {
            string name = entry.Name[..^4], descr = entry.Value.GetProperty("descr").GetString()!;
            if (descr is "<U2" or "|S3") Assert.Contains(descr, Assert.Throws<TensorFileException>(() => file.Load(name)).Message, StringComparison.Ordinal);
            else Same(entry.Value, file.Load(name), $"{path}: {name}");
        }
        Assert.Equal(said.EnumerateObject().Select(e => e.Name[..^4]).Order(), file.Entries.Select(e => e.Name).Order());
    }

    static void Same(JsonElement said, Tensor array, string where)
    {
        Assert.Equal(said.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32()), array.Shape);
        if (said.TryGetProperty("values_c_order_first64", out var first)) ExpectedValues.Same(first, array, where);
        string descr = said.GetProperty("descr").GetString()!;
        if (descr[0] != '>' && !descr.Contains('u', StringComparison.Ordinal) && !said.GetProperty("fortran_order").GetBoolean())
            Assert.Equal(said.GetProperty("sha256_data").GetString(), ExpectedValues.Hash(array));
    }

    [SkippableTheory]
    [InlineData("object-reject", 9)]
    [InlineData("malformed", 15)]
    public void What_must_be_refused_is_refused(string folder, int count)
    {
        string[] files = Directory.GetFiles(SharedFolder.Require($"suites/npy/{folder}"));
        Assert.Equal(count, files.Length);
        foreach (string path in files)
        {
            var e = Record.Exception(() => path.EndsWith(".npz", StringComparison.Ordinal) ? Npz.Load(path).Count : Npy.Load(path).Numel);
            Assert.True(e is TensorFileException or IOException && e.Message.Contains(Path.GetFileName(path), StringComparison.Ordinal), $"{path}: {e}");
            Assert.True(Record.Exception(() => TensorFile.Load(path)) is TensorFileException or IOException, path);
        }
    }
}
