namespace Candeia.Charts;

/// <summary>A key figure: a large value under its name.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">How much, as it should be read.</param>
/// <param name="Unit">Of what; smaller, after the value.</param>
public sealed record Tile(string Name, string Value, string Unit = "")
{
    /// <summary>A number to three significant digits, whole numbers in full.</summary>
    public Tile(string name, double value, string unit = "") : this(name, Numbers.Significant(value), unit) { }

    /// <summary>A remark below the value, such as what to compare it with.</summary>
    public string Note { get; init; } = "";
}
