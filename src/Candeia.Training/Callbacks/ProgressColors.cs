namespace Candeia.Training;

/// <summary>How <see cref="Progress"/> paints: what to write before each kind of text, and after it. Nothing of it may take a column.</summary>
/// <param name="Bar">The part of the bar that is done.</param>
/// <param name="Rest">The part of the bar that is left.</param>
/// <param name="Faint">Labels, times and rates.</param>
/// <param name="Strong">The number of the epoch.</param>
/// <param name="Warning">Why a run has stopped.</param>
/// <param name="End">After each of them.</param>
public sealed record ProgressColors(string Bar, string Rest, string Faint, string Strong, string Warning, string End)
{
    /// <summary>Plain text.</summary>
    public static ProgressColors None { get; } = new("", "", "", "", "", "");

    /// <summary>The colours of terminals that understand ANSI's escape sequences.</summary>
    public static ProgressColors Ansi { get; } = new("\e[38;5;172m", "\e[38;5;240m", "\e[38;5;244m", "\e[1m", "\e[33m", "\e[0m");

    internal string Paint(string text, string color) => color == "" || text == "" ? text : $"{color}{text}{End}";
}
