namespace Candeia.Text;

/// <summary>What a text is taken for.</summary>
/// <param name="Label">The number of the class.</param>
/// <param name="Name">Its name.</param>
/// <param name="Probability">How sure the network is, from 0 to 1.</param>
public readonly record struct TextClass(int Label, string Name, double Probability);
