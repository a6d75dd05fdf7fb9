using Candeia.Vision;

namespace Candeia.Experiments;

/// <summary>A picture, and what a classifier takes it for, the likeliest first.</summary>
sealed record ClassifiedImage(string File, IReadOnlyList<Guess> Classes);
