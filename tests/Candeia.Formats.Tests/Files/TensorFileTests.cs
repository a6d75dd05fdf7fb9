namespace Candeia.Tests;

public sealed class TensorFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static readonly OrderedDictionary<string, Tensor> s_tensors = new() { ["a.weight"] = Tensor.Arange(6).To(DType.Float32).Reshape([2, 3]), ["b"] = Tensor.Scalar(7, DType.Int64) };

    [Theory]
    [InlineData(".safetensors", "safetensors")]
    [InlineData(".pt", "pytorch zip")]
    [InlineData(".npz", "npz")]
    public void A_file_says_by_its_bytes_what_it_is(string extension, string format)
    {
        TensorFile.Save(_folder["x" + extension], s_tensors);
        File.Move(_folder["x" + extension], _folder["renamed.dat"]);
        foreach (bool map in (bool[])[false, true])
        {
            using var file = TensorFile.Open(_folder["renamed.dat"], map);
            Assert.Equal(format, file.Format);
            Assert.Equal(s_tensors.Keys.Order(), file.Entries.Select(e => e.Name).Order());
            Assert.Equal(("float32", DType.Float32, 24L, 6L), (file["a.weight"].Type, file["a.weight"].DType!.Value, file["a.weight"].Bytes, file["a.weight"].Numel));
            Assert.Equal([0f, 1, 2, 3, 4, 5], file.Load("a.weight").ToArray<float>());
            Assert.Equal(7, file.LoadAll()["b"].Item());
            Assert.Contains("'c'", Assert.Throws<TensorFileException>(() => file.Load("c")).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_single_array_has_the_name_of_its_file()
    {
        TensorFile.Save(_folder["embedding.npy"], [new("x", Tensor.Ones([2]))]);
        using var file = TensorFile.Open(_folder["embedding.npy"]);
        Assert.Equal("embedding: float32 [2]", $"{Assert.Single(file.Entries)}");
        Assert.Contains(".npz", Assert.Throws<TensorFileException>(() => TensorFile.Save(_folder["two.npy"], s_tensors)).Message, StringComparison.Ordinal);
        Assert.Contains(".safetensors", Assert.Throws<TensorFileException>(() => TensorFile.Save(_folder["two.xyz"], s_tensors)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_files_are_one_model()
    {
        Safetensors.Save(_folder["model-1.safetensors"], [s_tensors.GetAt(0)]);
        Safetensors.Save(_folder["model-2.safetensors"], [s_tensors.GetAt(1)]);
        Index("""{"metadata": {"total_size": 32}, "weight_map": {"a.weight": "model-1.safetensors", "b": "model-2.safetensors"}}""");
        using var file = TensorFile.Open(_folder.Path);
        Assert.Equal(("sharded safetensors", 2), (file.Format, file.Entries.Length));
        Assert.Equal(7, file.Load("b").Item());
        Assert.Equal([2, 3], file.Load("a.weight").Shape);
    }

    [Theory]
    [InlineData("""{"weight_map": {"a.weight": "../model-1.safetensors"}}""", "no file of this folder")]
    [InlineData("""{"weight_map": {"a.weight": "/etc/passwd"}}""", "no file of this folder")]
    [InlineData("""{"weight_map": {"a.weight": "model.safetensors.index.json"}}""", "no file of this folder")]
    [InlineData("""{"weight_map": {"a.weight": 1}}""", "no file of this folder")]
    [InlineData("""{"weight_map": {"x": "model-1.safetensors"}}""", "'x'")]
    [InlineData("""{"weight_map": {"a.weight": "model-1.safetensors", "a.weight": "model-1.safetensors"}}""", "twice")]
    [InlineData("""{"weight_map": {}, "weight_map": []}""", "no weight_map")]
    [InlineData("""[]""", "no weight_map")]
    [InlineData("""{"weight_map": {""", "JSON")]
    public void An_index_that_lies_is_refused(string index, string says)
    {
        Safetensors.Save(_folder["model-1.safetensors"], [s_tensors.GetAt(0)]);
        Index(index);
        Assert.Contains(says, Assert.Throws<TensorFileException>(() => TensorFile.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    void Index(string json) => File.WriteAllText(_folder["model.safetensors.index.json"], json);

    [Fact]
    public void What_is_no_file_of_tensors_is_refused_by_its_first_bytes()
    {
        File.WriteAllText(_folder["x.dat"], "hello there");
        Assert.Contains("68656c6c6f207468", Assert.Throws<TensorFileException>(() => TensorFile.Open(_folder["x.dat"])).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder["x.safetensors"], "hello there");
        Assert.Contains("is announced", Assert.Throws<SafetensorsException>(() => TensorFile.Open(_folder["x.safetensors"])).Message, StringComparison.Ordinal);
        File.WriteAllBytes(_folder["zip.bin"], PtBytes.ZipOf(System.IO.Compression.CompressionLevel.Optimal, ("readme.txt", [1])));
        Assert.Contains("'readme.txt'", Assert.Throws<TensorFileException>(() => TensorFile.Open(_folder["zip.bin"])).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(_folder["empty"]);
        Assert.Contains("model.safetensors", Assert.Throws<TensorFileException>(() => TensorFile.Open(_folder["empty"])).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => TensorFile.Open(_folder["nowhere.pt"]));
        Assert.False(Directory.Exists(_folder["nowhere"]));
    }

    [Fact]
    public void Tensors_of_a_mapped_file_outlive_it()
    {
        TensorFile.Save(_folder["x.pt"], s_tensors);
        var tensors = TensorFile.Load(_folder["x.pt"], map: true);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal([0f, 1, 2, 3, 4, 5], tensors["a.weight"].ToArray<float>());
        tensors["a.weight"][0, 0] = 9;
        Assert.Equal(0, TensorFile.Load(_folder["x.pt"])["a.weight"][0, 0].Item());
    }

    [SkippableFact]
    public void Real_models_are_read_in_each_of_their_formats()
    {
        using var face = TensorFile.Open(SharedFolder.Require("models/face/version-RFB-320.pth"));
        Assert.Equal(("pytorch legacy", 244), (face.Format, face.Entries.Length));
        Assert.All(face.LoadAll().Values, t => Assert.True(t.DType == DType.Int64 || t.IsFinite().All().Item<long>() == 1));
        Assert.Contains("TorchScript", Assert.Throws<TensorFileException>(() => TensorFile.Open(SharedFolder.Require("models/silero/silero_vad.jit"))).Message, StringComparison.Ordinal);
        Assert.NotEmpty(TensorFile.Load(SharedFolder.Require("models/silero/silero_vad_16k.safetensors")));
        var pt = TensorFile.Load(SharedFolder.Require("models/mnist-burn/mnist.pt"));
        var safetensors = TensorFile.Load(SharedFolder.Require("models/mnist-burn/mnist.safetensors"));
        Assert.Equal(pt.Keys.Order(), safetensors.Keys.Order());
        Assert.All(pt.Keys, n => Assert.Equal(pt[n].Shape, safetensors[n].Shape));
    }
}
