namespace Candeia.Training.Tests;

/// <summary>Tests that depend on the global generator or on the process as a whole run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
