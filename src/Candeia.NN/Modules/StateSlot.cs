using System.Collections;

namespace Candeia.NN;

/// <summary>Where a tensor or module of a module lies, to put another there.</summary>
internal static class StateSlot
{
    /// <summary>Puts a value where one of this name lies now.</summary>
    /// <exception cref="ArgumentException">There is no such place, or it holds another type.</exception>
    public static void Set(Module module, string name, object? value)
    {
        foreach (var field in StateField.Of(module.GetType()))
        {
            if (field.Name == name)
            {
                if (value is not null && !field.Field.FieldType.IsInstanceOfType(value)) throw Wrong(module, name, field.Field.FieldType, value);
                field.Field.SetValue(module, value);
                return;
            }
            if ((field.Name.Length == 0 || name.StartsWith($"{field.Name}.", StringComparison.Ordinal)) && Put(module, field.Field.GetValue(module), field.Name, name, value)) return;
        }
        throw new ArgumentException($"{module.GetType().Name} has nothing with the name {name}.", nameof(name));
    }

    /// <summary>Looks through a list or dictionary, and those in it.</summary>
    static bool Put(Module module, object? container, string path, string name, object? value)
    {
        if (container is IDictionary map)
        {
            foreach (string key in map.Keys.OfType<string>().ToArray())
            {
                if (StateEntry.Join(path, key) == name) return Try(() => map[key] = value);
                if (Put(module, map[key], StateEntry.Join(path, key), name, value)) return true;
            }
        }
        else if (container is IList list)
        {
            for (int i = 0; i < list.Count; i++)
            {
                int at = i;
                if (StateEntry.Join(path, $"{i}") == name) return Try(() => list[at] = value);
                if (Put(module, list[i], StateEntry.Join(path, $"{i}"), name, value)) return true;
            }
        }
        return false;

        bool Try(Action write)
        {
            try { write(); }
            catch (Exception e) when (e is ArgumentException or InvalidCastException or NotSupportedException)
            {
                throw new ArgumentException($"{module.GetType().Name}.{name} lies in a {container!.GetType().Name}, which cannot take a {value?.GetType().Name}.", nameof(value), e);
            }
            return true;
        }
    }

    static ArgumentException Wrong(Module module, string name, Type holds, object value) =>
        new($"{module.GetType().Name}.{name} is a field of type {holds.Name}, which cannot hold a {value.GetType().Name}. Declare the field as Layer to put others there.", nameof(value));
}
