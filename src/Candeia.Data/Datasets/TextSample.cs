namespace Candeia.Data;

/// <summary>A text and what it belongs to: the item of a data set of texts.</summary>
/// <param name="Text">The text.</param>
/// <param name="Label">Its class, counted from 0.</param>
/// <param name="Id">A name to find it again.</param>
public sealed record TextSample(string Text, int Label, string Id = "");
