// The messages of ONNX files that are read and written: plain data, as https://github.com/onnx/onnx/blob/main/onnx/onnx.proto names it.
namespace Candeia.Onnx;

/// <summary>A whole file.</summary>
internal sealed class ModelMessage
{
    public long IrVersion { get; set; }
    public string Producer { get; set; } = "";
    public string ProducerVersion { get; set; } = "";
    public List<(string Domain, long Version)> Opsets { get; } = [];
    public GraphMessage? Graph { get; set; }
    public List<FunctionMessage> Functions { get; } = [];
    public List<(string Key, string Value)> Metadata { get; } = [];
}

/// <summary>Nodes in an order in which they can be computed, and what they begin with.</summary>
internal sealed class GraphMessage
{
    public string Name { get; set; } = "";
    public List<NodeMessage> Nodes { get; } = [];
    public List<TensorMessage> Initializers { get; } = [];
    public List<ValueMessage> Inputs { get; } = [];
    public List<ValueMessage> Outputs { get; } = [];
}

/// <summary>A function of the file's own: an operator made of nodes.</summary>
internal sealed class FunctionMessage
{
    public string Name { get; set; } = "";
    public string Domain { get; set; } = "";
    public List<string> Inputs { get; } = [];
    public List<string> Outputs { get; } = [];
    public List<AttributeMessage> Defaults { get; } = [];
    public List<NodeMessage> Nodes { get; } = [];
    public List<(string Domain, long Version)> Opsets { get; } = [];
}

/// <summary>An operator applied to values.</summary>
internal sealed class NodeMessage
{
    public string Op { get; set; } = "";
    public string Domain { get; set; } = "";
    public string Name { get; set; } = "";
    public List<string> Inputs { get; } = [];
    public List<string> Outputs { get; } = [];
    public List<AttributeMessage> Attributes { get; } = [];

    /// <summary>What messages call it: its name, or that of its first result.</summary>
    public string Title => OnnxException.Quote(Name.Length > 0 ? Name : Outputs.FirstOrDefault(o => o.Length > 0) ?? "");
}

/// <summary>A parameter of an operator. Which of the values holds is said by the type, or by which one is there.</summary>
internal sealed class AttributeMessage
{
    public string Name { get; set; } = "";
    public AttributeType Type { get; set; }
    public float Single { get; set; }
    public long Integer { get; set; }
    public byte[]? Text { get; set; }
    public TensorMessage? Tensor { get; set; }
    public GraphMessage? Graph { get; set; }
    public List<float> Singles { get; } = [];
    public List<long> Integers { get; } = [];
    public List<byte[]> Texts { get; } = [];

    /// <summary>In a function: the parameter of the function that stands here.</summary>
    public string Reference { get; set; } = "";
}

/// <summary>What an attribute is, under ONNX's numbers.</summary>
internal enum AttributeType
{
    Undefined, Float, Int, String, Tensor, Graph, Floats, Ints, Strings, Tensors, Graphs, SparseTensor, SparseTensors, Type, Types,
}

/// <summary>A tensor with its values, or where they lie.</summary>
internal sealed class TensorMessage
{
    public string Name { get; set; } = "";
    public List<long> Dims { get; } = [];
    public ElementType Type { get; set; }
    public RawBytes? Raw { get; set; }
    public List<float> Singles { get; } = [];
    public List<long> Integers { get; } = [];
    public List<double> Doubles { get; } = [];
    public List<(string Key, string Value)> External { get; } = [];
    public bool IsExternal { get; set; }
}

/// <summary>An input or output of a graph.</summary>
internal sealed class ValueMessage
{
    public string Name { get; set; } = "";

    /// <summary>The type of its elements; undefined where it is no tensor, or not said.</summary>
    public ElementType Type { get; set; }

    /// <summary>What it is, where it is no tensor.</summary>
    public string? Other { get; set; }

    /// <summary>Its sizes, each a number or a name; null where the rank is not said.</summary>
    public List<(long? Size, string Name)>? Dims { get; set; }
}
