using System.CommandLine;
using System.Globalization;

namespace Candeia.Cli;

/// <summary><c>candeia weights show</c>: what is in a file of tensors, without reading their numbers.</summary>
static class WeightsShowCommand
{
    public static Command Create()
    {
        var file = Paths.Argument("FILE", "A .safetensors, .pt, .pth, .npy or .npz, or a folder of Hugging Face.");
        var json = Flags.Json();
        var command = new Command("show", "List the tensors in a file of weights: names, types, shapes, sizes. Nothing in the file is run.") { file, json };
        command.SetAction(parsed => Show(parsed.GetRequiredValue(file), parsed.GetValue(json)));
        return command;
    }

    static void Show(string path, bool json)
    {
        using var file = TensorFile.Open(path);
        Console.WriteLine(json ? WeightsSummary.Of(file).ToJson() : Table(file, Screen.Room));
    }

    // Columns as wide as they must be; two blanks between them, so that scripts can split the lines. Where a window has no room for that, names have lines of their own.
    internal static string Table(TensorFile file, int room)
    {
        List<string[]> rows = [["name", "type", "shape", "bytes"]];
        rows.AddRange(file.Entries.Select(e => (string[])[Clean(e.Name), e.Type, $"[{string.Join(", ", e.Shape)}]", e.Bytes.ToString(CultureInfo.InvariantCulture)]));
        int[] widths = [.. Enumerable.Range(0, 4).Select(i => rows.Max(r => r[i].Length))];
        string first = widths.Sum() + 6 <= room ? "" : "\n";
        var lines = rows.Select(r => $"{(first == "" ? r[0].PadRight(widths[0]) : r[0])}{first}  {r[1].PadRight(widths[1])}  {r[2].PadRight(widths[2])}  {r[3].PadLeft(widths[3])}");
        return string.Join('\n', lines.Append(Screen.Lines(WeightsSummary.Of(file).ToString(), room)));
    }

    // A name from a file moves no cursor.
    static string Clean(string name) => string.Concat(name.Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
