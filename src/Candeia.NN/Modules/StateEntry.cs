using System.Collections;
using System.Runtime.CompilerServices;

namespace Candeia.NN;

/// <summary>One tensor or module directly in a module.</summary>
/// <param name="Name">Its name there, such as <c>weight</c> or <c>layers.0</c>.</param>
/// <param name="Value">A <see cref="Tensor"/> or a <see cref="Module"/>.</param>
/// <param name="Buffer">The mark of a tensor that is not a parameter.</param>
internal readonly record struct StateEntry(string Name, object Value, BufferAttribute? Buffer)
{
    /// <summary>What a module holds, found through its fields.</summary>
    public static IEnumerable<StateEntry> Of(Module module)
    {
        var derived = module.Derived;
        foreach (var field in StateField.Of(module.GetType()))
        {
            if (derived?.Exists(d => d.Name == field.Name) == true) continue;
            foreach (var (name, value) in Find(field.Name, field.Field.GetValue(module)))
            {
                if (value is Tensor { IsParameter: false } tensor && field.Buffer is null && !module.Borrows)
                    throw new InvalidOperationException(
                        $"{module.GetType().Name}.{name} is a tensor {tensor.Shape} that is neither a parameter nor a buffer. Make it with Parameter.Of(…), or mark the field [Buffer].");
                yield return new(name, value, field.Buffer);
            }
        }
        if (derived is null) yield break;
        foreach (var computed in derived) foreach (var entry in computed.Entries) yield return entry;
    }

    /// <summary>Tensors and modules in a value: it is one, or a list, tuple or dictionary of them (or of such lists).</summary>
    static IEnumerable<(string Name, object Value)> Find(string name, object? value) => value switch
    {
        Tensor or Module => [(name, value)],
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Find(Join(name, $"{i}"), tuple[i])),
        IDictionary map => map.Keys.OfType<string>().SelectMany(key => Find(Join(name, key), map[key])),
        IReadOnlyCollection<Tensor> or IReadOnlyCollection<Module> or IReadOnlyCollection<IReadOnlyCollection<object>> or IReadOnlyCollection<ITuple> =>
            ((IEnumerable)value).Cast<object?>().SelectMany((item, i) => Find(Join(name, $"{i}"), item)),
        _ => [],
    };

    public static string Join(string path, string name) => path.Length == 0 ? name : name.Length == 0 ? path : $"{path}.{name}";
}
