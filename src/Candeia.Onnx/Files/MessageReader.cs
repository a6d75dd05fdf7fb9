namespace Candeia.Onnx;

/// <summary>
/// Reads the messages of an ONNX file that may come from anyone. Weights stay in the file until they are asked for; graphs lie in graphs only so
/// deep, and there are only so many things in all.
/// </summary>
/// <exception cref="InvalidDataException">Thrown where the bytes are no such message.</exception>
internal sealed class MessageReader(Stream stream)
{
    const int MostDeep = 32, MostRank = 64, MostThings = 1 << 20, Large = 1 << 16;
    int _things;

    /// <summary>Reads a file.</summary>
    public ModelMessage Model()
    {
        ModelMessage model = new();
        stream.Position = 0;
        for (ProtoStream fields = new(stream, stream.Length); fields.Next();)
        {
            switch (fields.Field)
            {
                case 1: model.IrVersion = fields.Integer(); break;
                case 2: model.Producer = Text(fields.Bytes()); break;
                case 3: model.ProducerVersion = Text(fields.Bytes()); break;
                case 7: model.Graph = Graph(fields.Enter()); break;
                case 8: model.Opsets.Add(Opset(fields.Bytes())); break;
                case 14: model.Metadata.Add(Pair(fields.Bytes())); break;
                case 25: model.Functions.Add(Function(fields.Bytes())); break;
            }
        }
        return model;
    }

    /// <summary>Reads a file that holds one tensor.</summary>
    public static TensorMessage Tensor(byte[] file) => new MessageReader(Stream.Null).Tensor((ReadOnlyMemory<byte>)file);

    GraphMessage Graph(ProtoStream fields)
    {
        GraphMessage graph = new();
        while (fields.Next())
        {
            if (fields.Field == 5 && fields.Length > Large) graph.Initializers.Add(Tensor(fields.Enter()));
            else if (fields.Field is 1 or 2 or 5 or 11 or 12 or 15) Add(graph, fields.Field, fields.Bytes(), 0);
        }
        return graph;
    }

    GraphMessage Graph(ReadOnlyMemory<byte> message, int depth)
    {
        if (depth > MostDeep) throw new InvalidDataException($"graphs lie in graphs more than {MostDeep} deep");
        GraphMessage graph = new();
        for (ProtoReader fields = new(message.Span); fields.Next();)
            if (fields.Field is 1 or 2 or 5 or 11 or 12 or 15) Add(graph, fields.Field, Part(message, fields), depth);
        return graph;
    }

    void Add(GraphMessage graph, int field, ReadOnlyMemory<byte> message, int depth)
    {
        switch (field)
        {
            case 1: graph.Nodes.Add(Node(message, depth)); break;
            case 2: graph.Name = Text(message.Span); break;
            case 5: graph.Initializers.Add(Tensor(message)); break;
            case 11: graph.Inputs.Add(Value(message)); break;
            case 12: graph.Outputs.Add(Value(message)); break;
            case 15: throw new InvalidDataException("a sparse initializer is not known");
        }
    }

    FunctionMessage Function(ReadOnlyMemory<byte> message)
    {
        Count();
        FunctionMessage function = new();
        for (ProtoReader fields = new(message.Span); fields.Next();)
        {
            switch (fields.Field)
            {
                case 1: function.Name = fields.Text(); break;
                case 4: function.Inputs.Add(Name(fields)); break;
                case 5: function.Outputs.Add(Name(fields)); break;
                case 7: function.Nodes.Add(Node(Part(message, fields), 0)); break;
                case 9: function.Opsets.Add(Opset(fields.Bytes())); break;
                case 10: function.Domain = fields.Text(); break;
                case 11: function.Defaults.Add(Attribute(Part(message, fields), 0)); break;
            }
        }
        return function;
    }

    NodeMessage Node(ReadOnlyMemory<byte> message, int depth)
    {
        Count();
        NodeMessage node = new();
        for (ProtoReader fields = new(message.Span); fields.Next();)
        {
            switch (fields.Field)
            {
                case 1: node.Inputs.Add(Name(fields)); break;
                case 2: node.Outputs.Add(Name(fields)); break;
                case 3: node.Name = fields.Text(); break;
                case 4: node.Op = fields.Text(); break;
                case 5: node.Attributes.Add(Attribute(Part(message, fields), depth)); break;
                case 7: node.Domain = fields.Text(); break;
            }
        }
        return node;
    }

    AttributeMessage Attribute(ReadOnlyMemory<byte> message, int depth)
    {
        Count();
        AttributeMessage attribute = new();
        for (ProtoReader fields = new(message.Span); fields.Next();)
        {
            switch (fields.Field)
            {
                case 1: attribute.Name = fields.Text(); break;
                case 2: attribute.Single = fields.Single(); break;
                case 3: attribute.Integer = fields.Integer(); break;
                case 4: attribute.Text = fields.Bytes().ToArray(); break;
                case 5: attribute.Tensor = Tensor(Part(message, fields)); break;
                case 6: attribute.Graph = Graph(Part(message, fields), depth + 1); break;
                case 7: fields.AddSingles(attribute.Singles); break;
                case 8: fields.AddIntegers(attribute.Integers); break;
                case 9: Count(); attribute.Texts.Add(fields.Bytes().ToArray()); break;
                case 20: attribute.Type = (AttributeType)fields.Integer(); break;
                case 21: attribute.Reference = fields.Text(); break;
            }
        }
        return attribute;
    }

    TensorMessage Tensor(ProtoStream fields)
    {
        Count();
        TensorMessage tensor = new();
        while (fields.Next())
        {
            // Fractions that are listed together lie there as raw ones do, and are left in the file like those.
            bool listed = fields.Field is 4 or 10 && fields.Type == WireType.Bytes && fields.Length > 0;
            if (listed && tensor.Raw is not null) throw new InvalidDataException("the numbers of a tensor stand in several places");
            if (listed || fields.Field == 9) tensor.Raw = new(stream, fields.Start, fields.Length);
            else Add(tensor, fields.Whole());
        }
        return Checked(tensor);
    }

    TensorMessage Tensor(ReadOnlyMemory<byte> message)
    {
        Count();
        TensorMessage tensor = new();
        Add(tensor, message);
        return Checked(tensor);
    }

    void Add(TensorMessage tensor, ReadOnlyMemory<byte> message)
    {
        for (ProtoReader fields = new(message.Span); fields.Next();)
        {
            switch (fields.Field)
            {
                case 1: fields.AddIntegers(tensor.Dims); break;
                case 2: tensor.Type = (ElementType)fields.Integer(); break;
                case 3: throw new InvalidDataException("a tensor in segments is not known");
                case 4: fields.AddSingles(tensor.Singles); break;
                case 5 or 7 or 11: fields.AddIntegers(tensor.Integers); break;
                case 8: tensor.Name = fields.Text(); break;
                case 9: tensor.Raw = new(Part(message, fields)); break;
                case 10: fields.AddDoubles(tensor.Doubles); break;
                case 13: Count(); tensor.External.Add(Pair(fields.Bytes())); break;
                case 14: tensor.IsExternal = fields.Integer() == 1; break;
            }
        }
    }

    static TensorMessage Checked(TensorMessage tensor) =>
        tensor.Dims.Count <= MostRank ? tensor : throw new InvalidDataException($"a tensor has {tensor.Dims.Count} dimensions; {MostRank} are allowed");

    ValueMessage Value(ReadOnlyMemory<byte> message)
    {
        Count();
        ValueMessage value = new();
        for (ProtoReader fields = new(message.Span); fields.Next();)
        {
            if (fields.Field == 1) value.Name = fields.Text();
            else if (fields.Field == 2)
            {
                for (ProtoReader types = new(fields.Bytes()); types.Next();)
                {
                    if (types.Field == 1) TensorType(types.Bytes(), value);
                    else value.Other = types.Field switch { 4 => "a sequence", 5 => "a map", 8 => "a sparse tensor", 9 => "an optional value", _ => value.Other };
                }
            }
        }
        return value;
    }

    void TensorType(ReadOnlySpan<byte> message, ValueMessage value)
    {
        for (ProtoReader fields = new(message); fields.Next();)
        {
            if (fields.Field == 1) value.Type = (ElementType)fields.Integer();
            else if (fields.Field == 2)
            {
                value.Dims = [];
                for (ProtoReader dims = new(fields.Bytes()); dims.Next();)
                {
                    if (dims.Field != 1) continue;
                    Count();
                    value.Dims.Add(Dim(dims.Bytes()));
                }
            }
        }
    }

    static (long?, string) Dim(ReadOnlySpan<byte> message)
    {
        (long? size, string name) = (null, "");
        for (ProtoReader fields = new(message); fields.Next();)
        {
            if (fields.Field == 1) size = fields.Integer();
            else if (fields.Field == 2) name = fields.Text();
        }
        return (size, name);
    }

    static (string, long) Opset(ReadOnlySpan<byte> message)
    {
        (string domain, long version) = ("", 0);
        for (ProtoReader fields = new(message); fields.Next();)
        {
            if (fields.Field == 1) domain = fields.Text();
            else if (fields.Field == 2) version = fields.Integer();
        }
        return (domain, version);
    }

    static (string, string) Pair(ReadOnlySpan<byte> message)
    {
        (string key, string value) = ("", "");
        for (ProtoReader fields = new(message); fields.Next();)
        {
            if (fields.Field == 1) key = fields.Text();
            else if (fields.Field == 2) value = fields.Text();
        }
        return (key, value);
    }

    string Name(in ProtoReader fields)
    {
        Count();
        return fields.Text();
    }

    void Count()
    {
        if (++_things > MostThings) throw new InvalidDataException($"there are more than {MostThings:N0} nodes, values and tensors");
    }

    static ReadOnlyMemory<byte> Part(ReadOnlyMemory<byte> message, in ProtoReader fields) => message.Slice(fields.BytesStart(), fields.Bytes().Length);

    static string Text(ReadOnlySpan<byte> bytes)
    {
        try { return s_utf8.GetString(bytes); }
        catch (System.Text.DecoderFallbackException e) { throw new InvalidDataException("a name is no valid text", e); }
    }

    static readonly System.Text.UTF8Encoding s_utf8 = new(false, throwOnInvalidBytes: true);
}
