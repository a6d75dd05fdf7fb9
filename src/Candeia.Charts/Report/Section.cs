namespace Candeia.Charts;

/// <summary>A part of a report under a heading of its own.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Blocks">What stands below it. A text is a <see cref="Prose"/>, a figure a <see cref="FigureRow"/> of one.</param>
public sealed record Section(string Title, IReadOnlyList<ReportBlock> Blocks);
