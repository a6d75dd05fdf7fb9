using System.CommandLine;

namespace Candeia.Cli;

/// <summary>What a person reads who has called a command in a way that it does not understand.</summary>
static class Usage
{
    /// <summary>Writes the help where a command only groups others, one sentence otherwise; returns the exit code.</summary>
    public static int Explain(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens.Count == 0 && command.Subcommands.Count > 0)
        {
            command.Parse("--help").Invoke();
            return parsed.Tokens.Count == 0 ? Tool.Ok : Tool.Misused;
        }
        string sentence = parsed.UnmatchedTokens is [var unknown, ..] ? Unknown(unknown, command) : parsed.Errors[0].Message.TrimEnd('.');
        Screen.Complain($"{sentence}. See: {Path(command)} --help");
        return Tool.Misused;
    }

    static string Unknown(string word, Command command)
    {
        var known = command.Subcommands.Select(c => c.Name).Concat(command.Options.Select(o => o.Name));
        string? near = known.Where(k => Distance(k, word) <= Math.Max(2, k.Length / 4)).MinBy(k => Distance(k, word));
        string kind = word.StartsWith('-') ? "option" : "command or argument";
        return $"'{word}' is no {kind} of {Path(command)}" + (near is null ? "" : $"; perhaps {near}");
    }

    static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : command.Name;

    // Letters to insert, remove or replace (Levenshtein).
    static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 0; i < a.Length; i++)
        {
            int diagonal = row[0]++;
            for (int j = 0; j < b.Length; j++)
                (diagonal, row[j + 1]) = (row[j + 1], Math.Min(Math.Min(row[j], row[j + 1]) + 1, diagonal + (a[i] == b[j] ? 0 : 1)));
        }
        return row[^1];
    }
}
