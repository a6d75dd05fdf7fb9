namespace Candeia.Charts;

/// <summary>The colours of a drawing, as CSS writes them.</summary>
/// <param name="Paper">The ground.</param>
/// <param name="Ink">Text.</param>
/// <param name="Quiet">Labels of axes and what is said by the way.</param>
/// <param name="Axis">Lines of axes.</param>
/// <param name="Grid">Lines behind the data.</param>
/// <param name="Hues">One for each <see cref="Hue"/>, in its order.</param>
/// <param name="Words">The same for text, which needs more contrast than a line to be read.</param>
internal sealed record Palette(string Paper, string Ink, string Quiet, string Axis, string Grid, IReadOnlyList<string> Hues, IReadOnlyList<string> Words)
{
    /// <summary>On white paper.</summary>
    public static Palette Light { get; } = new("#FFFFFF", "#26211C", "#6B625A", "#A89F95", "#EBE6E0",
        ["#C2571A", "#1F5A96", "#1F937F", "#B264C8", "#5F4B00", "#9C948B"], ["#B24E15", "#1F5A96", "#147A69", "#9A48B2", "#5F4B00", "#6B625A"]);

    /// <summary>By lamplight.</summary>
    public static Palette Dark { get; } = new("#1B1815", "#EFE9E1", "#A9A096", "#6E665E", "#332E29",
        ["#F08A4B", "#6CA8E6", "#84D0C0", "#AB5BC0", "#F5D67A", "#8A8278"], ["#F08A4B", "#6CA8E6", "#84D0C0", "#BE74D2", "#F5D67A", "#A9A096"]);

    /// <summary>Whatever the page around the drawing says, by variables that <see cref="Variables"/> defines.</summary>
    public static Palette OfPage { get; } = new("var(--paper)", "var(--ink)", "var(--quiet)", "var(--axis)", "var(--grid)",
        [.. Enumerable.Range(0, Light.Hues.Count).Select(i => $"var(--hue{i})")], [.. Enumerable.Range(0, Light.Words.Count).Select(i => $"var(--word{i})")]);

    /// <summary>The colour of a hue.</summary>
    public string this[Hue hue] => Hues[(int)hue % Hues.Count];

    /// <summary>The colour of text that belongs to a hue.</summary>
    public string Word(Hue hue) => Words[(int)hue % Words.Count];

    /// <summary>The hue of the n-th series that names none.</summary>
    public static Hue HueAt(int index) => (Hue)(index % Light.Hues.Count);

    /// <summary>The colours as CSS variables.</summary>
    public string Variables() =>
        $"--paper:{Paper};--ink:{Ink};--quiet:{Quiet};--axis:{Axis};--grid:{Grid};" + string.Concat(Hues.Select((hue, i) => $"--hue{i}:{hue};")) + string.Concat(Words.Select((word, i) => $"--word{i}:{word};"));
}
