namespace Candeia.Training;

/// <summary>Numbers, texts and tensors under names, as they stand in a checkpoint: exact, and nothing that could be run.</summary>
public sealed class SavedState
{
    readonly string _source, _prefix;

    internal SavedState(string source) : this(source, "", [], []) { }

    internal SavedState(string source, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> texts) :
        this(source, "", new(tensors), new(texts)) { }

    SavedState(string source, string prefix, OrderedDictionary<string, Tensor> tensors, OrderedDictionary<string, string> texts) =>
        (_source, _prefix, Tensors, Texts) = (source, prefix, tensors, texts);

    internal OrderedDictionary<string, Tensor> Tensors { get; }

    internal OrderedDictionary<string, string> Texts { get; }

    /// <summary>The part whose names all begin with a name and a point.</summary>
    public SavedState In(string name) => new(_source, $"{_prefix}{name}.", Tensors, Texts);

    /// <summary>Writes down a number.</summary>
    public SavedState Set(string name, double value) => Set(name, Candeia.Tensor.Scalar(value, DType.Float64));

    /// <summary>Writes down a whole number.</summary>
    public SavedState Set(string name, long value) => Set(name, Candeia.Tensor.From([value], []));

    /// <summary>Writes down a text.</summary>
    public SavedState Set(string name, string value)
    {
        Texts[_prefix + name] = value;
        return this;
    }

    /// <summary>Writes down a tensor. Its values are read when the checkpoint is written, which is at once.</summary>
    public SavedState Set(string name, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Tensors[_prefix + name] = value.Detach();
        return this;
    }

    /// <summary>The same with tensors of its own in the CPU's memory, which stay as they are.</summary>
    internal SavedState Copy()
    {
        using var noGrad = Autograd.NoGrad();
        return new(_source, _prefix, new(Tensors.Select(t => KeyValuePair.Create(t.Key, (t.Value.Device == Device.Cpu ? t.Value.Clone() : t.Value.To(Device.Cpu)).Keep()))), new(Texts));
    }

    /// <summary>Whether something was written down under a name.</summary>
    public bool Has(string name) => Tensors.ContainsKey(_prefix + name) || Texts.ContainsKey(_prefix + name);

    /// <summary>A number that was written down.</summary>
    /// <exception cref="CheckpointException">There is none of this name.</exception>
    public double Number(string name) => Tensor(name) is { Numel: 1, DType: DType.Float64 } tensor ? tensor.Item() : throw Unfit(name);

    /// <summary>A whole number that was written down.</summary>
    /// <exception cref="CheckpointException">There is none of this name.</exception>
    public long Integer(string name) => Tensor(name) is { Numel: 1, DType: DType.Int64 } tensor ? tensor.ToArray<long>()[0] : throw Unfit(name);

    /// <summary>A text that was written down.</summary>
    /// <exception cref="CheckpointException">There is none of this name.</exception>
    public string Text(string name) => Texts.TryGetValue(_prefix + name, out string? text) ? text : throw Missing(name);

    /// <summary>A tensor that was written down, on the CPU.</summary>
    /// <exception cref="CheckpointException">There is none of this name.</exception>
    public Tensor Tensor(string name) => Tensors.TryGetValue(_prefix + name, out var tensor) ? tensor : throw Missing(name);

    /// <summary>The tensors of this part, under their names in it.</summary>
    internal OrderedDictionary<string, Tensor> All() =>
        new(Tensors.Where(t => t.Key.StartsWith(_prefix, StringComparison.Ordinal)).Select(t => KeyValuePair.Create(t.Key[_prefix.Length..], t.Value)));

    internal CheckpointException Unfit(string name) => new($"{_source}: {_prefix}{name} is not what this program would have written. {Remedy}");

    internal CheckpointException Mismatch(string what, Exception? inner = null) => new($"{_source} does not fit this run: {what}. {Remedy}", inner);

    CheckpointException Missing(string name) => new($"{_source}: there is no {_prefix}{name}. {Remedy}");

    const string Remedy = "Go on with the program that wrote the file, or remove it to begin anew.";
}
