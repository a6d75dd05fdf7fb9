using System.Text.Json;

namespace Candeia.Tests;

/// <summary>Files of PyTorch that others wrote and published: 76 to read, 13 to refuse, and harmless pickles that are no files of PyTorch.</summary>
public class PyTorchSuiteTests
{
    static readonly Dictionary<string, string> s_types = new()
    {
        ["f32"] = "float32", ["f64"] = "float64", ["f16"] = "float16", ["bf16"] = "bfloat16", ["i64"] = "int64", ["i32"] = "int32", ["i16"] = "int16", ["i8"] = "int8", ["u8"] = "uint8", ["bool"] = "bool",
    };

    [SkippableFact]
    public void All_76_files_are_read_equal()
    {
        var expected = JsonElement.Parse(File.ReadAllText(SharedFolder.Require("suites/pt/expected.json")));
        int files = 0;
        foreach (var file in expected.EnumerateObject().Where(f => f.Value.TryGetProperty("value", out _)))
        {
            foreach (bool map in (bool[])[false, true])
            {
                using var open = PyTorchFile.Open(SharedFolder.Require($"suites/pt/{file.Name}"), map);
                Assert.Equal(file.Value.GetProperty("container").GetString(), open.Container);
                Same(file.Value.GetProperty("value"), open.Content, open, file.Name);
            }
            files++;
        }
        Assert.Equal(76, files);
    }

    static void Same(JsonElement said, object? value, PyTorchFile file, string where)
    {
        switch (said.ValueKind)
        {
            case JsonValueKind.Object when said.TryGetProperty("dict", out var entries):
                var dictionary = Assert.IsAssignableFrom<IReadOnlyDictionary<object, object?>>(value);
                Assert.Equal(entries.GetArrayLength(), dictionary.Count);
                foreach (var (entry, (key, item)) in entries.EnumerateArray().Zip(dictionary))
                {
                    Same(entry[0], key, file, where);
                    Same(entry[1], item, file, $"{where}/{key}");
                }
                break;
            case JsonValueKind.Object:
                var tensor = Assert.IsType<PyTorchTensor>(value);
                Assert.Equal(s_types[said.GetProperty("dtype").GetString()!], tensor.TypeName);
                Assert.Equal(said.GetProperty("shape").EnumerateArray().Select(n => n.GetInt64()), tensor.Shape);
                Assert.Equal(said.GetProperty("stride").EnumerateArray().Select(n => n.GetInt64()), tensor.Strides);
                Assert.Equal(said.GetProperty("offset").GetInt64(), tensor.Offset);
                var loaded = file.Load(tensor);
                Assert.Equal(tensor.Strides, loaded.Layout.Strides.ToArray());
                Assert.True(said.GetProperty("sha256_contiguous_le").GetString() == ExpectedValues.Hash(loaded), where);
                ExpectedValues.Same(said.GetProperty("values_first64"), loaded, where);
                break;
            case JsonValueKind.Array:
                var list = Assert.IsAssignableFrom<IReadOnlyList<object?>>(value);
                Assert.Equal(said.GetArrayLength(), list.Count);
                foreach (var (entry, item) in said.EnumerateArray().Zip(list)) Same(entry, item, file, where);
                break;
            case JsonValueKind.String: Assert.Equal(said.GetString(), value); break;
            case JsonValueKind.Number when value is long whole: Assert.Equal(said.GetInt64(), whole); break;
            case JsonValueKind.Number: Assert.Equal(said.GetDouble(), Assert.IsType<double>(value)); break;
            case JsonValueKind.True or JsonValueKind.False: Assert.Equal(said.GetBoolean(), value); break;
            default: Assert.Null(value); break;
        }
    }

    [SkippableTheory]
    [InlineData("torchscript", 10, "TorchScript")]
    [InlineData("malformed", 3, "")]
    [InlineData("benign-pickle", 4, "")]
    public void What_must_be_refused_is_refused_by_name(string folder, int count, string says)
    {
        string[] files = Directory.GetFiles(SharedFolder.Require($"suites/pt/{folder}"));
        Assert.Equal(count, files.Length);
        foreach (string path in files)
        {
            string message = Assert.Throws<TensorFileException>(() => PyTorchFile.Open(path)).Message;
            Assert.StartsWith(path, message, StringComparison.Ordinal);
            Assert.Contains(says, message, StringComparison.Ordinal);
            Assert.Throws<TensorFileException>(() => TensorFile.Open(path));
            Assert.Throws<TensorFileException>(() => PyTorchFile.Open(path, keepForeign: true));
        }
    }

    [SkippableTheory]
    [InlineData("data__benign0_v3.pkl")]
    [InlineData("data__benign0_v4.pkl")]
    public void Harmless_pickles_are_read_by_the_machine_though_they_are_no_files_of_PyTorch(string name)
    {
        using var file = FileBytes.Open(SharedFolder.Require($"suites/pt/benign-pickle/{name}"));
        object? value = new Unpickler(new(file, 0, file.Length), new PyTorchNames(file, false, _ => null)).Read();
        Assert.Equal(["a", "b", "c"], Assert.IsAssignableFrom<IReadOnlyList<object?>>(value));
    }
}
