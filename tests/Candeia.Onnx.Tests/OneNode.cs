namespace Candeia.Onnx.Tests;

/// <summary>A file that holds one node.</summary>
static class OneNode
{
    /// <summary>The bytes of a model with one operator from inputs like these to results that are named r0, r1, … and whose types it tells itself.</summary>
    public static byte[] Of(string op, int opset, Tensor?[] inputs, int results, params (string Name, object Value)[] attributes)
    {
        ModelMessage model = new() { IrVersion = 8, Graph = new() { Name = op } };
        model.Opsets.Add(("", opset));
        NodeMessage node = new() { Op = op, Name = op };
        for (int i = 0; i < inputs.Length; i++)
        {
            node.Inputs.Add(inputs[i] is null ? "" : $"x{i}");
            if (inputs[i] is { } x) model.Graph.Inputs.Add(new() { Name = $"x{i}", Type = x.DType.Written(), Dims = [.. x.Shape.Select(n => ((long?)n, ""))] });
        }
        for (int i = 0; i < results; i++)
        {
            node.Outputs.Add($"r{i}");
            model.Graph.Outputs.Add(new() { Name = $"r{i}" });
        }
        node.Attributes.AddRange(attributes.Select(Attribute));
        model.Graph.Nodes.Add(node);
        return MessageWriter.Model(model);
    }

    static AttributeMessage Attribute((string Name, object Value) given)
    {
        AttributeMessage a = new() { Name = given.Name };
        switch (given.Value)
        {
            case int n: (a.Type, a.Integer) = (AttributeType.Int, n); break;
            case double x: (a.Type, a.Single) = (AttributeType.Float, (float)x); break;
            case string text: (a.Type, a.Text) = (AttributeType.String, System.Text.Encoding.UTF8.GetBytes(text)); break;
            case int[] many: a.Type = AttributeType.Ints; a.Integers.AddRange(many.Select(n => (long)n)); break;
            case string[] texts: a.Type = AttributeType.Strings; a.Texts.AddRange(texts.Select(System.Text.Encoding.UTF8.GetBytes)); break;
            default: throw new ArgumentException(given.Name);
        }
        return a;
    }
}
