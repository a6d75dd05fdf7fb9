namespace Candeia;

/// <summary>What names in a pickle mean. A pickle calls functions by name: only those that are known here exist, and none of them is more than a value that is put together.</summary>
internal interface IPickleNames
{
    /// <summary>The value of a name, such as a type of storage, or a <see cref="PickleFunction"/>.</summary>
    /// <exception cref="TensorFileException">The name is not known.</exception>
    object? Find(string module, string name);

    /// <summary>What lies elsewhere in the file.</summary>
    /// <exception cref="TensorFileException">It is not known.</exception>
    object? Persistent(object? id);
}

/// <summary>A name that can be called in a pickle.</summary>
/// <param name="Name">Its name in Python.</param>
/// <param name="Make">Puts a value together of the arguments; returns null where they are not those that it takes.</param>
internal sealed record PickleFunction(string Name, Func<object?[], object?> Make)
{
    public override string ToString() => Name;
}
