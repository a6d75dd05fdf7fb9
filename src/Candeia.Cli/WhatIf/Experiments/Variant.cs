namespace Candeia.Cli;

/// <summary>A training as an experiment presents it.</summary>
/// <param name="Label">What it is called in tables and charts.</param>
/// <param name="Change">What is changed of the program, in C#.</param>
/// <param name="Trial">What is trained.</param>
sealed record Variant(string Label, string Change, Trial Trial);
