using System.IO.Compression;
using System.Text;

namespace Candeia.Tests;

/// <summary>Every parser with files damaged in thousands of ways: each is read or refused by the one exception, and takes no more memory than the file explains.</summary>
public class FuzzTests
{
    static byte[][] Words(params string[] words) => [.. words.Select(PtBytes.Op)];

    static readonly byte[][] s_pickleWords = Words(
        "ctorch._utils\n_rebuild_tensor_v2\n", "ccollections\nOrderedDict\n", "cos\nsystem\n", "(", ")", "R", "t", "\u0085", "\u0086", "\u0087", "]", "}", "a", "e", "s", "u", "b", "Q", "q\0", "h\0", "h\u0001", "r\0\0\0\u0001", "\u0094",
        "K\u0005", "M\u00ff\u00ff", "J\u00ff\u00ff\u00ff\u00ff", "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f", "X\u0001\0\0\0x", "N", "\u0088", "\u0089", "\u0093", "\u0081", "\u0095\u0005\0\0\0\0\0\0\0", "(((((((((", "]]]]]]]]]]]]", ".");

    /// <summary>Opens, and reads all that can be read; refusals are as they should be.</summary>
    static void Check(byte[] bytes, Action<FileBytes> read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var file = new FileBytes(new MemoryStream(bytes), "test");
            using var scope = Scope.Begin();
            read(file);
        }
        catch (TensorFileException e)
        {
            Assert.StartsWith("test", e.Message, StringComparison.Ordinal);
        }
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(taken < 4 * bytes.Length + (20 << 20), $"{taken} bytes were taken");
    }

    static void PyTorch(FileBytes bytes)
    {
        using var file = PyTorchFile.Open(bytes);
        foreach (var (_, tensor) in file.Tensors)
            if (tensor.DType is not null) Assert.Equal(tensor.Numel, file.Load(tensor).Numel);
    }

    static byte[] Pickle => PtBytes.Op($"\u0080\u0002}}q\0({PtBytes.Text("a")}{PtBytes.Tensor(offset: 1, shape: [3])}{PtBytes.Text("b")}]q\u0001(K\u0001G?\u00b9\u0099\u0099\u0099\u0099\u0099\u009a\u0088N)eu.");

    static byte[] Legacy => PtBytes.Legacy(Pickle, [.. PtBytes.Op($"\u0080\u0002]{PtBytes.Text("0")}a."), 4, 0, 0, 0, 0, 0, 0, 0, .. PtBytes.Floats(4)]);

    [Fact]
    public void Pickles_in_archives() => Fuzz.Run([Pickle], s_pickleWords, pickle => Check(PtBytes.Zip(pickle), PyTorch));

    [Fact]
    public void Pickles_whose_foreign_objects_are_kept() => Fuzz.Run(
        [PtBytes.Op($"\u0080\u0002}}({PtBytes.Text("a")}cargparse\nNamespace\n)\u0081}}({PtBytes.Text("x")}{PtBytes.Tensor()}ub{PtBytes.Text("b")}cmy\nList\n)R(K\u0001K\u0002eu.")], s_pickleWords,
        pickle => Check(PtBytes.Zip(pickle), bytes => PyTorchFile.Open(bytes, keepForeign: true).Dispose()));

    [Fact]
    public void Pickles_in_a_row() => Fuzz.Run([Legacy], s_pickleWords, file => Check(file, PyTorch));

    [Fact]
    public void Arrays_of_Matlab() => Fuzz.Run(
        [MatBytes.File(false, false, MatBytes.Arrays), MatBytes.File(true, false, MatBytes.Arrays), MatBytes.File(false, true, MatBytes.Arrays)], [[14, 0, 0, 0], [15, 0, 0, 0], [9, 0, 0, 0], [0, 0, 0, 14]],
        file => Check(file, bytes => { foreach (var (_, array) in Mat.Read(bytes)) Assert.InRange(array.Numel, 0, 1 << 20); }), 3940);

    [Fact]
    public void Tars() => Fuzz.Run([File.ReadAllBytes(Checkpoints.PathOf("tar.pt"))], [.. s_pickleWords, .. Words("storages", "tensors", "pickle", "ustar", "0000644")], file => Check(file, PyTorch));

    [Fact]
    public void Archives() => Fuzz.Run(
        [PtBytes.Zip(Pickle), PtBytes.ZipOf(CompressionLevel.NoCompression, ("m/data.pkl", Pickle), ("m/data/0", PtBytes.Floats(4)))], Words("PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "PK\u0006\u0006", "PK\u0006\u0007", "\u00ff\u00ff\u00ff\u00ff", "m/data/0"),
        file => Check(file, PyTorch));

    static byte[] Array(string descr = "<f4", string order = "False", string shape = "(2, 3)", int bytes = 24, byte version = 1)
    {
        byte[] text = Encoding.Latin1.GetBytes($"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}\n");
        return [.. NpyHeader.Magic, version, 0, .. version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length), .. text, .. new byte[bytes]];
    }

    static readonly byte[][] s_npyWords = Words("'descr'", "'<f8'", "'>c16'", "'|O'", "True", "False", "()", "(1,)", "(0,)", "99999999999", "2147483647, ", "9223372036854775807", "{", "}", "[", "'", ",", "L", "\\");

    [Fact]
    public void Arrays() => Fuzz.Run([Array(), Array(">i2", "True", "(3,)", 6, 2), Array("<u8", "False", "()", 8, 3)], s_npyWords, file => Check(file, bytes => new NpyArray(bytes).Load()));

    [Fact]
    public void Archives_of_arrays() => Fuzz.Run(
        [PtBytes.ZipOf(CompressionLevel.NoCompression, ("a.npy", Array()), ("b.npy", Array("<u2", "True", "(2, 2)", 8))), PtBytes.ZipOf(CompressionLevel.Optimal, ("a.npy", Array(shape: "(500, 3)", bytes: 6000)))],
        [.. s_npyWords, .. Words("PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006")],
        file => Check(file, bytes =>
        {
            foreach (var (_, array) in Npz.Arrays(bytes, new(bytes))) array.Load();
        }));

    [Fact]
    public void Arrays_in_archives_whose_checks_are_right() => Fuzz.Run([Array(), Array("<f8", "True", "(3, 1)", 24, 2)], s_npyWords, array =>
    {
        foreach (var level in (CompressionLevel[])[CompressionLevel.NoCompression, CompressionLevel.Fastest])
            Check(PtBytes.ZipOf(level, ("a.npy", array)), bytes =>
            {
                foreach (var (_, a) in Npz.Arrays(bytes, new(bytes))) a.Load();
            });
    });

    [Fact]
    public void Indices_of_several_files()
    {
        using var folder = new TemporaryFolder();
        Safetensors.Save(folder["a.safetensors"], [new("x", Tensor.Ones([2]))]);
        byte[] valid = Encoding.UTF8.GetBytes("""{"metadata": {"total_size": 8}, "weight_map": {"x": "a.safetensors"}}""");
        Fuzz.Run([valid], Words("{", "}", "[", "]", "\"", ":", ",", "../", "null", "\\u002f", "a.safetensors", "weight_map", "\"x\": 1"), file =>
        {
            File.WriteAllBytes(folder["model.safetensors.index.json"], file);
            try
            {
                foreach (var tensor in TensorFile.Load(folder.Path).Values) Assert.Equal([1f, 1], tensor.ToArray<float>());
            }
            catch (Exception e) when (e is TensorFileException or IOException)
            {
            }
        });
    }
}
