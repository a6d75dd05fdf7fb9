using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;

namespace Candeia.Datasets.Tests;

public sealed class IdxFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    string Write(params byte[] bytes)
    {
        File.WriteAllBytes(_folder["f"], bytes);
        return _folder["f"];
    }

    [Theory]
    [InlineData(DType.UInt8)]
    [InlineData(DType.Int8)]
    [InlineData(DType.Int16)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void What_is_written_is_read_again_plain_and_packed(DType dtype)
    {
        var values = Tensor.Arange(0, 24, dtype: dtype).Reshape(2, 3, 4);
        foreach (string name in (string[])["a.idx", "a.idx.gz"])
        {
            IdxFile.Write(_folder[name], values);
            var back = IdxFile.Read(_folder[name]);
            Assert.Equal((dtype, values.Shape), (back.DType, back.Shape));
            Assert.Equal(values.ToArray<double>(), back.ToArray<double>());
        }
        Assert.Equal(0x1F, File.ReadAllBytes(_folder["a.idx.gz"])[0]);
    }

    [Fact]
    public void The_format_is_that_of_MNIST()
    {
        IdxFile.Write(_folder["a"], Tensor.From(new byte[] { 7, 9 }));
        Assert.Equal([0, 0, 8, 1, 0, 0, 0, 2, 7, 9], File.ReadAllBytes(_folder["a"]));
        Assert.Equal([-2, 3], IdxFile.Read(Write(0, 0, 9, 1, 0, 0, 0, 2, 254, 3)).ToArray<int>());
        Assert.Equal([-2], IdxFile.Read(Write(0, 0, 0x0B, 1, 0, 0, 0, 1, 255, 254)).ToArray<int>());
        Assert.Equal([1f], IdxFile.Read(Write(0, 0, 0x0D, 1, 0, 0, 0, 1, 0x3F, 0x80, 0, 0)).ToArray<float>());
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3, 4, 5 }, "no IDX file")]
    [InlineData(new byte[] { 0, 0, 8 }, "no IDX file")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 1 }, "within its header")]
    [InlineData(new byte[] { 0, 0, 8, 200 }, "200 dimensions")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0xFF, 0, 0, 0 }, "dimension 0")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0xFF, 0, 0, 0, 0xFF, 0, 0 }, "dimension 1")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0x30, 0, 0, 0, 1 }, "more than it can hold")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 3, 1, 2 }, "ends after 2 of 3")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 1, 2 }, "goes on")]
    [InlineData(new byte[] { 0x1F, 0x8B, 1, 2, 3 }, "cannot be unpacked")]
    public void A_damaged_file_is_refused_in_a_sentence_that_names_it(byte[] file, string fault)
    {
        string message = Assert.Throws<DatasetException>(() => IdxFile.Read(Write(file))).Message;
        Assert.Contains($"'{_folder["f"]}'", message, StringComparison.Ordinal);
        Assert.Contains(fault, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packed_file_that_announces_gigabytes_takes_no_memory_for_them()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write([0, 0, 8, 1, 0x3F, 0, 0, 0, .. new byte[1000]]);
        string file = Write(packed.ToArray());
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("more than it can hold", Assert.Throws<DatasetException>(() => IdxFile.Read(file)).Message, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void A_missing_file_and_a_type_that_the_format_lacks_are_said()
    {
        Assert.Contains("cannot be read", Assert.Throws<DatasetException>(() => IdxFile.Read(_folder["none"])).Message, StringComparison.Ordinal);
        Assert.Contains("Int64", Assert.Throws<ArgumentException>(() => IdxFile.Write(_folder["x"], Tensor.Arange(3))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["x"]));
    }

    [Fact]
    public void No_change_of_bytes_does_anything_but_a_fault_that_names_the_file()
    {
        IdxFile.Write(_folder["plain"], Tensor.Arange(0, 60, dtype: DType.UInt8).Reshape(3, 4, 5));
        IdxFile.Write(_folder["packed.gz"], Tensor.Arange(0, 60, dtype: DType.Float64).Reshape(3, 4, 5));
        byte[][] valid = [File.ReadAllBytes(_folder["plain"]), File.ReadAllBytes(_folder["packed.gz"])];
        var damage = Gen.Choose(0, 10_000).Zip(Gen.Choose(0, 255)).Zip(Gen.Choose(0, 2)).ListOf(3);
        Prop.ForAll(Gen.Elements(valid).Zip(damage).ToArbitrary(), damaged =>
        {
            List<byte> bytes = [.. damaged.Item1];
            foreach (var ((place, value), kind) in damaged.Item2)
            {
                int at = place % Math.Min(bytes.Count, kind == 0 ? bytes.Count : 20);
                if (kind == 0) bytes[at] = (byte)value;
                else if (kind == 1) bytes.Insert(at, (byte)value);
                else bytes.RemoveAt(at);
            }
            try
            {
                var read = IdxFile.Read(Write([.. bytes]));
                return read.Numel <= 60 * 8;
            }
            catch (DatasetException fault)
            {
                return fault.Message.Contains(_folder["f"], StringComparison.Ordinal) && !fault.Message.Contains('\n', StringComparison.Ordinal);
            }
        }).Try(1000);
    }
}
