using System.Text.Json;

namespace Candeia.Tests;

/// <summary>Files that PyTorch has written in each of its containers, from tests/golden/checkpoints, and what is in them.</summary>
public class Checkpoints
{
    public static string PathOf(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Candeia.slnx"))) return Path.Combine(folder.FullName, "tests", "golden", "checkpoints", file);
        throw new DirectoryNotFoundException("Candeia.slnx is in no folder above the tests.");
    }

    [Theory]
    [InlineData("zip.pt", "zip")]
    [InlineData("protocol4.pt", "zip")]
    [InlineData("legacy.pt", "legacy")]
    [InlineData("tar.pt", "tar")]
    public void Each_container_has_the_tensors_that_PyTorch_put_into_it(string name, string container)
    {
        var expected = Golden.Json("checkpoints").GetProperty(name);
        foreach (bool map in (bool[])[false, true])
        {
            using var file = PyTorchFile.Open(PathOf(name), map);
            Assert.Equal(container, file.Container);
            Assert.Equal(expected.EnumerateObject().Select(t => t.Name), file.Tensors.Select(t => t.Name));
            foreach (var (key, tensor) in file.Tensors)
            {
                var said = expected.GetProperty(key);
                Assert.Equal(said.GetProperty("dtype").GetString(), tensor.TypeName);
                Assert.Equal(Numbers(said, "shape"), tensor.Shape);
                Assert.Equal(Numbers(said, "stride"), tensor.Strides);
                Assert.Equal(said.GetProperty("sha256").GetString(), ExpectedValues.Hash(file.Load(tensor)));
            }
        }
    }

    static IEnumerable<long> Numbers(JsonElement said, string name) => said.GetProperty(name).EnumerateArray().Select(n => n.GetInt64());

    [Fact]
    public void Views_of_one_storage_share_their_memory()
    {
        foreach (string name in (string[])["zip.pt", "legacy.pt", "tar.pt"])
        {
            using var file = PyTorchFile.Open(PathOf(name));
            var tensors = file.Tensors.ToDictionary(t => t.Name[(t.Name.LastIndexOf('.') + 1)..], t => file.Load(t.Tensor));
            tensors["base"][3, 1] = 1234.5f;
            Assert.Equal(1234.5, tensors["row"][1].Item());
            Assert.Equal(1234.5, tensors["turned"][1, 3].Item());
        }
    }

    [Fact]
    public void What_is_not_a_tensor_is_there_too()
    {
        using var file = PyTorchFile.Open(PathOf("zip.pt"));
        var content = Assert.IsAssignableFrom<IReadOnlyDictionary<object, object?>>(file.Content);
        Assert.Equal((3L, 0.25), (content["epoch"], content["loss"]));
    }
}
