namespace Candeia.NN;

/// <summary>What an optimizer remembers about one parameter. Names are PyTorch's: <c>exp_avg</c>, <c>momentum_buffer</c>, <c>step</c>.</summary>
public sealed class ParameterState
{
    readonly Tensor _parameter;
    readonly OrderedDictionary<string, Tensor> _tensors = [];
    readonly OrderedDictionary<string, double> _numbers = [];

    internal ParameterState(Tensor parameter) => _parameter = parameter;

    /// <summary>A tensor in the shape of the parameter, which begins with one value everywhere. Change it with CopyFrom.</summary>
    public Tensor this[string name, double initial = 0]
    {
        get
        {
            if (_tensors.TryGetValue(name, out var tensor)) return tensor;
            return _tensors[name] = Tensor.FullLike(_parameter, initial).Keep();
        }
    }

    /// <summary>Whether a tensor has been used before.</summary>
    public bool Has(string name) => _tensors.ContainsKey(name);

    /// <summary>A number, which begins with a value.</summary>
    public double Number(string name, double initial = 0) => _numbers.GetValueOrDefault(name, initial);

    /// <summary>Changes a number.</summary>
    public void Set(string name, double value) => _numbers[name] = value;

    /// <summary>How many steps the parameter has made, the one that is being made included.</summary>
    public int Step
    {
        get => (int)Number("step");
        internal set => Set("step", value);
    }

    internal IEnumerable<KeyValuePair<string, Tensor>> Tensors => _tensors;

    internal IEnumerable<KeyValuePair<string, double>> Numbers => _numbers;

    /// <summary>Replaces a tensor, whatever its shape.</summary>
    internal void Put(string name, Tensor value) => _tensors[name] = value.To(_parameter.Device).Keep();
}
