using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Candeia.Cli;

/// <summary>An option whose value is a number in a range; what lies outside is refused in one sentence.</summary>
static class Number
{
    /// <summary>A whole number from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public static Option<int> Whole(string name, int fallback, string description, int min = 1, int max = int.MaxValue) =>
        Create(name, _ => fallback, description, NumberStyles.AllowLeadingSign, n => n >= min && n <= max,
            $"a whole number from {min} to {max}");

    /// <summary>A whole number from 1 to <paramref name="max"/> that must be given.</summary>
    public static Option<int> Required(string name, string description, int max = int.MaxValue)
    {
        var option = Whole(name, 0, description, max: max);
        (option.Required, option.DefaultValueFactory) = (true, null);
        return option;
    }

    /// <summary>A number above 0.</summary>
    public static Option<double> Positive(string name, double fallback, string description) =>
        Create(name, _ => fallback, description, NumberStyles.Float, n => n > 0 && double.IsFinite(n), "a number above 0, such as 0.001 or 1e-3");

    /// <summary>A number of at least 0.</summary>
    public static Option<double> NotNegative(string name, double fallback, string description) =>
        Create(name, _ => fallback, description, NumberStyles.Float, n => n >= 0 && double.IsFinite(n), "a number of at least 0, such as 0.8");

    /// <summary>A number above 0 and below 1.</summary>
    public static Option<double> Part(string name, double fallback, string description) =>
        Create(name, _ => fallback, description, NumberStyles.Float, n => n is > 0 and < 1, "a number between 0 and 1, such as 0.9");

    /// <summary>A seed: any whole number of 64 bits.</summary>
    public static Option<ulong> Seed(string description) =>
        Create("--seed", _ => 777ul, description, NumberStyles.None, _ => true, $"a whole number from 0 to {ulong.MaxValue}");

    /// <summary>How many threads compute.</summary>
    public static Option<int> Threads() =>
        Create("--threads", OfTheMachine, "Threads that compute; the result does not depend on them.", NumberStyles.AllowLeadingSign,
            n => n is >= 1 and <= 1024, "a whole number from 1 to 1024");

    /// <summary>Makes an option that need not be given take numbers in a range alone.</summary>
    public static void Check<T>(Option<T?> option, Func<T, bool> accept, string expected) where T : struct, INumber<T> => option.CustomParser = result =>
    {
        string text = result.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && accept(value)) return value;
        result.AddError($"{option.Name} must be {expected}, not '{text}'");
        return null;
    };

    static int OfTheMachine(ArgumentResult result)
    {
        try
        {
            return Candeia.Threads.Count;
        }
        catch (InvalidOperationException e)     // the environment variable holds something else
        {
            result.AddError(e.Message);
            return 1;
        }
    }

    static Option<T> Create<T>(
        string name, Func<ArgumentResult, T> fallback, string description, NumberStyles styles, Func<T, bool> accept, string expected)
        where T : struct, INumber<T> => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = fallback,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (T.TryParse(text, styles, CultureInfo.InvariantCulture, out var value) && accept(value)) return value;
            result.AddError($"{name} must be {expected}, not '{text}'");
            return default;
        },
    };
}
