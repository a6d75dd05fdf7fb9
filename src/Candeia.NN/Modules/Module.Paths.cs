namespace Candeia.NN;

public abstract partial class Module
{
    /// <summary>The module at a path, as state dicts and errors name it: <c>model.Get("layer1.0.conv1")</c>. The empty path is this module.</summary>
    /// <param name="path">Names of fields in snake case, with dots between.</param>
    /// <exception cref="ArgumentException">There is no such module; the message says which there are at the last step that exists.</exception>
    /// <example><code>
    /// Sequential net = [new Linear(4, 8), new ReLU()];
    /// Console.WriteLine(net.Get("0"));                                     // → Linear 4→8
    /// </code></example>
    public Module Get(string path) => Get<Module>(path);

    /// <summary>The module at a path, of a type that is known.</summary>
    /// <param name="path">Names of fields in snake case, with dots between.</param>
    /// <exception cref="ArgumentException">There is no such module, or it is of another type.</exception>
    public TModule Get<TModule>(string path) where TModule : Module
    {
        ArgumentNullException.ThrowIfNull(path);
        Module? found = null;
        Walk("", [], (name, module) =>
        {
            if (name == path) found ??= module;
        }, once: null);
        return found switch
        {
            TModule module => module,
            null => throw new ArgumentException($"{GetType().Name} has no module {path}. {Near(path)}", nameof(path)),
            _ => throw new ArgumentException($"{path} is a {found.GetType().Name}, not a {typeof(TModule).Name}.", nameof(path)),
        };
    }

    /// <summary>The parameter or buffer at a path: <c>model.GetTensor("fc1.weight")</c>. The tensor itself, not a copy.</summary>
    /// <param name="path">Names of fields in snake case, with dots between.</param>
    /// <exception cref="ArgumentException">There is no such tensor.</exception>
    public Tensor GetTensor(string path)
    {
        var (module, name) = Owner(path);
        foreach (var entry in StateEntry.Of(module)) if (entry.Name == name && entry.Value is Tensor tensor) return tensor;
        throw new ArgumentException($"{GetType().Name} has no parameter or buffer {path}.", nameof(path));
    }

    /// <summary>
    /// Puts another module at a path, such as a new head for other classes: <c>resnet.Replace("fc", new Linear(512, 10))</c>. Optimizers made before
    /// know the old one.
    /// </summary>
    /// <param name="path">Names of fields in snake case, with dots between.</param>
    /// <param name="module">What stands there from now on; the field must be able to hold it.</param>
    /// <returns>What stood there before.</returns>
    /// <exception cref="ArgumentException">There is no such module, or the field holds another type.</exception>
    /// <example><code>
    /// Sequential net = [new Linear(4, 8), new ReLU(), new Linear(8, 1000)];
    /// net.Replace("2", new Linear(8, 10));
    /// Console.WriteLine(net.Forward(Tensor.Ones([1, 4])).Shape);           // → [1, 10]
    /// </code></example>
    public Module Replace(string path, Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        var before = Get(path);
        var (owner, name) = Owner(path);
        StateSlot.Set(owner, name, module);
        return before;
    }

    /// <summary>The innermost module on the way to a path, and the rest of the path there.</summary>
    internal (Module Module, string Name) Owner(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (Module Module, string Name) owner = (this, path);
        Walk("", [], (name, module) =>
        {
            string? rest = name.Length == 0 ? path : path.StartsWith($"{name}.", StringComparison.Ordinal) ? path[(name.Length + 1)..] : null;
            if (rest is not null && rest.Length <= owner.Name.Length) owner = (module, rest);
        }, once: null);
        return owner;
    }

    string Near(string path)
    {
        var (owner, _) = path.Length == 0 ? (this, "") : Owner(path);
        string[] children = [.. StateEntry.Of(owner).Where(e => e.Value is Module).Select(e => e.Name)];
        return children.Length == 0 ? $"{owner.GetType().Name} has no modules." : $"{owner.GetType().Name} has {string.Join(", ", children)}.";
    }
}
