using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Candeia;

/// <summary>A list, or a set, of a pickle. Until there is something in it, it takes next to no memory.</summary>
internal sealed class PickleList : IReadOnlyList<object?>
{
    List<object?>? _items;

    public int Count => _items?.Count ?? 0;

    public object? this[int index] => _items is { } items ? items[index] : throw new ArgumentOutOfRangeException(nameof(index));

    public void Add(object? item) => (_items ??= []).Add(item);

    public IEnumerator<object?> GetEnumerator() => (_items ?? []).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A dictionary of a pickle, in its order. Until there is something in it, it takes next to no memory.</summary>
internal sealed class PickleDictionary : IReadOnlyDictionary<object, object?>
{
    static readonly OrderedDictionary<object, object?> s_none = [];
    OrderedDictionary<object, object?>? _items;

    public int Count => Items.Count;

    public IEnumerable<object> Keys => Items.Keys;

    public IEnumerable<object?> Values => Items.Values;

    public object? this[object key] => Items[key];

    OrderedDictionary<object, object?> Items => _items ?? s_none;

    /// <summary>Sets a value; false where Python would have keys that are not known here: only texts, numbers and truth values are.</summary>
    public bool TrySet(object? key, object? value)
    {
        if (key is not (string or long or double or bool or System.Numerics.BigInteger)) return false;
        (_items ??= [])[key] = value;
        return true;
    }

    public bool ContainsKey(object key) => Items.ContainsKey(key);

    public bool TryGetValue(object key, [MaybeNullWhen(false)] out object? value) => Items.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<object, object?>> GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Something of a type that is not known, kept as what the file says of it. Nothing of it was looked up or called.</summary>
public sealed class ForeignObject
{
    internal ForeignObject(string type, IReadOnlyList<object?>? arguments) => (Type, Arguments) = (type, arguments);

    internal PickleList List { get; } = new();

    internal PickleDictionary Dictionary { get; } = new();

    /// <summary>The name of its type, or of the function that would have made it, in Python: <c>argparse.Namespace</c>.</summary>
    public string Type { get; }

    /// <summary>What it would have been made with; null for the type itself.</summary>
    public IReadOnlyList<object?>? Arguments { get; }

    /// <summary>What it was given after that, mostly a dictionary of its attributes; null for nothing.</summary>
    public object? State { get; internal set; }

    /// <summary>What was added to it as to a list.</summary>
    public IReadOnlyList<object?> Items => List;

    /// <summary>What was set in it as in a dictionary.</summary>
    public IReadOnlyDictionary<object, object?> Entries => Dictionary;

    /// <inheritdoc/>
    public override string ToString() => Arguments is null ? Type : $"{Type}(…)";
}
