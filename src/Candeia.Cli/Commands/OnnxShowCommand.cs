using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Candeia.Onnx;

namespace Candeia.Cli;

/// <summary><c>candeia onnx show</c>: what an ONNX file takes, gives, and consists of.</summary>
static class OnnxShowCommand
{
    public static Command Create()
    {
        var model = Paths.Argument("MODEL", "An ONNX file.");
        var nodes = new Option<bool>("--nodes") { Description = "List all nodes too: where a network can be cut." };
        var json = Flags.Json();
        var command = new Command("show", "Say what an ONNX file takes and gives, which operators it has, and whether all of them are known.") { model, nodes, json };
        command.SetAction(parsed =>
        {
            var summary = OnnxSummary.Of(parsed.GetRequiredValue(model));
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(summary, OnnxJson.Plain.OnnxSummary));
            else foreach (string line in Lines(summary, parsed.GetValue(nodes))) Screen.Say(Failure.OneLine(line));
        });
        return command;
    }

    static IEnumerable<string> Lines(OnnxSummary s, bool nodes)
    {
        yield return $"opset {s.Opset}{(s.Producer.Length > 0 ? $", written by {s.Producer}" : "")}";
        foreach (var input in s.Inputs) yield return $"input {input}";
        foreach (var output in s.Outputs) yield return $"output {output}";
        foreach (var op in s.Operators) yield return string.Create(CultureInfo.InvariantCulture, $"operator {op.Name}: {op.Count}{(op.IsKnown ? "" : ", not known")}");
        long elements = s.Weights.Sum(w => w.Shape.Aggregate(1L, (a, b) => a * b));
        yield return string.Create(CultureInfo.InvariantCulture, $"weights: {s.Weights.Length}, {elements} elements");
        if (nodes) foreach (var node in s.Nodes) yield return $"node {node.Name}: {node.Operator} → {string.Join(", ", node.Outputs)}";
    }
}
