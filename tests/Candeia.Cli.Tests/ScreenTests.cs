using System.CommandLine;
using System.CommandLine.Help;

namespace Candeia.Cli.Tests;

/// <summary>Nothing that people read is wider than the window: words go on in the next line, whole.</summary>
[Collection(nameof(Here))]
public sealed class ScreenTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(10, 0, "one two", "three four", "five")]
    [InlineData(10, 2, "one two", "  three", "  four", "  five")]
    [InlineData(9, 5, "one two", "three", "four five")]
    [InlineData(1000, 2, "one two three four five")]
    public void Lines_break_between_words(int columns, int indent, params string[] expected) =>
        Assert.Equal(expected, Screen.Lines("one two three four five", columns, indent).Split(Environment.NewLine));

    [Fact]
    public void A_word_that_is_too_long_has_a_line_for_itself_and_gaps_stay()
    {
        Assert.Equal(["a", "  bbbbbbbbbbbb", "  c"], Screen.Lines("a bbbbbbbbbbbb c", 8, 2).Split(Environment.NewLine));
        Assert.Equal("name      what  it is", Screen.Lines("name      what  it is", 40));
        Assert.Equal("", Screen.Lines("", 40));
    }

    [Fact]
    public void Tensors_are_listed_in_any_window()
    {
        Safetensors.Save(_folder["a.safetensors"], new Dictionary<string, Tensor>
        {
            ["encoder.layers.encoder_layer_11.self_attention.in_proj_weight"] = Tensor.Zeros([4, 3]), ["bias"] = Tensor.Zeros([5], DType.Float64),
        });
        using var file = TensorFile.Open(_folder["a.safetensors"]);
        string[] wide = WeightsShowCommand.Table(file, int.MaxValue).Split('\n'), narrow = WeightsShowCommand.Table(file, 60).Split('\n');
        Assert.Equal(4, wide.Length);
        Assert.Equal(["encoder.layers.encoder_layer_11.self_attention.in_proj_weight", "float32", "[4, 3]", "48"], wide.Single(l => l.StartsWith("enc", StringComparison.Ordinal)).Split("  ", StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim()));
        Assert.Equal(7, narrow.Length);
        Assert.All(narrow.Where(l => !l.StartsWith("enc", StringComparison.Ordinal)), l => Assert.InRange(l.Length, 1, 60));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void The_help_of_every_command_fits(int columns)
    {
        var root = Cli.Tool.Root();
        ((HelpAction)root.Options.OfType<HelpOption>().Single().Action!).MaxWidth = columns;
        var commands = Every(root).ToArray();
        Assert.True(commands.Length > 25, $"{commands.Length}");
        foreach (var command in commands)
        {
            using var said = new StringWriter();
            root.Parse([.. Path(command).Skip(1), "--help"]).Invoke(new InvocationConfiguration { Output = said });
            string help = said.ToString();
            if (columns >= 60) foreach (var option in command.Options) Assert.Contains(option.Name, help, StringComparison.Ordinal);
            string[] long_ = [.. help.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > columns)];
            Assert.True(long_.Length == 0, $"{command.Name} at {columns}: {string.Join(" / ", long_)}");
        }
    }

    static IEnumerable<string> Path(Command command) => (command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? Path(parent) : []).Append(command.Name);

    static IEnumerable<Command> Every(Command command) => command.Subcommands.SelectMany(Every).Prepend(command);
}
