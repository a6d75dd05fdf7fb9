namespace Candeia.Onnx.Tests;

/// <summary>Files that mean harm, or have come to harm: one sentence each, and no more memory than they have bytes for.</summary>
public sealed class HostileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    static string Refused(ModelMessage model) => Refused(MessageWriter.Model(model));

    static string Refused(byte[] file) => Assert.Throws<OnnxException>(() => OnnxModel.Load(new MemoryStream(file), "it")).Message;

    /// <summary>A graph from x to y.</summary>
    static ModelMessage Model(params NodeMessage[] nodes)
    {
        ModelMessage model = new() { IrVersion = 8, Graph = new() { Name = "g" } };
        model.Opsets.Add(("", 17));
        model.Graph.Inputs.Add(new() { Name = "x", Type = ElementType.Float, Dims = [(2, "")] });
        model.Graph.Outputs.Add(new() { Name = "y", Type = ElementType.Float, Dims = [(2, "")] });
        model.Graph.Nodes.AddRange(nodes);
        return model;
    }

    static NodeMessage Node(string op, string[] inputs, string output, params AttributeMessage[] attributes)
    {
        NodeMessage node = new() { Op = op, Name = $"the {op}" };
        node.Inputs.AddRange(inputs);
        node.Outputs.Add(output);
        node.Attributes.AddRange(attributes);
        return node;
    }

    [Fact]
    public void All_unknown_operators_are_named_at_once_with_their_nodes()
    {
        string said = Refused(Model(Node("Crop", ["x"], "a"), Node("Relu", ["a"], "b"), Node("ImageScaler", ["b"], "c"), Node("Crop", ["c"], "y")));
        Assert.Equal("it: 2 of its operators are not known: 'Crop' of opset 17 (nodes 'the Crop', 'the Crop'), 'ImageScaler' of opset 17 (node 'the ImageScaler').", said);
    }

    [Fact]
    public void What_does_not_hang_together_is_refused()
    {
        Assert.Contains("the value 'nowhere' is none of the graph, or comes about later", Refused(Model(Node("Relu", ["nowhere"], "y"))), StringComparison.Ordinal);
        Assert.Contains("the value 'x' comes about twice", Refused(Model(Node("Relu", ["x"], "x"), Node("Relu", ["x"], "y"))), StringComparison.Ordinal);
        Assert.Contains("the output 'y' comes of no node", Refused(Model(Node("Relu", ["x"], "z"))), StringComparison.Ordinal);
        Assert.Contains("attribute 'beta' is not known", Refused(Model(Node("LeakyRelu", ["x"], "y", new AttributeMessage { Name = "beta", Type = AttributeType.Float }))), StringComparison.Ordinal);
        var late = Model(Node("Relu", ["x"], "y"));
        late.Opsets[0] = ("", 99);
        Assert.Contains("its opset is 99; those up to 28 are known", Refused(late), StringComparison.Ordinal);
        Assert.Contains("it holds no graph", Refused([8, 8]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new long[] { 1L << 40, 1L << 40 }, "1099511627776")]
    [InlineData(new long[] { 65536, 65536 }, "too many elements")]
    [InlineData(new long[] { -1, 2 }, "size -1")]
    [InlineData(new long[] { 30000, 30000 }, "takes 3600000000 bytes, and 8 are there")]
    public void Sizes_beyond_the_bytes_are_refused_before_memory_is_taken(long[] dims, string said)
    {
        var model = Model(Node("Add", ["x", "w"], "y"));
        TensorMessage weight = new() { Name = "w", Type = ElementType.Float, Raw = new(new byte[8]) };
        weight.Dims.AddRange(dims);
        model.Graph!.Initializers.Add(weight);
        byte[] file = MessageWriter.Model(model);
        _ = Refused(file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(said, Refused(file), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300_000);
    }

    [Fact]
    public void A_small_file_makes_no_large_constant_while_it_is_read()
    {
        TensorMessage size = new() { Type = ElementType.Int64, Raw = new(new byte[] { 0, 0, 0, 64, 0, 0, 0, 0 }) };
        size.Dims.Add(1);
        var shape = Node("Constant", [], "s", new AttributeMessage { Name = "value", Type = AttributeType.Tensor, Tensor = size });
        byte[] file = MessageWriter.Model(Model(shape, Node("ConstantOfShape", ["s"], "c"), Node("Relu", ["c"], "y")));
        long before = Environment.WorkingSet;
        Assert.Single(OnnxModel.Load(new MemoryStream(file)).Outputs);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 1L << 30);      // the constant would have 4 GiB
    }

    [Fact]
    public void Graphs_in_graphs_end()
    {
        byte[] graph = [];
        for (int i = 0; i < 2000; i++)
        {
            ProtoWriter attribute = new(), node = new(), outer = new();
            attribute.Text(1, "then_branch");
            attribute.Bytes(6, graph);
            attribute.Integer(20, 5);
            node.Text(4, "If");
            node.Bytes(5, attribute.Written);
            outer.Bytes(1, node.Written);
            graph = outer.Written.ToArray();
        }
        ProtoWriter model = new();
        model.Bytes(7, graph);
        Assert.Contains("graphs lie in graphs more than 32 deep", Refused(model.Written.ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../secret.bin")]
    public void Weights_lie_beside_the_model_and_nowhere_else(string location)
    {
        File.WriteAllBytes(Path.Combine(_folder.Path, "secret.bin"), new byte[8]);
        string inner = Directory.CreateDirectory(Path.Combine(_folder.Path, "model")).FullName;
        string path = Path.Combine(inner, "model.onnx");
        File.WriteAllBytes(path, External(location, "0", "8"));
        Assert.Contains("not in the folder of the model", Assert.Throws<OnnxException>(() => OnnxModel.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_in_another_file_are_read_and_held_against_its_length()
    {
        File.WriteAllBytes(Path.Combine(_folder.Path, "weights.bin"), [0, 0, 0, 0, 0, 0, 128, 63, 0, 0, 0, 64]);
        string path = Path.Combine(_folder.Path, "model.onnx");
        File.WriteAllBytes(path, External("weights.bin", "4", "8"));
        Assert.Equal([2f, 3], OnnxModel.Load(path).Forward(Tensor.Ones([2])).ToArray<float>());
        File.WriteAllBytes(path, External("weights.bin", "8", "8"));
        Assert.Contains("takes 8 bytes of 'weights.bin' from 8 on, which has 12", Assert.Throws<OnnxException>(() => OnnxModel.Load(path)).Message, StringComparison.Ordinal);
        Assert.Contains("the model is no file", Assert.Throws<OnnxException>(() => OnnxModel.Load(new MemoryStream(External("weights.bin", "4", "8")))).Message, StringComparison.Ordinal);
    }

    // y = x + w, where w lies elsewhere; the writer has no such tensors, so its message is put together here.
    static byte[] External(string location, string offset, string length)
    {
        var model = Model(Node("Add", ["x", "w"], "y"));
        ProtoWriter tensor = new(), graph = new(), file = new();
        tensor.Always(1, 2);
        tensor.Integer(2, 1);
        tensor.Text(8, "w");
        foreach (var (key, value) in new[] { ("location", location), ("offset", offset), ("length", length) })
            tensor.Message(13, pair =>
            {
                pair.Text(1, key);
                pair.Text(2, value);
            });
        tensor.Integer(14, 1);
        ProtoReader fields = new(MessageWriter.Model(model));
        while (fields.Next())
        {
            if (fields.Field == 7)
            {
                byte[] inner = [.. fields.Bytes()];
                graph.Bytes(5, tensor.Written);
                file.Bytes(7, [.. inner, .. graph.Written]);
            }
            else if (fields.Type == WireType.Bytes) file.Bytes(fields.Field, fields.Bytes());
            else file.Always(fields.Field, fields.Integer());
        }
        return file.Written.ToArray();
    }

    static readonly byte[][] s_words =
        [.. new[] { "Add", "Reshape", "Slice", "Pad", "Concat", "Gemm", "Conv", "If", "Loop", "LSTM", "Shape", "ConstantOfShape", "Range", "Tile", "Expand", "OneHot", "axis", "axes", "x", "w", "y" }
            .Select(System.Text.Encoding.UTF8.GetBytes), [255, 255, 255, 255, 255, 255, 255, 255, 255, 1], [255, 255, 255, 255, 7], [0x22, 0], [8, 1], [0x12, 4], [0x3A, 3]];

    [Fact]
    public void Damaged_files_are_read_or_refused()
    {
        byte[][] valid = [Network(), Branches(), Holding()];
        Assert.All(valid, v => OnnxModel.Load(new MemoryStream(v)));
        Fuzz.Run(valid, s_words, file =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            try { OnnxModel.Load(new MemoryStream(file)); }
            catch (OnnxException) { }
            long taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(taken < 4_000_000, $"{taken} bytes were taken");
        });
    }

    [Fact]
    public void An_input_that_must_be_there_is_missed_by_its_number()
    {
        Assert.Contains("Reshape 'the Reshape' of float32 [2], nothing: input 1 is missing", Refused(Model(Constant("c", 1, 2), Node("Reshape", ["c", ""], "y"))).Replace("Float32", "float32", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    static NodeMessage Constant(string name, params float[] values)
    {
        TensorMessage tensor = new() { Type = ElementType.Float, Raw = new(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values).ToArray()) };
        tensor.Dims.Add(values.Length);
        return Node("Constant", [], name, new AttributeMessage { Name = "value", Type = AttributeType.Tensor, Tensor = tensor });
    }

    /// <summary>A choice between two graphs, one of which holds a loop.</summary>
    static byte[] Holding()
    {
        GraphMessage Graph(string output, params NodeMessage[] nodes)
        {
            GraphMessage graph = new() { Name = output };
            graph.Nodes.AddRange(nodes);
            graph.Outputs.Add(new() { Name = output, Type = ElementType.Float });
            return graph;
        }
        var body = Graph("again", Node("Identity", ["going"], "again"), Node("Add", ["state", "x"], "next"));
        body.Inputs.AddRange([new() { Name = "i", Type = ElementType.Int64 }, new() { Name = "going", Type = ElementType.Bool }, new() { Name = "state", Type = ElementType.Float }]);
        body.Outputs.Add(new() { Name = "next", Type = ElementType.Float });
        var loop = Node("Loop", ["three", "", "x"], "l", new AttributeMessage { Name = "body", Type = AttributeType.Graph, Graph = body });
        var choice = Node("If", ["c"], "y",
            new AttributeMessage { Name = "then_branch", Type = AttributeType.Graph, Graph = Graph("l", loop) },
            new AttributeMessage { Name = "else_branch", Type = AttributeType.Graph, Graph = Graph("e", Node("Neg", ["x"], "e")) });
        return MessageWriter.Model(Model(Constant("f", 3), Node("Cast", ["f"], "three", new AttributeMessage { Name = "to", Type = AttributeType.Int, Integer = 7 }), Node("ReduceMax", ["x"], "m"), Node("Greater", ["m", "f"], "c"), choice));
    }

    byte[] Network()
    {
        string path = Path.Combine(_folder.Path, "valid.onnx");
        var layer = new NN.Sequential(new NN.Conv2d(1, 2, 3), new NN.BatchNorm2d(2), new NN.ReLU(), new NN.MaxPool2d(2), new NN.Flatten(), new NN.Linear(8, 3), new NN.GELU(), new NN.Softmax(-1));
        layer.ExportOnnx(path, Tensor.Zeros([1, 1, 6, 6]));
        return File.ReadAllBytes(path);
    }

    static byte[] Branches()
    {
        TensorMessage weight = new() { Name = "w", Type = ElementType.Float, Raw = new(new byte[8]) };
        weight.Dims.Add(2);
        var model = Model(Node("Shape", ["x"], "s"), Node("Reshape", ["x", "s"], "r"), Node("Slice", ["r", "s", "s"], "t"), Node("Pad", ["r", "s"], "p"), Node("Add", ["r", "w"], "y"));
        model.Graph!.Initializers.Add(weight);
        return MessageWriter.Model(model);
    }

    public void Dispose() => _folder.Dispose();
}
