using System.Security.Cryptography;
using System.Text.Json;

namespace Candeia.Tests;

/// <summary>Files that other projects wrote and published.</summary>
public class SafetensorsRealFileTests
{
    [SkippableFact]
    public void Reads_every_tensor_byte_for_byte()
    {
        using var expected = JsonDocument.Parse(File.ReadAllText(SharedFolder.Require("suites/safetensors/real-expected.json")));
        int files = 0;
        foreach (var file in expected.RootElement.EnumerateObject())
        {
            files++;
            using var open = SafetensorsFile.Open(SharedFolder.Require($"suites/safetensors/real/{file.Name}"));
            Assert.Equal(file.Value.EnumerateObject().Select(t => t.Name).Order(), open.Entries.Select(e => e.Name).Order());
            foreach (var tensor in file.Value.EnumerateObject())
            {
                var entry = open[tensor.Name];
                Assert.Equal(tensor.Value.GetProperty("dtype").GetString(), entry.Type.ToString());
                Assert.Equal(tensor.Value.GetProperty("shape").EnumerateArray().Select(n => n.GetInt64()), entry.Shape);
                Assert.Equal(tensor.Value.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(open.Read(entry))));
            }
        }
        Assert.Equal(6, files);
    }

    [SkippableFact]
    public void Writes_them_again_byte_for_byte()
    {
        foreach (string path in Directory.GetFiles(SharedFolder.Require("suites/safetensors/real"), "*.safetensors"))
        {
            byte[] file = File.ReadAllBytes(path);
            Assert.Equal(file, SafetensorsBytes.Again(file));
        }
    }
}
