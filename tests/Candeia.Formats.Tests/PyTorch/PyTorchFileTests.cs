using System.Numerics;

namespace Candeia.Tests;

public sealed class PyTorchFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The tensor of these instructions.</summary>
    static Tensor Load(string tensor)
    {
        using var file = PyTorchFile.Open(new MemoryStream(PtBytes.Zip(PtBytes.Dictionary(tensor))));
        return file.Load(Assert.Single(file.Tensors).Tensor);
    }

    static Dictionary<string, Tensor> Samples()
    {
        var values = Tensor.Arange(-5, 7).Reshape([3, 4]);
        var all = Enum.GetValues<DType>().ToDictionary(d => d.Name(), d => values.To(d));
        all["transposed"] = values.To(DType.Float32).T();
        all["part"] = values[1..3, 2];
        all["scalar"] = Tensor.Scalar(2.5);
        all["empty"] = Tensor.Zeros([0, 3]);
        return all;
    }

    [Fact]
    public void Every_type_and_layout_comes_back()
    {
        var all = Samples();
        PyTorchFile.Save(_folder["all.pt"], all);
        foreach (bool map in (bool[])[false, true])
        {
            var again = PyTorchFile.Load(_folder["all.pt"], map);
            Assert.Equal(all.Keys, again.Keys);
            foreach (var (name, tensor) in all)
            {
                Assert.Equal((tensor.DType, tensor.Shape), (again[name].DType, again[name].Shape));
                Assert.Equal(ExpectedValues.Hash(tensor), ExpectedValues.Hash(again[name]));
            }
        }
    }

    [Fact]
    public void Values_of_all_kinds_come_back()
    {
        var shared = Tensor.Arange(3);
        PyTorchFile.SaveContent(_folder["c.pt"], new Dictionary<string, object?>
        {
            ["text"] = "é\n", ["int"] = 7, ["negative"] = -7, ["word"] = 40000, ["long"] = 1L << 40, ["double"] = 0.1, ["float"] = 0.5f, ["yes"] = true, ["no"] = false, ["none"] = null,
            ["list"] = new object?[] { 1, "a", null }, ["inner"] = new Dictionary<string, object?> { ["t"] = shared, ["again"] = shared }, ["tensors"] = new Dictionary<string, Tensor> { ["x"] = shared },
        });
        using var file = PyTorchFile.Open(_folder["c.pt"]);
        var content = Assert.IsAssignableFrom<IReadOnlyDictionary<object, object?>>(file.Content);
        Assert.Equal(("é\n", 7L, -7L, 40000L, 1L << 40), (content["text"], content["int"], content["negative"], content["word"], content["long"]));
        Assert.Equal((0.1, 0.5, true, false, null), (content["double"], content["float"], content["yes"], content["no"], content["none"]));
        Assert.Equal([1L, "a", null], Assert.IsAssignableFrom<IReadOnlyList<object?>>(content["list"]));
        Assert.Equal(["inner.t", "inner.again", "tensors.x"], file.Tensors.Select(t => t.Name));
        Assert.Single(file.Tensors.Select(t => t.Tensor.Storage).Distinct());
    }

    [Fact]
    public void What_cannot_be_written_is_refused_before_anything_is_written()
    {
        Assert.Contains("'a'", Assert.Throws<TensorFileException>(() => PyTorchFile.Save(_folder["x.pt"], [new("a", Tensor.Ones([1])), new("a", Tensor.Ones([1]))])).Message, StringComparison.Ordinal);
        Assert.Contains("Uri", Assert.Throws<TensorFileException>(() => PyTorchFile.SaveContent(_folder["x.pt"], [new("a", new Uri("http://x"))])).Message, StringComparison.Ordinal);
        List<object?> self = [];
        self.Add(self);
        Assert.Contains("64 deep", Assert.Throws<TensorFileException>(() => PyTorchFile.SaveContent(_folder["x.pt"], [new("a", self)])).Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void Strides_offsets_types_and_flags_are_those_of_the_file()
    {
        Assert.Equal([1f, 2, 3], Load(PtBytes.Tensor(offset: 1, shape: [3])).ToArray<float>());
        Assert.Equal([0f, 2, 1, 3], Load(PtBytes.Tensor(shape: [2, 2], strides: [1, 2])).ToArray<float>());
        Assert.Equal([0f, 0, 0, 1, 1, 1], Load(PtBytes.Tensor(shape: [2, 3], strides: [1, 0])).ToArray<float>());
        Assert.Equal([0f, -1, -2, -3], Load(PtBytes.Tensor(end: $"\u0089N}}{PtBytes.Text("neg")}\u0088s")).ToArray<float>());
        var conjugate = Load(PtBytes.Tensor(type: "ComplexFloatStorage", count: 2, shape: [2], end: $"\u0089N}}{PtBytes.Text("conj")}\u0088s"));
        Assert.Equal([new Complex(0, -1), new Complex(2, -3)], conjugate.ToArray<Complex>());
        Assert.Equal([0, 0, 0, 0x3f80], Load(PtBytes.Tensor(type: "UntypedStorage", count: 16, function: "_rebuild_tensor_v3", end: "\u0089Nctorch\nuint16\n")).ToArray<int>());
        Assert.Equal([0f, 1, 2, 3], Load($"ctorch._utils\n_rebuild_parameter\n({PtBytes.Tensor()}\u0088NtR").ToArray<float>());
        Assert.Equal([0f, 1, 2, 3], Load(PtBytes.Tensor(function: "_rebuild_tensor", end: "")).ToArray<float>());
    }

    [Fact]
    public void Numbers_of_the_other_order_of_bytes_are_turned_around()
    {
        byte[] pickle = PtBytes.Dictionary(PtBytes.Tensor());
        using var file = PyTorchFile.Open(new MemoryStream(PtBytes.Zip(pickle, ("m/byteorder", "big"u8.ToArray()))));
        byte[] bytes = PtBytes.Floats(4);
        for (int i = 0; i < 16; i += 4) Array.Reverse(bytes, i, 4);
        Assert.Equal(Enumerable.Range(0, 4).Select(i => BitConverter.ToSingle(bytes, 4 * i)), file.Load(file.Tensors[0].Tensor).ToArray<float>());
    }

    [Fact]
    public void Numbers_that_tensors_cannot_hold_are_listed_and_refused_by_name()
    {
        using var file = PyTorchFile.Open(new MemoryStream(PtBytes.Zip(PtBytes.Dictionary(PtBytes.Tensor(type: "UntypedStorage", count: 16, shape: [16], function: "_rebuild_tensor_v3", end: "\u0089Nctorch\nfloat8_e4m3fn\n")))));
        Assert.Equal("float8_e4m3fn", file.Tensors[0].Tensor.TypeName);
        Assert.Contains("float8_e4m3fn", Assert.Throws<TensorFileException>(() => file.Load(file.Tensors[0].Tensor)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_numbers_are_noticed_when_they_are_read()
    {
        byte[] zip = PtBytes.Zip(PtBytes.Dictionary(PtBytes.Tensor()));
        zip[zip.AsSpan().IndexOf(PtBytes.Floats(4)) + 5] ^= 1;
        using var file = PyTorchFile.Open(new MemoryStream(zip));
        Assert.Contains("'m/data/0' is damaged", Assert.Throws<TensorFileException>(() => file.Load(file.Tensors[0].Tensor)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Foreign_objects_can_be_kept_as_records_and_a_module_still_shows_its_tensors()
    {
        string weight = $"{PtBytes.Text("_parameters")}ccollections\nOrderedDict\n)R{PtBytes.Text("weight")}{PtBytes.Tensor()}s";
        string module = $"ctorch.nn.modules.linear\nLinear\n)\u0081}}({weight}{PtBytes.Text("_modules")}}}{PtBytes.Text("training")}\u0088ub";
        byte[] bytes = PtBytes.Zip(PtBytes.Op($"\u0080\u0002}}({PtBytes.Text("net")}{module}{PtBytes.Text("args")}cargparse\nNamespace\n)\u0081}}{PtBytes.Text("lr")}G?\u00b9\u0099\u0099\u0099\u0099\u0099\u009asbu."));
        Assert.Throws<TensorFileException>(() => PyTorchFile.Open(new MemoryStream(bytes)));
        using var file = PyTorchFile.Open(new MemoryStream(bytes), keepForeign: true);
        Assert.Equal(["net.weight"], file.Tensors.Select(t => t.Name));
        var content = (IReadOnlyDictionary<object, object?>)file.Content!;
        var args = Assert.IsType<ForeignObject>(content["args"]);
        Assert.Equal("argparse.Namespace", args.Type);
        Assert.Equal(0.1, ((IReadOnlyDictionary<object, object?>)args.State!)["lr"]);
        Assert.Equal("torch.nn.modules.linear.Linear", Assert.IsType<ForeignObject>(content["net"]).Type);
    }

    [Theory]
    [InlineData("f8", 0.1)]
    [InlineData("f4", 0.5)]
    [InlineData("i8", 7L)]
    [InlineData("b1", true)]
    public void Numbers_of_NumPy_are_numbers(string type, object value)
    {
        byte[] bytes = value switch { double d when type == "f8" => BitConverter.GetBytes(d), double d => BitConverter.GetBytes((float)d), long n => BitConverter.GetBytes(n), _ => [1] };
        string raw = System.Text.Encoding.Latin1.GetString(bytes);
        string pickle = $"\u0080\u0002cnumpy.core.multiarray\nscalar\n(cnumpy\ndtype\n({PtBytes.Text(type)}\u0089\u0088tR(K\u0003{PtBytes.Text("<")}NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tbC{(char)bytes.Length}{raw}tR.";
        using var file = PyTorchFile.Open(new MemoryStream(PtBytes.Zip(PtBytes.Op(pickle))));
        Assert.Equal(value, file.Content);
    }

    [SkippableFact]
    public void PyTorch_reads_what_is_written_and_refuses_to_run_anything_for_it()
    {
        var all = Samples();
        PyTorchFile.Save(_folder["all.pt"], all);
        PyTorchFile.SaveContent(_folder["content.pt"], new Dictionary<string, object?> { ["epoch"] = 3, ["name"] = "é", ["model"] = new Dictionary<string, Tensor> { ["w"] = Tensor.Arange(3) }, ["list"] = new object?[] { 1, null, true } });
        string script = """
            import torch, hashlib, warnings
            warnings.simplefilter('ignore')
            for n, t in torch.load('all.pt', weights_only=True).items():
                raw = bytes(t.contiguous().clone().storage().untyped()) if t.numel() else b''
                print(n, str(t.dtype)[6:], tuple(t.shape), hashlib.sha256(raw).hexdigest())
            c = torch.load('content.pt', weights_only=True)
            assert c['epoch'] == 3 and c['name'] == 'é' and c['list'] == [1, None, True] and c['model']['w'].tolist() == [0, 1, 2]
            """;
        string[] said = Python.Run(_folder.Path, script, "torch").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(all.Select(t => $"{t.Key} {t.Value.DType.Name()} ({string.Join(", ", t.Value.Shape)}{(t.Value.Rank == 1 ? "," : "")}) {ExpectedValues.Hash(t.Value)}"), said);
    }

    [SkippableFact]
    public void What_PyTorch_writes_in_any_way_is_read()
    {
        string script = """
            import torch, hashlib, collections, pickle, io, struct, tarfile
            torch.manual_seed(1)
            base = torch.arange(24.).reshape(4, 6)
            tensors = {str(d)[6:]: (torch.rand(3, 2) * 100 - 50).to(d) for d in (torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool, torch.complex64, torch.complex128)}
            tensors.update(view=base[1:3, ::2], turned=base.t(), spread=torch.ones(1).expand(5), empty=torch.zeros(0, 3), scalar=torch.tensor(7), parameter=torch.nn.Parameter(torch.rand(3)))
            content = {'tensors': tensors, 'again': base, 'epoch': 3, 'loss': 0.25, 'size': torch.Size([2, 3]), 'device': torch.device('cpu'), 'dtype': torch.float32, 'tuple': (1, 'a', None), 'set': {5}, 'big': 1 << 70, 'ordered': collections.OrderedDict(a=1), 'counter': collections.Counter('aab'), 'state': torch.optim.Adam([torch.nn.Parameter(torch.rand(2))]).state_dict()}
            for protocol in (2, 3, 4, 5):
                for zipped in (True, False):
                    torch.save(content, f'{protocol}{zipped}.pt', pickle_protocol=protocol, _use_new_zipfile_serialization=zipped)
            for n, t in tensors.items():
                t = t.detach().resolve_conj().resolve_neg().contiguous().clone()
                print(n, str(t.dtype)[6:], hashlib.sha256(bytes(t.storage().untyped()) if t.numel() else b'').hexdigest())
            """;
        string[] said = Python.Run(_folder.Path, script, "torch").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] files = [.. _folder.Files.Where(f => f.EndsWith(".pt", StringComparison.Ordinal))];
        Assert.Equal(8, files.Length);
        foreach (string name in files)
        {
            using var file = PyTorchFile.Open(_folder[name]);
            var content = (IReadOnlyDictionary<object, object?>)file.Content!;
            Assert.Equal((3L, 0.25, "cpu", BigInteger.One << 70), (content["epoch"], content["loss"], content["device"], content["big"]));
            Assert.Equal([2L, 3L], (IReadOnlyList<object?>)content["size"]!);
            var tensors = file.Tensors.Where(t => t.Name.StartsWith("tensors.", StringComparison.Ordinal)).ToArray();
            Assert.Equal(said, tensors.Select(t => (t.Name, Tensor: file.Load(t.Tensor))).Select(t => $"{t.Name[8..]} {t.Tensor.DType.Name()} {ExpectedValues.Hash(t.Tensor)}"));
        }
    }
}
