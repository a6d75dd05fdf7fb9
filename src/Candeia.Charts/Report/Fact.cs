namespace Candeia.Charts;

/// <summary>A line of a report's footer: a name and what it stands for.</summary>
public sealed record Fact(string Name, string Value);
