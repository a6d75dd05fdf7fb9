using System.Text;

namespace Candeia.Onnx;

/// <summary>The parameters of a node, as an operator asks for them when a file is read. What nobody has asked for is refused afterwards.</summary>
/// <param name="node">Where they stand.</param>
/// <param name="opset">The version of the operators of its domain.</param>
/// <param name="data">What reads tensors.</param>
/// <param name="compile">What makes graphs ready to run.</param>
internal sealed class Attributes(NodeMessage node, int opset, TensorData data, Func<GraphMessage, Plan> compile)
{
    readonly HashSet<string> _asked = ["consumed_inputs"];

    public int Opset => opset;

    public int Inputs => node.Inputs.Count;

    public int Outputs => node.Outputs.Count;

    /// <summary>All that are numbers, by name.</summary>
    public IReadOnlyDictionary<string, double[]> Numbers => node.Attributes.Where(a => a is { Tensor: null, Graph: null, Text: null }).DistinctBy(a => a.Name).ToDictionary(
        a => a.Name, a => a.Integers.Count > 0 ? [.. a.Integers.Select(n => (double)n)] : (double[])[a.Type == AttributeType.Float ? a.Single : a.Integer]);

    /// <summary>Whether somebody wants this result.</summary>
    public bool Wants(int output) => output < node.Outputs.Count && node.Outputs[output].Length > 0;

    /// <summary>Whether this input is given.</summary>
    public bool Has(int input) => input < node.Inputs.Count && node.Inputs[input].Length > 0;

    public bool Has(string name) => Find(name) is not null;

    public int Int(string name, int missing) => Find(name) is { } a ? Call.Clamp(a.Integer) : missing;

    public int Int(string name) => Call.Clamp(Needed(name).Integer);

    public bool Flag(string name, bool missing = false) => Int(name, missing ? 1 : 0) != 0;

    public double Float(string name, double missing) => Find(name) is { } a ? a.Single : missing;

    public int[]? Ints(string name) => Find(name) is { } a ? [.. a.Integers.Select(Call.Clamp)] : null;

    public double[]? Floats(string name) => Find(name) is { } a ? [.. a.Singles.Select(x => (double)x)] : null;

    public string Text(string name, string missing) => Find(name) is { } a ? Encoding.UTF8.GetString(a.Text ?? []) : missing;

    public string[]? Texts(string name) => Find(name) is { } a ? [.. a.Texts.Select(t => Encoding.UTF8.GetString(t))] : null;

    public Tensor? Tensor(string name) => Find(name)?.Tensor is { } t ? data.Read(t) : null;

    public Plan Graph(string name) => compile(Needed(name).Graph ?? throw new OnnxException($"attribute {name} is no graph"));

    /// <summary>The type of an attribute that names one.</summary>
    public DType Type(string name, DType missing) => Find(name) is { } a ? Held(a.Integer) : missing;

    /// <inheritdoc cref="Type(string, DType)"/>
    public DType? Type(string name) => Find(name) is { } a ? Held(a.Integer) : null;

    /// <summary>Says that an attribute makes no difference here.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (string name in names) _asked.Add(name);
    }

    /// <summary>An attribute that must have this value, because others are not known.</summary>
    public void Only(string name, int value)
    {
        if (Int(name, value) is var given && given != value) throw new OnnxException($"attribute {name} is {given}, and only {value} is known");
    }

    /// <summary>Refuses attributes that the operator does not have.</summary>
    public void CheckAllAsked()
    {
        if (node.Attributes.Find(a => !_asked.Contains(a.Name)) is { } unknown) throw new OnnxException($"attribute {OnnxException.Quote(unknown.Name)} is not known");
    }

    static DType Held(long type) => ((ElementType)type).Held() ?? throw new OnnxException($"tensors cannot hold {((ElementType)type).Name()}");

    AttributeMessage Needed(string name) => Find(name) ?? throw new OnnxException($"attribute {name} is missing");

    AttributeMessage? Find(string name)
    {
        _asked.Add(name);
        return node.Attributes.Find(a => a.Name == name);
    }
}
