using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Candeia.NN;

/// <summary>
/// A tree of state. What a module consists of is what its fields and auto-properties hold, of any visibility: tensors made with
/// <see cref="Parameter.Of"/> are its parameters, tensors marked <see cref="BufferAttribute"/> its buffers, modules its children; lists, arrays,
/// tuples and dictionaries with text keys of these count too. There is nothing to register.
/// </summary>
/// <remarks>
/// Names are those of the fields in snake case, as in PyTorch's state dicts: <c>conv1.weight</c>, <c>layers.0.bias</c>, <c>running_mean</c>.
/// A module that is reached twice is one module, under its first name. What hides in closures is not found.
/// </remarks>
[DynamicallyAccessedMembers(StateField.Members)]
[DebuggerDisplay("{DebuggerText,nq}")]
public abstract partial class Module
{
    const int MostDeep = 1000;      // each level takes some of the stack, and a stack that overflows ends the program

    /// <summary>
    /// Whether the module behaves as in training, which matters to dropout and batch normalization; a new one does. Set by Train() and Eval(), and for
    /// a while, without touching the module, by <see cref="Mode"/>.
    /// </summary>
    public bool IsTraining { get => Mode.IsTraining ?? field; internal set; } = true;

    /// <summary>What is to be done where this module is applied; null, if nothing.</summary>
    internal LayerHooks? Hooks { get; set; }

    /// <summary>Those fields that are computed from other tensors each time that this module is applied; null, if there are none.</summary>
    internal List<DerivedTensor>? Derived { get; set; }

    /// <summary>Whether the first batch has still to make what this module consists of.</summary>
    internal virtual bool IsUnmade => false;

    /// <summary>Whether other tensors stand for its own during a call.</summary>
    internal bool Borrows { get; set; }

    /// <summary>A copy that shares all that its fields hold.</summary>
    internal Module Shallow()
    {
        var copy = (Module)MemberwiseClone();
        (copy.Hooks, copy.Derived) = (null, null);
        return copy;
    }

    /// <summary>The modules directly in this one.</summary>
    public IReadOnlyList<Module> Children() => [.. StateEntry.Of(this).Select(e => e.Value).OfType<Module>().Distinct()];

    /// <summary>This module, under the empty name, and all modules in it, each after the one that holds it.</summary>
    /// <exception cref="InvalidOperationException">A module contains itself.</exception>
    public IReadOnlyList<(string Name, Module Module)> NamedModules()
    {
        List<(string, Module)> modules = [];
        Walk("", [], (name, module) => modules.Add((name, module)), once: []);
        return modules;
    }

    /// <summary>All parameters of this module and the modules in it, each once.</summary>
    public IReadOnlyList<Tensor> Parameters() => [.. NamedParameters().Select(p => p.Parameter)];

    /// <summary>All parameters with their names, each once, under its first name.</summary>
    public IReadOnlyList<(string Name, Tensor Parameter)> NamedParameters()
    {
        RefuseUnmade();
        return Tensors(e => e.Buffer is null);
    }

    /// <summary>All buffers of this module and the modules in it, each once.</summary>
    public IReadOnlyList<Tensor> Buffers() => [.. NamedBuffers().Select(b => b.Buffer)];

    /// <summary>All buffers with their names, each once, under its first name.</summary>
    public IReadOnlyList<(string Name, Tensor Buffer)> NamedBuffers() => Tensors(e => e.Buffer is not null);

    /// <summary>The random streams that this module and those in it hold as fields; one held twice stands under both names.</summary>
    internal IEnumerable<(string Name, Generator Generator)> NamedGenerators() =>
        from named in NamedModules()
        from field in StateField.Of(named.Module.GetType())
        where field.Field.FieldType == typeof(Generator)
        let generator = (Generator?)field.Field.GetValue(named.Module)
        where generator is not null
        select (StateEntry.Join(named.Name, field.Name), generator);

    /// <summary>
    /// What distinguishes this module from others of its type, in a few words: <c>32→64 3×3</c>. Part of <see cref="ToString"/> and of error
    /// messages.
    /// </summary>
    protected internal virtual string Details => "";

    /// <summary>The type and <see cref="Details"/>.</summary>
    internal string Title => Details is { Length: > 0 } details ? $"{GetType().Name} {details}" : GetType().Name;

    /// <summary>What debuggers show: <c>Conv2d 1→32 3×3, 320 parameters</c>.</summary>
    internal string DebuggerText => string.Create(CultureInfo.InvariantCulture, $"{Title}, {Parameters().Sum(p => p.Numel):N0} parameters{(IsTraining ? "" : ", in evaluation mode")}");

    /// <summary>The modules in this one as an indented tree.</summary>
    public sealed override string ToString() => Tree("");

    /// <summary>Visits this module and those in it, depth first; tied ones only once where a set is given.</summary>
    internal void Walk(string path, List<Module> above, Action<string, Module> visit, HashSet<Module>? once)
    {
        if (above.Contains(this))
            throw new InvalidOperationException(
                $"{above[0].GetType().Name} contains itself: {path} is the {GetType().Name} that it lies in. Keep references to outer modules out of fields.");
        if (above.Count == MostDeep) throw TooDeep();
        if (once?.Add(this) == false) return;
        visit(path, this);
        above.Add(this);
        foreach (var (name, value, _) in StateEntry.Of(this))
            if (value is Module child) child.Walk(StateEntry.Join(path, name), above, visit, once);
        above.RemoveAt(above.Count - 1);
    }

    /// <summary>Layers that the first batch makes have no tensors before it; who asks for them would miss them later.</summary>
    void RefuseUnmade()
    {
        foreach (var (name, module) in NamedModules())
            if (module.IsUnmade)
                throw new InvalidOperationException($"{(name.Length == 0 ? GetType().Name : $"{GetType().Name}.{name}")} is made by the first batch: apply the model to one before its parameters are used.");
    }

    internal List<(string Name, Tensor Tensor)> Tensors(Func<StateEntry, bool> wanted)
    {
        List<(string, Tensor)> found = [];
        HashSet<Tensor> seen = [];
        foreach (var (path, module) in NamedModules())
            foreach (var entry in StateEntry.Of(module).Where(wanted))
                if (entry.Value is Tensor tensor && seen.Add(tensor)) found.Add((StateEntry.Join(path, entry.Name), tensor));
        return found;
    }

    /// <summary>The error where modules lie in modules without end, which a list of layers in a loop may bring about.</summary>
    internal static InvalidOperationException TooDeep() =>
        new($"Modules lie in modules more than {MostDeep} deep. Put layers beside each other into one Sequential or list, not each into another.");

    string Tree(string indent)
    {
        if (indent.Length == 2 * MostDeep) throw TooDeep();
        var lines = StateEntry.Of(this).Where(e => e.Value is Module).Select(e => $"{indent}  {e.Name}: {((Module)e.Value).Tree(indent + "  ")}\n").ToArray();
        return lines.Length == 0 ? Title : $"{Title}(\n{string.Concat(lines)}{indent})";
    }
}
