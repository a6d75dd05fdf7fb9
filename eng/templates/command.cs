using System.CommandLine;
using Candeia.Experiments;

namespace Candeia.Cli;

/// <summary><c>candeia KEBAB</c>: what a safetensors file holds.</summary>
static class NAMECommand
{
    public static Command Create()
    {
        var model = Paths.File("--model", "A safetensors file.");
        var command = new Command("KEBAB", "List the tensors of a file, with their types and shapes.") { model };
        command.SetAction(parsed => List(parsed.GetRequiredValue(model)));
        return command;
    }

    static void List(string path)
    {
        if (!File.Exists(path)) throw new UserException($"There is no file '{path}'; name a safetensors file.");
        using var file = SafetensorsFile.Open(path);
        foreach (var entry in file.Entries) Console.WriteLine($"{entry.Name} {entry.Type} [{string.Join(", ", entry.Shape)}]");
    }
}
