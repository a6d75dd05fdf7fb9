using System.Collections.Immutable;
using System.Numerics;

namespace Candeia.Tests;

public sealed class SafetensorsTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("candeia");

    string InFolder(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_type_and_layout_comes_back()
    {
        string path = InFolder("all.safetensors");
        var matrix = Tensor.From([1f, 2, 3, 4, 5, 6], [2, 3]);
        matrix.RequiresGrad = true;
        var tensors = new Dictionary<string, Tensor>
        {
            ["float"] = matrix,
            ["transposed"] = matrix.T(),
            ["part"] = matrix.Narrow(1, 1, 2),
            ["result"] = matrix + 1,
            ["double"] = Tensor.From([Math.PI, double.NaN]),
            ["long"] = Tensor.From([long.MinValue, 7]),
            ["int"] = Tensor.From([int.MaxValue]),
            ["byte"] = Tensor.From<byte>([0, 255]),
            ["bool"] = Tensor.From([true, false]),
            ["scalar"] = Tensor.Scalar(2.5),
            ["empty"] = Tensor.Zeros([0, 3]),
        };
        Safetensors.Save(path, tensors, new Dictionary<string, string> { ["format"] = "candeia" });

        var loaded = Safetensors.Load(path);
        Assert.Equal(["long", "double", "empty", "float", "part", "result", "scalar", "transposed", "int", "byte", "bool"], loaded.Keys);
        foreach (var (name, expected) in tensors)
        {
            Assert.Equal(expected.DType, loaded[name].DType);
            Assert.Equal(expected.Shape, loaded[name].Shape);
            Assert.Equal(expected.Detach().ToArray<double>(), loaded[name].ToArray<double>());
            Assert.False(loaded[name].RequiresGrad);
        }
        Assert.Equal([1f, 4, 2, 5, 3, 6], loaded["transposed"].ToArray<float>());
        using var file = SafetensorsFile.Open(path);
        Assert.Equal("candeia", file.Metadata!["format"]);
        Assert.Equal([2f, 3, 5, 6], file.Load("part").ToArray<float>());
    }

    [Fact]
    public void Half_precision_becomes_float32()
    {
        Half[] half = [(Half)1.5f, (Half)(-0.0f), Half.Epsilon, Half.PositiveInfinity, (Half)65504f];
        float[] values = [1.5f, -2.75f, 1e-40f, float.NegativeInfinity];
        ushort[] brain = [.. values.Select(x => (ushort)(BitConverter.SingleToUInt32Bits(x) >> 16))];
        string path = Write(InFolder("half.safetensors"), ("f16", SafetensorsType.F16, [.. half.SelectMany(BitConverter.GetBytes)], 5), ("bf16", SafetensorsType.BF16, [.. brain.SelectMany(BitConverter.GetBytes)], 4));
        var loaded = Safetensors.Load(path);
        Assert.Equal([DType.Float16, DType.BFloat16], [loaded["f16"].DType, loaded["bf16"].DType]);
        Assert.Equal(half.Select(x => (float)x), loaded["f16"].ToArray<float>());
        Assert.Equal(brain.Select(x => BitConverter.UInt32BitsToSingle((uint)x << 16)), loaded["bf16"].ToArray<float>());
        Assert.Equal(1.5f, loaded["bf16"].ToArray<float>()[0]);
    }

    [Fact]
    public void Truth_values_are_0_or_1_whatever_the_file_says() =>
        Assert.Equal([0, 1, 1], Safetensors.Load(Write(InFolder("bool.safetensors"), ("b", SafetensorsType.Bool, [0, 1, 200], 3)))["b"].To(DType.UInt8).ToArray<byte>());

    [Fact]
    public void Every_type_that_the_format_has_comes_back_as_it_was()
    {
        string path = InFolder("all.safetensors");
        DType[] types = [.. Enum.GetValues<DType>().Where(d => d != DType.Complex128)];
        Safetensors.Save(path, types.Select(d => KeyValuePair.Create(d.Name(), Tensor.From([0.0, 1, 100]).To(d))));
        foreach (var (name, tensor) in Safetensors.Load(path))
        {
            Assert.Equal(name, tensor.DType.Name());
            Assert.Equal(Tensor.From([0.0, 1, 100]).To(tensor.DType).ToArray<Complex>(), tensor.ToArray<Complex>());
        }
        Assert.Contains("complex128", Assert.Throws<SafetensorsException>(() => Safetensors.Save(path, [new("z", Tensor.Zeros([1], DType.Complex128))])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_tensors_lack_is_named()
    {
        string path = Write(InFolder("odd.safetensors"), ("weight", SafetensorsType.U16, [1, 0], 1));
        string message = Assert.Throws<SafetensorsException>(() => Safetensors.Load(path)).Message;
        Assert.Contains("odd.safetensors", message, StringComparison.Ordinal);
        Assert.Contains("weight: U16 [1]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_twice_is_refused_before_anything_is_written()
    {
        string path = InFolder("twice.safetensors");
        var one = Tensor.Ones([1]);
        Assert.Throws<SafetensorsException>(() => Safetensors.Save(path, [new("a", one), new("a", one)]));
        Assert.Empty(_folder.GetFiles());
    }

    [SkippableFact]
    public void Real_files_come_back_byte_for_byte()
    {
        foreach (string path in Directory.GetFiles(SharedFolder.Require("suites/safetensors/real"), "*.safetensors"))
        {
            string again = InFolder(Path.GetFileName(path));
            using (var file = SafetensorsFile.Open(path)) Safetensors.Save(again, Safetensors.Load(path), file.Metadata);
            Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(again));
        }
    }

    [Fact]
    public void A_stream_gets_the_bytes_of_a_file_from_where_it_stands()
    {
        Dictionary<string, Tensor> tensors = new() { ["a"] = Tensor.Arange(6).Reshape(2, 3).T(), ["b"] = Tensor.Ones([4], DType.BFloat16) };
        Safetensors.Save(InFolder("file"), tensors, new Dictionary<string, string> { ["by"] = "a test" });
        using var memory = new MemoryStream();
        memory.Write([1, 2, 3]);
        Safetensors.Save(memory, tensors, new Dictionary<string, string> { ["by"] = "a test" });
        Assert.Equal([1, 2, 3, .. File.ReadAllBytes(InFolder("file"))], memory.ToArray());
        using var compressed = new System.IO.Compression.DeflateStream(new MemoryStream(), System.IO.Compression.CompressionMode.Compress);
        Safetensors.Save(compressed, tensors);                               // it does not know where it stands
    }

    static string Write(string path, params (string Name, SafetensorsType Type, byte[] Bytes, long Count)[] tensors)
    {
        var header = SafetensorsHeader.Arrange(tensors.Select(t => (t.Name, t.Type, ImmutableArray.Create(t.Count))), null);
        SafetensorsWriter.Write(path, header, (entry, write) => write(tensors.Single(t => t.Name == entry.Name).Bytes));
        return path;
    }
}
