using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Candeia.NN;

/// <summary>A module once more, with tensors and modules of its own. What is tied in the original is tied in the copy.</summary>
internal sealed class ModuleCopy
{
    readonly Dictionary<object, object> _made = new(ReferenceEqualityComparer.Instance);

    public Module Of(Module module)
    {
        if (_made.TryGetValue(module, out var known)) return (Module)known;
        var copy = module.Shallow();
        _made[module] = copy;
        foreach (var field in StateField.Of(module.GetType()))
        {
            var value = field.Field.GetValue(module);
            var own = Of(value, $"{module.GetType().Name}.{field.Name}");
            if (!ReferenceEquals(own, value)) field.Field.SetValue(copy, own);
        }
        copy.Derived = module.Derived?.ConvertAll(d => d.Copy(this));
        return copy;
    }

    public Tensor Of(Tensor tensor)
    {
        if (_made.TryGetValue(tensor, out var known)) return (Tensor)known;
        using var _ = Autograd.NoGrad();
        var values = tensor.Detach().Clone().Keep();
        var copy = tensor.IsParameter ? Parameter.Of(values) : values;
        if (tensor.IsParameter) copy.RequiresGrad = tensor.RequiresGrad;
        _made[tensor] = copy;
        return copy;
    }

    object? Of(object? value, string where) => value switch
    {
        null or string => value,
        Tensor tensor => Of(tensor),
        Module module => Of(module),
        Generator generator => _made.TryGetValue(generator, out var known) ? known : _made[generator] = new Generator(generator.State),
        Array array => Elements(array, where),
        ITuple tuple when HoldsState(tuple) => throw new InvalidOperationException($"{where} holds tensors or modules in a tuple, which cannot be copied; use a list, an array or fields."),
        IDictionary or IList when HoldsState(value) => Collection(value, where),
        _ when HoldsState(value) => throw new InvalidOperationException($"{where} holds tensors or modules in a {value.GetType().Name}, which cannot be copied; use a list, an array or a dictionary."),
        _ => value,
    };

    Array Elements(Array array, string where)
    {
        if (_made.TryGetValue(array, out var known)) return (Array)known;
        var copy = (Array)array.Clone();
        _made[array] = copy;
        if (array.Rank == 1 && array is object?[]) for (int i = 0; i < copy.Length; i++) copy.SetValue(Of(array.GetValue(i), where), i);
        return copy;
    }

    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor, typeof(List<>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor, typeof(Dictionary<,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor, typeof(OrderedDictionary<,>))]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The constructors of the collections that hold state are kept; others end in the exception.")]
    object Collection(object value, string where)
    {
        if (_made.TryGetValue(value, out var known)) return known;
        object copy;
        try { copy = Activator.CreateInstance(value.GetType())!; }
        catch (MissingMethodException e) { throw new InvalidOperationException($"{where} is a {value.GetType().Name}, which cannot be copied; use a list, an array or a dictionary.", e); }
        _made[value] = copy;
        if (value is IDictionary map) foreach (DictionaryEntry entry in map) ((IDictionary)copy).Add(entry.Key, Of(entry.Value, where));
        else foreach (var item in (IList)value) ((IList)copy).Add(Of(item, where));
        return copy;
    }

    static bool HoldsState(object? value) => value switch
    {
        Tensor or Module => true,
        string => false,
        ITuple tuple => Enumerable.Range(0, tuple.Length).Any(i => HoldsState(tuple[i])),
        IDictionary map => map.Values.Cast<object?>().Any(HoldsState),
        Array { Rank: 1 } array => array is object?[] && array.Cast<object?>().Any(HoldsState),
        IReadOnlyCollection<Tensor> or IReadOnlyCollection<Module> or IReadOnlyCollection<IReadOnlyCollection<object>> or IReadOnlyCollection<ITuple> => ((IEnumerable)value).Cast<object?>().Any(HoldsState),
        _ => false,
    };
}
