using System.CommandLine;
using System.CommandLine.Parsing;

namespace Candeia.Cli;

/// <summary>Options and arguments that name files or folders.</summary>
static class Paths
{
    /// <summary>A folder with a default place.</summary>
    public static Option<string> Folder(string name, string fallback, string description)
    {
        var option = Create(name, "DIR", description);
        option.DefaultValueFactory = _ => fallback;
        return option;
    }

    /// <summary>A folder that must be named.</summary>
    public static Option<string> Folder(string name, string description)
    {
        var option = Create(name, "DIR", description);
        option.Required = true;
        return option;
    }

    /// <summary>A file or folder that may be named.</summary>
    public static Option<string?> Optional(string name, string helpName, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        option.Validators.Add(result => Refuse(result, name));
        return option;
    }

    /// <summary>A file that must be named.</summary>
    public static Option<string> File(string name, string description)
    {
        var option = Create(name, "FILE", description);
        option.Required = true;
        return option;
    }

    /// <summary>A file or folder that must be named, by its place.</summary>
    public static Argument<string> Argument(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.Validators.Add(result => Refuse(result, name));
        return argument;
    }

    /// <summary>One file or more.</summary>
    public static Argument<string[]> Files(string name, string description)
    {
        var argument = new Argument<string[]>(name) { Description = description, Arity = ArgumentArity.OneOrMore };
        argument.Validators.Add(result => Refuse(result, name));
        return argument;
    }

    static Option<string> Create(string name, string helpName, string description)
    {
        var option = new Option<string>(name) { Description = description, HelpName = helpName };
        option.Validators.Add(result => Refuse(result, name));
        return option;
    }

    static void Refuse(SymbolResult result, string name)
    {
        if (result.Tokens.Any(t => string.IsNullOrWhiteSpace(t.Value))) result.AddError($"{name} must name a file or a folder, not nothing");
    }
}
