namespace Candeia.Onnx;

/// <summary>One recorded op while its nodes are written: what it is in both records, and short names for what emitters say.</summary>
internal sealed class Emission(Exporter exporter, Recorded one, Recorded two)
{
    public Op Op => one.Op;

    public Op Other => two.Op;

    public int Count => one.X.Length;

    public Tensor X(int input) => one.X[input];

    public Tensor Y => one.Y[0];

    public Shape OtherX(int input) => two.X[input].Shape;

    public Shape OtherY => two.Y[0].Shape;

    /// <summary>The value of an input.</summary>
    public string In(int input) => exporter.Operand(one.X[input]);

    /// <summary>The value of an input, as another type if it is not of that.</summary>
    public string In(int input, DType dtype)
    {
        var x = one.X[input];
        if (x.DType == dtype) return In(input);
        return x.Rank == 0 && !one.X[input].RequiresGrad && exporter.IsConstant(x) ? exporter.Constant(x, dtype) : Cast(In(input), dtype);
    }

    public string Cast(string value, DType dtype) => Node("Cast", [value], ("to", (long)dtype.Written()));

    public string Node(string op, string[] inputs, params ReadOnlySpan<(string Name, object Value)> attributes) => exporter.Node(op, inputs, null, attributes);

    /// <summary>A node with several results.</summary>
    public string[] Nodes(string op, string[] inputs, int results, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        string[] outputs = [.. Enumerable.Range(0, results).Select(_ => exporter.Fresh(op.ToLowerInvariant()))];
        exporter.Node(op, inputs, outputs, attributes);
        return outputs;
    }

    public string Integers(params ReadOnlySpan<long> values) => exporter.Integers(values);

    /// <summary>A number, or numbers, of the result's type.</summary>
    public string Number(Tensor value) => exporter.Constant(value, Y.DType);

    public string Sizes(Shape one, Shape two) => exporter.Sizes(one, two);

    /// <summary>Says what the result is.</summary>
    public void Is(string value) => exporter.Is(one.Y[0], value);

    /// <inheritdoc cref="Is(string)"/>
    public void Are(params ReadOnlySpan<string> values)
    {
        for (int i = 0; i < values.Length; i++) exporter.Is(one.Y[i], values[i]);
    }

    /// <summary>An op that no nodes say; who applied it is added where that is known.</summary>
    public static OnnxException Refused(string what) => new($"The network cannot be written as ONNX: {what}");
}
