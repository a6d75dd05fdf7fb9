using System.Globalization;

namespace Candeia.Training;

/// <summary>The settings of one model in a search: a value for each name of the <see cref="SearchSpace"/>.</summary>
/// <param name="Values">Numbers (double), whole numbers (int) and words (string) by their names.</param>
public sealed record Hyperparameters(IReadOnlyDictionary<string, object> Values)
{
    /// <summary>A number.</summary>
    /// <exception cref="KeyNotFoundException">There is no such name, or it has something else.</exception>
    public double Number(string name) => Of<double>(name);

    /// <summary>A whole number.</summary>
    /// <exception cref="KeyNotFoundException">There is no such name, or it has something else.</exception>
    public int Integer(string name) => Of<int>(name);

    /// <summary>One of the words that there were to choose from.</summary>
    /// <exception cref="KeyNotFoundException">There is no such name, or it has something else.</exception>
    public string Choice(string name) => Of<string>(name);

    /// <summary>All names with their values: <c>rate 0.0032, width 64</c>.</summary>
    public override string ToString() => string.Join(", ", Values.Select(v => $"{v.Key} {Text(v.Value)}"));

    internal static string Text(object value) => value is double number ? number.ToString("G4", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    T Of<T>(string name) => Values.TryGetValue(name, out object? value) && value is T found ? found
        : throw new KeyNotFoundException($"There is no {(typeof(T) == typeof(double) ? "number" : typeof(T) == typeof(int) ? "whole number" : "choice")} '{name}' among {this}.");
}
