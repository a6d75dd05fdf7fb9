namespace Candeia.NN;

/// <summary>A tensor of a module that is computed from others each time that the layer is applied: a parametrization, or a pruned parameter.</summary>
/// <param name="module">Whose.</param>
/// <param name="name">The name of the field, as in state dicts.</param>
internal abstract class DerivedTensor(Module module, string name)
{
    public Module Module { get; } = module;

    public string Name { get; } = name;

    /// <summary>What stands in state dicts instead.</summary>
    public abstract IEnumerable<StateEntry> Entries { get; }

    /// <summary>The value now, with a graph that leads to what it is computed from.</summary>
    public abstract Tensor Compute();

    /// <summary>The same of a copy of the module.</summary>
    public abstract DerivedTensor Copy(ModuleCopy copies);

    /// <summary>Computes the value anew and puts it into the field.</summary>
    public void Refresh() => StateSlot.Set(Module, Name, Compute());

    /// <summary>Puts a parameter with the value of now into the field, and forgets what it was computed from.</summary>
    public void End(bool keepValue, Tensor original)
    {
        using var _ = Autograd.NoGrad();
        var value = Parameter.Of((keepValue ? Compute() : original).Detach().Clone());
        value.RequiresGrad = original.RequiresGrad;
        Module.Derived!.Remove(this);
        if (Module.Derived.Count == 0) Module.Derived = null;
        StateSlot.Set(Module, Name, value);
    }

    /// <summary>The parameter of this name, that is to be computed from now on.</summary>
    /// <exception cref="ArgumentException">There is none, or it is computed already.</exception>
    public static Tensor Begin(Module module, string name)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (module.Derived?.Find(d => d.Name == name) is not null) throw new ArgumentException($"{module.GetType().Name}.{name} is computed from others already; remove that first.", nameof(name));
        var tensor = module.GetTensor(name);
        return tensor.IsParameter && !name.Contains('.') ? tensor : throw new ArgumentException($"{module.GetType().Name}.{name} is no parameter of that module itself; Get(path) finds the module.", nameof(name));
    }

    public void Add()
    {
        (Module.Derived ??= []).Add(this);
        Refresh();
    }
}
