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
    /// <param name="strict">Whether names that are missing or too many are an error; wrong shapes always are.</param>
    /// <returns>The names that were missing and those that were too many.</returns>
    /// <exception cref="StateDictException">The names or shapes do not fit; the message lists all of them.</exception>
    public StateDictDifference LoadStateDict(IReadOnlyDictionary<string, Tensor> state, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(state);
        var own = StateDict();
        StateDictDifference difference = new([.. own.Keys.Where(name => !state.ContainsKey(name))], [.. state.Keys.Where(name => !own.ContainsKey(name))]);
        var matched = own.Where(t => state.ContainsKey(t.Key)).Select(t => (t.Key, Target: t.Value, Values: state[t.Key])).ToArray();
        var wrong = matched.Where(m => m.Target.Shape != m.Values.Shape).Select(m => $"{m.Key}: given {m.Values.Shape}, expected {m.Target.Shape}").ToArray();
        if (wrong.Length > 0 || strict && difference is not { Missing: [], Unexpected: [] })
            throw StateDictException.For(GetType().Name, difference, wrong);
        foreach (var (_, target, values) in matched) target.CopyFrom(values.Detach());
        return difference;
    }

    /// <summary>Writes the state dict to a safetensors file, which PyTorch reads too.</summary>
    public void Save(string path) => Safetensors.Save(path, StateDict());

    /// <summary>Reads a safetensors file into parameters and buffers.</summary>
    /// <exception cref="SafetensorsException">The file is damaged.</exception>
    /// <exception cref="StateDictException">The names or shapes do not fit; the message lists all of them.</exception>
    public StateDictDifference Load(string path, bool strict = true) => LoadStateDict(Safetensors.Load(path), strict);
}
