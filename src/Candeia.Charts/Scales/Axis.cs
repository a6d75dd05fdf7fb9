namespace Candeia.Charts;

/// <summary>What an axis says and spans. A text is an axis with that label.</summary>
/// <param name="Label">What is measured.</param>
/// <param name="Unit">In what; written after the label in brackets.</param>
public sealed record Axis(string Label = "", string Unit = "")
{
    /// <summary>Whether equal distances are equal ratios; values that are not above zero are left out then.</summary>
    public bool Log { get; init; }

    /// <summary>The part to show; all data, with a little air, unless given.</summary>
    public Interval? Range { get; init; }

    /// <summary>An axis with this label.</summary>
    public static implicit operator Axis(string label) => new(label);

    internal string Caption => (Label, Unit) switch { (_, "") => Label, ("", _) => Unit, _ => $"{Label} ({Unit})" };
}
