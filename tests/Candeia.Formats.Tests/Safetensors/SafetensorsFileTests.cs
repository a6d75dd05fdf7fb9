namespace Candeia.Tests;

public class SafetensorsFileTests
{
    [Fact]
    public void Reads_one_tensor_without_touching_the_others()
    {
        byte[] file = SafetensorsBytes.Of("""{"a":{"dtype":"U8","shape":[1000],"data_offsets":[0,1000]},"b":{"dtype":"U8","shape":[3],"data_offsets":[1000,1003]}}""", 1003);
        file[^3] = 7;
        var counting = new CountingStream(file);
        using var open = SafetensorsFile.Open(counting);
        Assert.Equal([7, 0, 0], open.Read(open["b"]));
        Assert.Equal(file.Length - 1000, counting.BytesRead);
    }

    [Fact]
    public void Says_when_there_is_no_such_tensor()
    {
        using var open = SafetensorsBytes.Open(SafetensorsBytes.Of("{}"));
        Assert.Contains("'fc1.bias'", Assert.Throws<SafetensorsException>(() => open["fc1.bias"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_when_the_file_shrinks_under_it()
    {
        using var stream = new MemoryStream();
        stream.Write(SafetensorsBytes.Of("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 4));
        using var open = SafetensorsFile.Open(stream);
        stream.SetLength(stream.Length - 1);
        Assert.Throws<SafetensorsException>(() => open.Read(open["a"]));
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_nothing_else()
    {
        var folder = Directory.CreateTempSubdirectory("candeia");
        try
        {
            string path = Path.Combine(folder.FullName, "model.safetensors");
            var header = SafetensorsHeader.Arrange([("a", SafetensorsType.U8, [2])], null);
            SafetensorsWriter.Write(path, header, (_, write) => write([1, 2]));
            byte[] before = File.ReadAllBytes(path);

            Assert.Throws<IOException>(() => SafetensorsWriter.Write(path, header, (_, _) => throw new IOException("disk full")));
            Assert.Throws<InvalidOperationException>(() => SafetensorsWriter.Write(path, header, (_, write) => write([1])));

            Assert.Equal(before, File.ReadAllBytes(path));
            Assert.Equal([path], Directory.GetFiles(folder.FullName));
        }
        finally { folder.Delete(recursive: true); }
    }

    sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public int BytesRead { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            int n = base.Read(buffer);
            BytesRead += n;
            return n;
        }
    }
}
