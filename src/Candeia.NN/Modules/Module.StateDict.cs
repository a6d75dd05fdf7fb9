namespace Candeia.NN;

public abstract partial class Module
{
    const string Counter = "num_batches_tracked";                            // PyTorch before 0.4.1 did not have it

    /// <summary>
    /// All parameters and persistent buffers under their PyTorch names, in order. The tensors share the module's memory and have no history.
    /// </summary>
    /// <remarks>A tensor that is reached under several names stands under each of them, as in PyTorch.</remarks>
    public OrderedDictionary<string, Tensor> StateDict()
    {
        RefuseUnmade();
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
        return Write(StateDict(), state, strict);
    }

    LoadReport Write(OrderedDictionary<string, Tensor> own, IReadOnlyDictionary<string, Tensor> state, bool strict)
    {
        var (report, writes) = Compare(own, state);
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
        var (report, writes) = Compare(StateDict(), state);
        foreach (var (target, values) in writes) target.CopyFrom(values.Detach());
        return report;
    }

    static (LoadReport Report, List<(Tensor Target, Tensor Values)> Writes) Compare(OrderedDictionary<string, Tensor> own, IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        List<string> loaded = [], missing = [];
        List<LoadMismatch> mismatched = [];
        List<(Tensor, Tensor)> writes = [];
        foreach (var (name, target) in own)
        {
            if (!state.TryGetValue(name, out var values))
            {
                if (!name.EndsWith(Counter, StringComparison.Ordinal)) missing.Add(name);
            }
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

    /// <summary>
    /// Writes the state dict to a file, whole or not at all: as PyTorch does where its name ends in <c>.pt</c>, <c>.pth</c> or <c>.bin</c>, as NumPy does where
    /// it ends in <c>.npz</c>, otherwise as safetensors, which PyTorch reads too.
    /// </summary>
    public void Save(string path)
    {
        if (Path.GetExtension(path) is ".pt" or ".pth" or ".bin" or ".npz") TensorFile.Save(path, StateDict());
        else Safetensors.Save(path, StateDict());
    }

    /// <summary>
    /// Reads a file of any format that <see cref="TensorFile"/> knows into parameters and buffers, converted to their types and devices. Either all are written or, if
    /// something does not fit, none. The counters of batch normalization may be missing, as in files of PyTorch before 0.4.1.
    /// </summary>
    /// <param name="path">The file, or a folder of Hugging Face.</param>
    /// <param name="names">
    /// How the names in the file become those of this module. By default they are the same; where the file has none of them, it is taken for a checkpoint with the model
    /// in it: <see cref="TensorNames.Checkpoint"/>.
    /// </param>
    /// <param name="strict">Whether names that are missing or too many are an error; wrong shapes always are.</param>
    /// <param name="except">The pattern of names that keep their values, whatever the file has under them: <c>fc.*</c>, where the model has another head.</param>
    /// <returns>What was written, and what was missing or too many.</returns>
    /// <exception cref="TensorFileException">The file is damaged, or of none of the formats.</exception>
    /// <exception cref="StateDictException">The names or shapes do not fit; the message lists all of them.</exception>
    /// <example><code>
    /// Sequential trained = [new Linear(4, 8), new ReLU(), new Linear(8, 1000)], net = [new Linear(4, 8), new ReLU(), new Linear(8, 10)];
    /// trained.Save("trained.pt");
    /// Console.WriteLine(string.Join(", ", net.Load("trained.pt", except: "2.*").Loaded)); // → 0.weight, 0.bias
    /// </code></example>
    public LoadReport Load(string path, TensorNames? names = null, bool strict = true, string? except = null)
    {
        using var file = TensorFile.Open(path);
        var own = StateDict();
        names ??= file.Entries.Any(e => own.ContainsKey(e.Name)) ? TensorNames.AsTheyAre : TensorNames.Checkpoint;
        if (except is not null) (names, own) = (names.Drop(except), TensorNames.AsTheyAre.Drop(except).Apply(own));
        return Write(own, names.Apply(file), strict);
    }
}
