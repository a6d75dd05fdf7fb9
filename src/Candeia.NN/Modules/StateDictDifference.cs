using System.Collections.Immutable;

namespace Candeia.NN;

/// <summary>How the names in a state dict differ from those of a module.</summary>
/// <param name="Missing">Names of the module that the state dict does not have.</param>
/// <param name="Unexpected">Names of the state dict that the module does not have.</param>
public sealed record StateDictDifference(ImmutableArray<string> Missing, ImmutableArray<string> Unexpected);
