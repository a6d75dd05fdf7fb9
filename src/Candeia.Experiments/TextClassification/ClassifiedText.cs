namespace Candeia.Experiments;

/// <summary>What a network takes a text for.</summary>
/// <param name="Text">The text.</param>
/// <param name="Class">The class.</param>
/// <param name="Probability">How sure the network is.</param>
/// <param name="Because">The words that speak most for it.</param>
sealed record ClassifiedText(string Text, string Class, double Probability, IReadOnlyList<string> Because);
