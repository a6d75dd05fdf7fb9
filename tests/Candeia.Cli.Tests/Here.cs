namespace Candeia.Cli.Tests;

/// <summary>Tests that run commands in this process share its console, its current folder and its global generator: they run one by one.</summary>
[CollectionDefinition(nameof(Here))]
public sealed class Here;
