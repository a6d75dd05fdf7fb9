namespace Candeia.Onnx;

/// <summary>Writes the messages of an ONNX file.</summary>
internal static class MessageWriter
{
    /// <summary>A whole file.</summary>
    public static byte[] Model(ModelMessage model)
    {
        ProtoWriter file = new();
        file.Integer(1, model.IrVersion);
        file.Text(2, model.Producer);
        file.Text(3, model.ProducerVersion);
        file.Message(7, w => Graph(w, model.Graph!));
        foreach (var (domain, version) in model.Opsets)
            file.Message(8, w =>
            {
                w.Text(1, domain);
                w.Integer(2, version);
            });
        foreach (var (key, value) in model.Metadata)
            file.Message(14, w =>
            {
                w.Text(1, key);
                w.Text(2, value);
            });
        return file.Written.ToArray();
    }

    static void Graph(ProtoWriter w, GraphMessage graph)
    {
        foreach (var node in graph.Nodes) w.Message(1, n => Node(n, node));
        w.Text(2, graph.Name);
        foreach (var tensor in graph.Initializers) w.Message(5, t => Tensor(t, tensor));
        foreach (var input in graph.Inputs) w.Message(11, v => Value(v, input));
        foreach (var output in graph.Outputs) w.Message(12, v => Value(v, output));
    }

    static void Node(ProtoWriter w, NodeMessage node)
    {
        foreach (string input in node.Inputs) w.Bytes(1, System.Text.Encoding.UTF8.GetBytes(input));
        foreach (string output in node.Outputs) w.Bytes(2, System.Text.Encoding.UTF8.GetBytes(output));
        w.Text(3, node.Name);
        w.Text(4, node.Op);
        foreach (var attribute in node.Attributes) w.Message(5, a => Attribute(a, attribute));
        w.Text(7, node.Domain);
    }

    static void Attribute(ProtoWriter w, AttributeMessage attribute)
    {
        w.Text(1, attribute.Name);
        switch (attribute.Type)
        {
            case AttributeType.Float: w.Single(2, attribute.Single); break;
            case AttributeType.Int: w.Always(3, attribute.Integer); break;
            case AttributeType.String: w.Bytes(4, attribute.Text); break;
            case AttributeType.Tensor: w.Message(5, t => Tensor(t, attribute.Tensor!)); break;
            case AttributeType.Graph: w.Message(6, g => Graph(g, attribute.Graph!)); break;
            case AttributeType.Strings: foreach (byte[] text in attribute.Texts) w.Bytes(9, text); break;
            case AttributeType.Ints: foreach (long n in attribute.Integers) w.Always(8, n); break;
            default: throw new OnnxException($"attributes of {attribute.Type} are not written");
        }
        w.Integer(20, (long)attribute.Type);
    }

    static void Tensor(ProtoWriter w, TensorMessage tensor)
    {
        foreach (long n in tensor.Dims) w.Always(1, n);
        w.Integer(2, (long)tensor.Type);
        w.Text(8, tensor.Name);
        byte[] bytes = new byte[tensor.Raw!.Length];
        tensor.Raw.Read(bytes);
        w.Bytes(9, bytes);
    }

    static void Value(ProtoWriter w, ValueMessage value)
    {
        w.Text(1, value.Name);
        if (value.Type == ElementType.Undefined) return;                            // it follows from the nodes
        w.Message(2, type => type.Message(1, t =>
        {
            t.Integer(1, (long)value.Type);
            if (value.Dims is null) return;
            t.Message(2, shape =>
            {
                foreach (var (size, name) in value.Dims)
                    shape.Message(1, dim =>
                    {
                        if (size is { } n) dim.Always(1, n);
                        else dim.Text(2, name);
                    });
            });
        }));
    }
}
