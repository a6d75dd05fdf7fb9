namespace Candeia.Experiments;

/// <summary>A training as an experiment presents it.</summary>
/// <param name="Label">What it is called in tables and charts.</param>
/// <param name="Trial">What is trained.</param>
sealed record Variant(string Label, Trial Trial);
