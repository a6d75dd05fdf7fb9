namespace Candeia.Charts;

/// <summary>The colours of a drawing, as CSS writes them.</summary>
/// <param name="Paper">The ground.</param>
/// <param name="Ink">Text.</param>
/// <param name="Quiet">Labels of axes and what is said by the way.</param>
/// <param name="Axis">Lines of axes.</param>
/// <param name="Grid">Lines behind the data.</param>
/// <param name="Hues">One for each <see cref="Hue"/>, in its order.</param>
internal sealed record Palette(string Paper, string Ink, string Quiet, string Axis, string Grid, IReadOnlyList<string> Hues)
{
    /// <summary>On white paper.</summary>
    public static Palette Light { get; } = new("#FFFFFF", "#26211C", "#6B625A", "#A89F95", "#EBE6E0",
        ["#C2571A", "#1F5A96", "#1F937F", "#B264C8", "#5F4B00", "#9C948B"]);

    /// <summary>By lamplight.</summary>
    public static Palette Dark { get; } = new("#1B1815", "#EFE9E1", "#A9A096", "#6E665E", "#332E29",
        ["#F08A4B", "#6CA8E6", "#84D0C0", "#AB5BC0", "#F5D67A", "#8A8278"]);

    /// <summary>Whatever the page around the drawing says, by variables that <see cref="Variables"/> defines.</summary>
    public static Palette OfPage { get; } = new("var(--paper)", "var(--ink)", "var(--quiet)", "var(--axis)", "var(--grid)",
        [.. Enumerable.Range(0, Light.Hues.Count).Select(i => $"var(--hue{i})")]);

    /// <summary>The colour of a hue.</summary>
    public string this[Hue hue] => Hues[(int)hue % Hues.Count];

    /// <summary>The hue of the n-th series that names none.</summary>
    public static Hue HueAt(int index) => (Hue)(index % Light.Hues.Count);

    /// <summary>The colours as CSS variables.</summary>
    public string Variables() =>
        $"--paper:{Paper};--ink:{Ink};--quiet:{Quiet};--axis:{Axis};--grid:{Grid};" + string.Concat(Hues.Select((hue, i) => $"--hue{i}:{hue};"));
}
