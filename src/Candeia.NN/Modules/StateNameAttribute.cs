namespace Candeia.NN;

/// <summary>
/// The name that a field or property of a module has in state dicts, where it is not its own in snake case: <c>[StateName("fc")] readonly Linear head;</c>
/// </summary>
/// <param name="name">
/// The name. A dot divides it into steps: <c>layer1.0</c>. Empty, the elements of a list or dictionary stand under their index or key alone:
/// <c>0.weight</c> instead of <c>layers.0.weight</c>.
/// </param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class StateNameAttribute(string name) : Attribute
{
    /// <summary>The name in state dicts.</summary>
    public string Name { get; } = name is { Length: 0 } || !string.IsNullOrWhiteSpace(name) ? name : throw new ArgumentException("A name in a state dict is no blank.");
}
