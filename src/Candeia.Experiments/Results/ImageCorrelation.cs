namespace Candeia.Experiments;

/// <summary>The correlation that the network reads off one image file.</summary>
sealed record ImageCorrelation(string File, float Correlation);
