using System.Collections.Immutable;
using Candeia.NN;

namespace Candeia.Onnx;

/// <summary>
/// A network from an ONNX file. It runs, and it learns: its weights are parameters under the names of the file, gradients flow through it, and it can be
/// frozen, cut, given a new head and saved like any other layer.
/// </summary>
/// <remarks>It begins in evaluation mode, for that is what files mean: after <c>Train()</c> dropout drops, and batch normalization uses the batch.</remarks>
public sealed class OnnxModel : Layer
{
    [StateName("")] readonly OrderedDictionary<string, Tensor> _parameters;
    [Buffer, StateName("")] readonly OrderedDictionary<string, Tensor> _buffers;
    [Buffer(persistent: false)] readonly OrderedDictionary<string, Tensor> _constants;
    readonly Plan _plan, _fused;
    readonly IReadOnlyDictionary<string, int> _places;

    OnnxModel(WeightStore store, Plan plan, IReadOnlyDictionary<string, int> places, ImmutableArray<OnnxValue> inputs, ImmutableArray<OnnxValue> outputs)
    {
        (_plan, _fused, _places, Inputs, Outputs) = (plan, Fusions.Of(plan), places, inputs, outputs);
        HashSet<Tensor> kept = [.. plan.Kept];
        OrderedDictionary<string, Tensor> Kept(OrderedDictionary<string, Tensor> all) => new(all.Where(t => kept.Contains(t.Value)));
        (_parameters, _buffers, _constants) = (Kept(store.Parameters), Kept(store.Buffers), Kept(store.Constants));
    }

    /// <summary>What it takes, in the order of <see cref="Run(ReadOnlySpan{Tensor})"/>.</summary>
    public ImmutableArray<OnnxValue> Inputs { get; }

    /// <summary>What it gives.</summary>
    public ImmutableArray<OnnxValue> Outputs { get; }

    /// <summary>Reads a file; weights that lie in files beside it are found there.</summary>
    /// <exception cref="OnnxException">The file is damaged, or has operators that are not known: the message names all of them, and their nodes.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxModel Load(string path)
    {
        using var stream = OrdinaryFile.Open(path);
        return Load(stream, path, Path.GetDirectoryName(Path.GetFullPath(path)));
    }

    /// <summary>Reads a stream that can seek, from its beginning.</summary>
    /// <param name="stream">It is not closed, and not needed any longer afterwards.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="OnnxException">It is damaged, or has operators that are not known: the message names all of them, and their nodes.</exception>
    public static OnnxModel Load(Stream stream, string source = "The stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Load(stream, source, null);
    }

    static OnnxModel Load(Stream stream, string source, string? folder)
    {
        try
        {
            var message = new MessageReader(stream).Model();
            using TensorData data = new(folder);
            WeightStore store = new();
            ModelCompiler compiler = new(message, data, store);
            GraphCompiler graph = new(compiler);
            var plan = graph.Compile(compiler.Graph);
            return new OnnxModel(store, plan, graph.Places(compiler.Graph), [.. ModelCompiler.InputsOf(compiler.Graph).Select(OnnxValue.Of)], [.. compiler.Graph.Outputs.Select(OnnxValue.Of)]).Eval();
        }
        catch (Exception e) when (e is OnnxException or InvalidDataException or EndOfStreamException)
        {
            throw new OnnxException($"{source}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>
    /// The part of the network that leads to a value: with the same weights, and that value as its only output. A new head behind it, and it learns something
    /// else.
    /// </summary>
    /// <param name="at">The name of a node, whose first result is meant, or of a value.</param>
    /// <exception cref="ArgumentException">There is no such node and no such value, or it is a constant.</exception>
    public OnnxModel Cut(string at)
    {
        ArgumentNullException.ThrowIfNull(at);
        if (!_places.TryGetValue(at, out int place) || _plan.Begin[place] is not null)
            throw new ArgumentException($"The model computes no {OnnxException.Quote(at)}; candeia onnx show lists its nodes, the last of which are {string.Join(", ", _places.Keys.TakeLast(5).Select(OnnxException.Quote))}.", nameof(at));
        WeightStore store = new(_parameters, _buffers, _constants);
        return new OnnxModel(store, _plan.For([place]), _places, Inputs, [new(at, null, default)]) { IsTraining = IsTraining };
    }

    /// <summary>The first output for an input; a model with several inputs is called with <see cref="Run(ReadOnlySpan{Tensor})"/>.</summary>
    public override Tensor Forward(Tensor x) => Run([x])[0];

    /// <summary>The outputs for the inputs, both in the order of the file.</summary>
    /// <param name="inputs">As many as <see cref="Inputs"/> has.</param>
    /// <exception cref="ArgumentException">There are more or fewer, or one is of another type than the file says.</exception>
    /// <exception cref="OnnxException">A node does not take what comes to it: the message names it, with the shapes.</exception>
    public Tensor[] Run(params ReadOnlySpan<Tensor> inputs)
    {
        if (inputs.Length != Inputs.Length) throw new ArgumentException($"The model takes {Inputs.Length} inputs ({string.Join("; ", Inputs)}), not {inputs.Length}.");
        for (int i = 0; i < inputs.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(inputs[i]);
            bool fits = Inputs[i].DType is not { } expected || expected == inputs[i].DType || expected.IsFloatingPoint() && inputs[i].DType.IsFloatingPoint();
            if (!fits) throw new ArgumentException($"The model takes {Inputs[i]}, not {inputs[i].DType} {inputs[i].Shape}; convert with To(DType.{Inputs[i].DType}).");
        }
        return _fused.Run(inputs, IsTraining);
    }

    /// <summary>The outputs by name, for inputs by name.</summary>
    /// <exception cref="ArgumentException">An input is missing, or there is one that the model does not have.</exception>
    public OrderedDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Keys.FirstOrDefault(k => !Inputs.Any(i => i.Name == k)) is { } unknown)
            throw new ArgumentException($"The model has no input {OnnxException.Quote(unknown)}; its inputs are {string.Join("; ", Inputs)}.");
        if (Inputs.FirstOrDefault(i => !inputs.ContainsKey(i.Name)) is { } missing) throw new ArgumentException($"The input {missing} is missing.");
        var results = Run([.. Inputs.Select(i => inputs[i.Name])]);
        return new(Outputs.Select((o, i) => KeyValuePair.Create(o.Name, results[i])));
    }
}
