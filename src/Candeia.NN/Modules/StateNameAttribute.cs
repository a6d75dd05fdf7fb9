namespace Candeia.NN;

/// <summary>
/// The name that a field or property of a module has in state dicts, where it is not its own in snake case: <c>[StateName("fc")] readonly Linear head;</c>
/// </summary>
/// <param name="name">The name. A dot divides it into steps: <c>layer1.0</c>.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class StateNameAttribute(string name) : Attribute
{
    /// <summary>The name in state dicts.</summary>
    public string Name { get; } = !string.IsNullOrWhiteSpace(name) ? name : throw new ArgumentException("A name in a state dict has at least one letter.");
}
