namespace Candeia.Onnx;

/// <summary>An op that was applied.</summary>
/// <param name="Op">The op.</param>
/// <param name="X">To what.</param>
/// <param name="Y">What came of it.</param>
/// <param name="Line">Where.</param>
internal sealed record Recorded(Op Op, Tensor[] X, Tensor[] Y, string Line);

/// <summary>Writes down what a network computes, and refuses what a file cannot say: choices that depend on values, and writing in place.</summary>
internal sealed class Recorder : ITracer
{
    readonly HashSet<Tensor> _live;
    readonly HashSet<Storage> _written = [];

    /// <param name="given">Inputs and parameters: what follows from them is computed anew each time.</param>
    public Recorder(IEnumerable<Tensor> given) => _live = [.. given];

    public List<Recorded> Steps { get; } = [];

    /// <summary>Whether a tensor is an input or a parameter, or follows from one.</summary>
    public bool IsLive(Tensor x) => _live.Contains(x);

    public void Applied(Op op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        bool live = false;
        foreach (var input in x) live |= _live.Contains(input);
        if (op is RandomOp) throw Refused($"random numbers ({Title(op)}) are drawn");
        if (!live) return;
        if (!Emitters.Knows(op)) throw Refused($"ONNX has no operator that is {Title(op)}");
        if (Emitters.Refusal(op) is { } why) throw Refused(why);
        foreach (var output in y) _live.Add(output);
        Steps.Add(new(op, x.ToArray(), y.ToArray(), Anomaly.Line()));
    }

    public void Written(Op op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> targets)
    {
        foreach (var tensor in (Tensor[])[.. x, .. targets])
            if (_live.Contains(tensor)) throw Refused($"values are written in place ({Title(op)}), where only results can be said; use Where, Cat or Scatter");
    }

    public void Seen(Tensor x)
    {
        if (_live.Contains(x)) throw Refused($"a value of a {x.DType} {x.Shape} is read, on which what follows may depend; a file holds one way through the network");
    }

    static string Title(Op op) => op.GetType().Name.EndsWith("Op", StringComparison.Ordinal) ? op.GetType().Name[..^2] : op.GetType().Name;

    static OnnxException Refused(string what) => new($"The network cannot be written as ONNX: {what}, {Anomaly.Line()}.");
}
