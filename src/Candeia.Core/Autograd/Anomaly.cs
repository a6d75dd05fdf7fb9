using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;

namespace Candeia;

/// <summary>Looks at what ops compute on this thread, while that is asked for.</summary>
internal static class Anomaly
{
    [ThreadStatic] static bool s_on;
    static readonly ConcurrentDictionary<string, bool> s_ours = [];

    public static bool IsOn => s_on;

    /// <summary>Switches on or off until the result is disposed of.</summary>
    public static Switched Switch(bool on) => new(ref s_on, on);

    /// <summary>Refuses a result with NaN whose inputs have none.</summary>
    public static void CheckForward(Op op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        Tensor? y = null;
        foreach (var output in outputs) if (output.DType.IsFloatingPoint() && Has(output, t => t.IsNaN())) y ??= output;
        if (y is null) return;
        foreach (var input in x) if (input.DType.IsFloatingPoint() && Has(input, t => t.IsNaN())) return;
        throw new AnomalyException($"{op.Name} made NaN of numbers: {Shapes(x)} → {y.Shape}, {Line()}.");
    }

    /// <summary>Refuses gradients that are not finite, of one that is.</summary>
    public static void CheckBackward(Node node, ReadOnlySpan<Tensor?> grads, Tensor?[] gradients)
    {
        foreach (var grad in grads) if (grad is not null && Has(grad, t => !t.IsFinite())) return;
        for (int i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is not { } g || !Has(g, t => !t.IsFinite())) continue;
            throw new AnomalyException(
                $"The backward pass of {node.Op.Name} made {(Has(g, t => t.IsNaN()) ? "NaN" : "infinity")} of a finite gradient: for its input {i}, {Shapes(node.Inputs)} → {node.Output.Shape}, "
                + (node.Line ?? "applied before anomalies were looked for") + ".");
        }
    }

    /// <summary>The line outside of these libraries that is at work.</summary>
    public static string Line()
    {
        foreach (var frame in new StackTrace(fNeedFileInfo: true).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is not { } method || IsOurs(method.DeclaringAssemblyName)) continue;
            string place = $"applied in {method.DeclaringTypeName}.{method.Name}";
            return frame.GetFileName() is { } file ? $"{place}, {Path.GetFileName(file)}:{frame.GetFileLineNumber()}" : place;
        }
        return "applied nobody knows where";
    }

    /// <summary>Whether an assembly is one of the runtime's or of these libraries, all of which bear a mark.</summary>
    static bool IsOurs(string assembly) => s_ours.GetOrAdd(assembly, static name => name.StartsWith("System.", StringComparison.Ordinal)
        || Array.Find(AppDomain.CurrentDomain.GetAssemblies(), a => a.FullName == name)?.GetCustomAttributes<AssemblyMetadataAttribute>().Any(m => m.Key == "CandeiaLibrary") == true);

    static string Shapes(ReadOnlySpan<Tensor> tensors) => string.Join(" and ", tensors.ToArray().Select(t => $"{t.Shape}"));

    static bool Has(Tensor tensor, Func<Tensor, Tensor> mask)
    {
        using var quiet = Switch(false);
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        return (bool)mask(tensor.Detach()).Any();
    }
}
