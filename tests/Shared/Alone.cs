namespace Candeia.Tests;

/// <summary>Tests that count or change what the whole process shares, such as the global generator or the current folder, run after all others, one by one.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
