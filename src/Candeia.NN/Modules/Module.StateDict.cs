namespace Candeia.NN;

public abstract partial class Module
{
    /// <summary>
    /// All parameters and persistent buffers under their PyTorch names, in order. The tensors share the module's memory and have no history.
    /// </summary>
    /// <remarks>A tensor that is reached under several names stands under each of them, as in PyTorch.</remarks>
    public OrderedDictionary<string, Tensor> StateDict()
    {
        OrderedDictionary<string, Tensor> state = [];
        Walk("", [], (path, module) =>
        {
            foreach (var (name, value, buffer) in StateEntry.Of(module))
                if (value is Tensor tensor && buffer is not { Persistent: false }) state.Add(StateEntry.Join(path, name), tensor.Detach());
        }, once: null);
        return state;
    }

    /// <summary>
    /// Writes values into parameters and buffers, converted to their type and device. Either all are written or, if something does not fit, none.
    /// </summary>
    /// <param name="state">Tensors by name, as <see cref="StateDict"/> returns them.</param>
    /// <param name="strict">Whether names that are missing or too many are an error; wrong shapes always are. <see cref="LoadWhatFits(IReadOnlyDictionary{string, Tensor})"/>
    /// takes those too.</param>
    /// <returns>What was written, and what was missing or too many.</returns>
    /// <exception cref="StateDictException">The names or shapes do not fit; the message lists all of them.</exception>
    public LoadReport LoadStateDict(IReadOnlyDictionary<string, Tensor> state, bool strict = true)
    {
        var (report, writes) = Compare(state);
        if (!report.Mismatched.IsEmpty || strict && !report.IsComplete) throw StateDictException.For(GetType().Name, report);
        foreach (var (target, values) in writes) target.CopyFrom(values.Detach());
        return report;
    }

    /// <summary>
    /// Writes those values that have a place in this module and fit it, converted to its type and device, and says what became of all others: for
    /// networks that were taken from elsewhere and changed, such as a new head for other classes.
    /// </summary>
    /// <param name="state">Tensors by name, as <see cref="StateDict"/> returns them.</param>
    /// <returns>What was written, what was missing, what was left over, and what has another shape.</returns>
    /// <example><code>
    /// Sequential trained = [new Linear(4, 8), new ReLU(), new Linear(8, 1000)], net = [new Linear(4, 8), new ReLU(), new Linear(8, 10)];
    /// var report = net.LoadWhatFits(trained.StateDict());
    /// Console.WriteLine(report.Mismatched[0]);                             // → 2.weight: given [1000, 8], expected [10, 8]
    /// </code></example>
    public LoadReport LoadWhatFits(IReadOnlyDictionary<string, Tensor> state)
    {
        var (report, writes) = Compare(state);
        foreach (var (target, values) in writes) target.CopyFrom(values.Detach());
        return report;
    }

    (LoadReport Report, List<(Tensor Target, Tensor Values)> Writes) Compare(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var own = StateDict();
        List<string> loaded = [], missing = [];
        List<LoadMismatch> mismatched = [];
        List<(Tensor, Tensor)> writes = [];
        foreach (var (name, target) in own)
        {
            if (!state.TryGetValue(name, out var values)) missing.Add(name);
            else if (target.Shape != values.Shape) mismatched.Add(new(name, $"given {values.Shape}, expected {target.Shape}"));
            else if (values.DType.IsComplex() && !target.DType.IsComplex()) mismatched.Add(new(name, $"given {values.DType.Name()}, expected {target.DType.Name()}"));
            else
            {
                loaded.Add(name);
                writes.Add((target, values));
            }
        }
        return (new([.. loaded], [.. missing], [.. state.Keys.Where(name => !own.ContainsKey(name))], [.. mismatched]), writes);
    }

    /// <summary>Writes the state dict to a safetensors file, which PyTorch reads too.</summary>
    public void Save(string path) => Safetensors.Save(path, StateDict());

    /// <summary>Reads a safetensors file into parameters and buffers.</summary>
    /// <exception cref="SafetensorsException">The file is damaged.</exception>
    /// <exception cref="StateDictException">The names or shapes do not fit; the message lists all of them.</exception>
    public LoadReport Load(string path, bool strict = true) => LoadStateDict(Safetensors.Load(path), strict);
}
