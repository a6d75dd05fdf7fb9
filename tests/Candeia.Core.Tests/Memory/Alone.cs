namespace Candeia.Tests;

/// <summary>Tests that count what the whole process does run after all others, one by one.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
