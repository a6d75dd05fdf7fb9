using System.Globalization;

namespace Candeia.NN;

public abstract partial class Optimizer
{
    /// <summary>
    /// All that is needed to go on exactly, as tensors: <c>Adam.groups.0.learning_rate</c>, <c>Adam.state.3.exp_avg</c>, <c>Adam.numbers.3.step</c>.
    /// Parameters are counted through all groups.
    /// </summary>
    public OrderedDictionary<string, Tensor> StateDict()
    {
        OrderedDictionary<string, Tensor> state = [];
        Saving(_states[_groups[0].Parameters[0]]);
        for (int g = 0; g < _groups.Count; g++)
            foreach (var (name, get, _) in s_numbers) state.Add($"{Prefix}groups.{g}.{name}", Tensor.Scalar(get(_groups[g]), DType.Float64));
        foreach (var (i, parameter) in Numbered())
        {
            foreach (var (name, value) in _states[parameter].Tensors) state.Add($"{Prefix}state.{i}.{name}", value.Detach());
            foreach (var (name, value) in _states[parameter].Numbers) state.Add($"{Prefix}numbers.{i}.{name}", Tensor.Scalar(value, DType.Float64));
        }
        return state;
    }

    /// <summary>Goes on where <see cref="StateDict"/> was taken: same type, same parameters in the same order.</summary>
    /// <exception cref="StateDictException">The state is of another optimizer, or of other parameters.</exception>
    public void LoadStateDict(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var parameters = Numbered().Select(p => p.Parameter).ToArray();
        var fresh = parameters.ToDictionary(p => p, p => new ParameterState(p));
        List<(ParameterGroup Group, Action<ParameterGroup, double> Set, double Value)> numbers = [];
        foreach (var (key, value) in state)
        {
            if (!key.StartsWith(Prefix, StringComparison.Ordinal))
                throw new StateDictException($"{key} is not part of the state of {GetType().Name}, whose names begin with {Prefix}.");
            string[] parts = key[Prefix.Length..].Split('.', 3);
            if (parts.Length != 3 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int i))
                throw new StateDictException($"{key} is not a name in the state of an optimizer.");
            if (parts[0] == "groups" && i < _groups.Count && Array.Find(s_numbers, n => n.Name == parts[2]) is { Set: { } set } && value.Numel == 1)
                numbers.Add((_groups[i], set, value.Item()));
            else if (parts[0] == "state" && i < parameters.Length && Fits(value, parameters[i]))
                fresh[parameters[i]].Put(parts[2], value.Contiguous().Clone());
            else if (parts[0] == "numbers" && i < parameters.Length && value.Numel == 1) fresh[parameters[i]].Set(parts[2], value.Item());
            else
            {
                string whose = i < parameters.Length ? $", whose number {i} is {parameters[i].Shape}" : "";
                throw new StateDictException(
                    $"{key} {value.Shape} does not fit this {GetType().Name} with {_groups.Count} groups and {parameters.Length} parameters{whose}.");
            }
        }
        foreach (var (group, set, value) in numbers) set(group, value);
        foreach (var (parameter, s) in fresh) _states[parameter] = s;
        Loaded(_states[parameters[0]]);
    }

    /// <summary>Whether a remembered tensor can belong to a parameter.</summary>
    private protected virtual bool Fits(Tensor value, Tensor parameter) => value.Shape == parameter.Shape;

    /// <summary>For state that belongs to no single parameter: it is saved with that of the first.</summary>
    private protected virtual void Saving(ParameterState first) { }

    /// <summary>The counterpart of <see cref="Saving"/>.</summary>
    private protected virtual void Loaded(ParameterState first) { }

    string Prefix => $"{GetType().Name}.";

    IEnumerable<(int Index, Tensor Parameter)> Numbered() => _groups.SelectMany(g => g.Parameters).Index();

    static readonly (string Name, Func<ParameterGroup, double> Get, Action<ParameterGroup, double> Set)[] s_numbers =
    [
        ("learning_rate", g => g.LearningRate, (g, x) => g.LearningRate = x),
        ("initial_learning_rate", g => g.InitialLearningRate, (g, x) => g.InitialLearningRate = x),
        ("weight_decay", g => g.WeightDecay, (g, x) => g.WeightDecay = x),
        ("momentum", g => g.Momentum, (g, x) => g.Momentum = x),
        ("initial_momentum", g => g.InitialMomentum, (g, x) => g.InitialMomentum = x),
    ];
}
