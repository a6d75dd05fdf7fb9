using System.CommandLine;

namespace Candeia.Cli;

/// <summary>An option whose value is one of a few words; the first is the default.</summary>
static class Choice
{
    public static Option<string> Of(string name, string[] words, string description) => new(name)
    {
        Description = description,
        HelpName = string.Join('|', words),
        DefaultValueFactory = _ => words[0],
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!words.Contains(text)) result.AddError($"{name} must be {string.Join(" or ", words)}, not '{text}'");
            return text;
        },
    };
}
