namespace Candeia.Tests;

/// <summary>Files made to do harm: each is refused in one sentence, takes next to no memory, and nothing in it happens.</summary>
public class PyTorchHostileTests
{
    static string Long(long value) => PtBytes.Whole(value);

    public static TheoryData<string, string, string> Pickles => new()
    {
        { "runs a command", "cos\nsystem\n(X\u0004\0\0\0truetR.", "'os.system'" },
        { "the same elsewhere", "cposix\nsystem\n(X\u0004\0\0\0truetR.", "'posix.system'" },
        { "by stack", "\u008c\u0002nt\u008c\u0006system\u0093.", "'nt.system'" },
        { "evaluates", "cbuiltins\neval\n(X\u0001\0\0\01tR.", "'builtins.eval'" },
        { "imports", "c__builtin__\n__import__\n(X\u0002\0\0\0ostR.", "'__builtin__.__import__'" },
        { "takes attributes", "cbuiltins\ngetattr\n)R.", "'builtins.getattr'" },
        { "asyncio", "casyncio.unix_events\n_UnixSubprocessTransport._start\n.", "'asyncio.unix_events" },
        { "nested pickle", "cpickle\nloads\n(U\u0001.tR.", "'pickle.loads'" },
        { "nested file", "ctorch.storage\n_load_from_bytes\n(U\u0001.tR.", "'torch.storage._load_from_bytes'" },
        { "loads", "ctorch\nload\n(X\u0001\0\0\0xtR.", "'torch.load'" },
        { "hub", "ctorch.hub\nload\n)R.", "'torch.hub.load'" },
        { "runs NumPy", "cnumpy.testing._private.utils\nrunstring\n)R.", "'numpy.testing._private.utils.runstring'" },
        { "class of a class", "\u008c\u000bcollections\u008c\u0015OrderedDict.__class__\u0093.", "'collections.OrderedDict.__class__'" },
        { "unknown type of torch", "ctorch\nnn\n.", "'torch.nn'" },
        { "module", "ctorch.nn.modules.linear\nLinear\n)\u0081}b.", "'torch.nn.modules.linear.Linear'" },
        { "namespace", "cargparse\nNamespace\n)\u0081}b.", "'argparse.Namespace'" },
        { "control signs in names", "cos\rx\nsys\u001btem\n.", "'os" },
        { "sparse", "ctorch._utils\n_rebuild_sparse_tensor\n.", "sparse" },
        { "quantized", "ctorch._utils\n_rebuild_qtensor\n.", "quantized" },
        { "quantized storage", "ctorch\nQInt8Storage\n.", "quantized" },
        { "meta", "ctorch._utils\n_rebuild_meta_tensor_no_storage\n.", "meta" },
        { "INST", "(ios\nsystem\n.", "INST" },
        { "OBJ", "(cos\nsystem\no.", "'os.system'" },
        { "OBJ alone", "(]o.", "OBJ" },
        { "EXT1", "\u0082\u0001.", "EXT" },
        { "NEWOBJ_EX", ")}\u0092.", "NEWOBJ_EX" },
        { "PERSID", "P0\n.", "PERSID" },
        { "POP", "N0.", "POP" },
        { "DUP", "N2.", "DUP" },
        { "text numbers", "I1\n.", "protocol 0" },
        { "no instruction", "\u00ff.", "ff" },
        { "calls a dictionary", "})R.", "no function" },
        { "calls a number", "K\u0001)R.", "no function" },
        { "wrong arguments", "ccollections\nOrderedDict\n(K\u0001tR.", "OrderedDict with other arguments" },
        { "attributes of a number", "K\u0001}b.", "attributes" },
        { "appends to a tuple", ")K\u0001a.", "no list" },
        { "sets in a list", "]K\u0001K\u0001s.", "no dictionary" },
        { "key without value", "}(K\u0001u.", "without a value" },
        { "a list as key", "}]K\u0001s.", "neither text nor number" },
        { "nothing to take", "a.", "none" },
        { "takes over a mark", "N(a.", "none" },
        { "end without beginning", "t.", "not begun" },
        { "two objects", "NN.", "2 objects" },
        { "not in the memo", "h\u0005.", "number 5" },
        { "far in the memo", "Nr\u00ff\u00ff\u00ff\u00ff.", "out of turn" },
        { "endless text", "X\u00ff\u00ff\u00ff\u007f.", "announced" },
        { "text of 2^63 bytes", "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.", "announced" },
        { "text that is none", "X\u0001\0\0\0\u00ff.", "UTF-8" },
        { "endless frame", "\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f.", "frame" },
        { "endless name", "c" + new string('a', 5000), "1000" },
        { "protocol 9", "\u0080\u0009N.", "protocol 9" },
        { "no end", "N", "ends" },
        { "in itself", "]q\0h\0a.", "in themselves" },
        { "deep", new string(']', 10_000) + new string('a', 9_999) + ".", "deep" },
        { "bomb", "]q\0" + string.Concat(Enumerable.Range(0, 40).Select(i => $"](h{(char)i}h{(char)i}eq{(char)(i + 1)}")) + string.Concat(Enumerable.Repeat("a", 40)) + ".", "" },
        { "lists without number", new string(']', 900_000), "objects" },
        { "tuples of tuples", ")q\0" + string.Concat(Enumerable.Range(0, 600_000).Select(_ => "h\0h\0h\0\u0087")) + "N.", "objects" },
        { "persistent number", "K\u0001Q.", "no storage" },
        { "persistent module", $"({PtBytes.Text("module")}K\u0001tQ.", "" },
    };

    [Theory]
    [MemberData(nameof(Pickles))]
    public void A_hostile_pickle_is_refused(string what, string pickle, string says)
    {
        byte[] bytes = PtBytes.Op(pickle);
        foreach (byte[] file in (byte[][])[PtBytes.Legacy(bytes), PtBytes.Zip(bytes)])
            Assert.True(Refused(file).Contains(says, StringComparison.Ordinal), $"{what}: {Refused(file)}");
    }

    public static TheoryData<string, string, string> TensorsThatCannotBe => new()
    {
        { "another length", PtBytes.Tensor(count: 5), "5 elements" },
        { "more bytes than there are", PtBytes.Tensor(count: long.MaxValue), "elements" },
        { "negative", PtBytes.Tensor(count: -4), "elements" },
        { "not in the file", PtBytes.Tensor(key: "7"), "'7'" },
        { "outside by offset", PtBytes.Tensor(offset: 1), "_rebuild_tensor_v2" },
        { "outside by stride", PtBytes.Tensor(strides: [2]), "_rebuild_tensor_v2" },
        { "outside by 2^64", PtBytes.Tensor(shape: [2, 2], strides: [long.MaxValue, long.MaxValue]), "_rebuild_tensor_v2" },
        { "negative offset", PtBytes.Tensor(offset: -1, shape: [1]), "_rebuild_tensor_v2" },
        { "negative stride", PtBytes.Tensor(offset: 3, strides: [-1]), "_rebuild_tensor_v2" },
        { "negative size", PtBytes.Tensor(shape: [-1]), "_rebuild_tensor_v2" },
        { "too many elements", PtBytes.Tensor(shape: [2147483647, 2147483647, 2147483647], strides: [0, 0, 0]), "_rebuild_tensor_v2" },
        { "a size for each stride", PtBytes.Tensor(shape: [2, 2], strides: [1]), "_rebuild_tensor_v2" },
        { "texts as sizes", PtBytes.Tensor().Replace($"({Long(4)}t", $"({PtBytes.Text("4")}t", StringComparison.Ordinal), "_rebuild_tensor_v2" },
        { "no storage", PtBytes.Tensor(type: "Tensor"), "" },
    };

    [Theory]
    [MemberData(nameof(TensorsThatCannotBe))]
    public void A_tensor_that_cannot_be_is_refused(string what, string tensor, string says)
    {
        string message = Refused(PtBytes.Zip(PtBytes.Dictionary(tensor)));
        Assert.True(message.Contains(says, StringComparison.Ordinal), $"{what}: {message}");
        byte[] storages = [.. PtBytes.Op($"\u0080\u0002]{PtBytes.Text("0")}a."), 4, 0, 0, 0, 0, 0, 0, 0, .. PtBytes.Floats(4)];
        Refused(PtBytes.Legacy(PtBytes.Dictionary(tensor), storages));
        using var good = PyTorchFile.Open(new MemoryStream(PtBytes.Legacy(PtBytes.Dictionary(PtBytes.Tensor()), storages)));
        Assert.Equal([0f, 1, 2, 3], good.Load(good.Tensors[0].Tensor).ToArray<float>());
    }

    [Fact]
    public void Numbers_repeated_without_end_are_not_read()
    {
        using var file = PyTorchFile.Open(new MemoryStream(PtBytes.Zip(PtBytes.Dictionary(PtBytes.Tensor(shape: [1 << 20, 1 << 20], strides: [0, 0])))));
        Assert.Contains("four times", Assert.Throws<TensorFileException>(() => file.Load(file.Tensors[0].Tensor)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_legacy_file_says_twice_must_be_the_same()
    {
        byte[] pickle = PtBytes.Dictionary(PtBytes.Tensor());
        byte[] keys = PtBytes.Op($"\u0080\u0002]{PtBytes.Text("0")}a."), count = [4, 0, 0, 0, 0, 0, 0, 0];
        Refused(PtBytes.Legacy(pickle));                                                                    // no storages
        Refused(PtBytes.Legacy(pickle, [.. keys, .. count]));                                               // no numbers
        Refused(PtBytes.Legacy(pickle, [.. keys, 0, 0, 0, 0, 0, 0, 0, 0x40, .. PtBytes.Floats(4)]));        // 2^62 of them
        Refused(PtBytes.Legacy(pickle, [.. keys, .. count, .. PtBytes.Floats(4), 0]));                      // something behind
        Refused(PtBytes.Legacy(pickle, [.. PtBytes.Op($"\u0080\u0002]({PtBytes.Text("0")}{PtBytes.Text("0")}e."), .. count, .. PtBytes.Floats(4), .. count, .. PtBytes.Floats(4)]));
        Refused([.. PtBytes.LegacyHead.AsSpan(0, 15)]);
        byte[] faked = PtBytes.Legacy(pickle);
        faked[4] ^= 1;
        Assert.Contains("does not begin with PyTorch's number", Refused(faked), StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_and_second_pickles_are_refused_by_name()
    {
        byte[] good = PtBytes.Dictionary(PtBytes.Tensor());
        Assert.Contains("TorchScript", Refused(PtBytes.Zip(good, ("m/code/__torch__.py", []))), StringComparison.Ordinal);
        Assert.Contains("TorchScript", Refused(PtBytes.Zip(good, ("m/constants.pkl", []))), StringComparison.Ordinal);
        Assert.Contains("second pickle", Refused(PtBytes.Zip(good, ("m/extra/data.PKL", []))), StringComparison.Ordinal);
        Assert.Contains("outside", Refused(PtBytes.Zip(good, ("other/x", []))), StringComparison.Ordinal);
        Assert.Contains("2 files data.pkl", Refused(PtBytes.Zip(good, ("other/data.pkl", []))), StringComparison.Ordinal);
        Assert.Contains("follow", Refused(PtBytes.Zip([.. good, .. good])), StringComparison.Ordinal);
        Assert.Contains("compressed", Refused(PtBytes.ZipOf(System.IO.Compression.CompressionLevel.Optimal, ("m/data.pkl", good), ("m/data/0", new byte[1 << 20]))), StringComparison.Ordinal);
        Assert.Contains("order of its bytes", Refused(PtBytes.Zip(good, ("m/byteorder", "middle"u8.ToArray()))), StringComparison.Ordinal);
        byte[] sevenZip = [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, .. new byte[100]];
        Assert.Contains("377abcaf", Refused(sevenZip), StringComparison.Ordinal);
    }

    /// <summary>The message of the refusal; not more than four times the size of the file was taken in memory, and what every file may take.</summary>
    static string Refused(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<TensorFileException>(() => PyTorchFile.Open(new MemoryStream(file), "test").Dispose()).Message;
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(taken < 4 * file.Length + (24 << 20), $"{taken:N0} bytes for a file of {file.Length:N0}: {message}");
        Assert.StartsWith("test: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
