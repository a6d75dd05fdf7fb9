namespace Candeia.Experiments;

/// <summary>Numbers of things.</summary>
static class Count
{
    /// <summary>As people write it: <c>1 epoch</c>, <c>1,200 epochs</c>.</summary>
    public static string Of(long number, string one, string? many = null) => FormattableString.Invariant($"{number:N0} {(number == 1 ? one : many ?? one + "s")}");
}
