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

    /// <summary>Everything as tensors; numbers are 0-d float64.</summary>
    internal IEnumerable<KeyValuePair<string, Tensor>> Save() =>
        [.. _numbers.Select(n => KeyValuePair.Create(n.Key, Tensor.Scalar(n.Value, DType.Float64))), .. _tensors];

    /// <summary>Takes over what <see cref="Save"/> gave.</summary>
    internal void Load(string name, Tensor value)
    {
        if (value.Rank == 0 && value.DType == DType.Float64 && !(_parameter.Rank == 0 && _parameter.DType == DType.Float64)) Set(name, value.Item());
        else _tensors[name] = value.To(_parameter.DType).To(_parameter.Device).Clone().Keep();
    }
}
