using System.Text.Json;
using System.Xml.Linq;

namespace Candeia.Cli.Tests;

/// <summary>The language model, small: from a text to its files, and from these to a text.</summary>
[Collection(nameof(Here))]
public sealed class LanguageModelTests : IDisposable
{
    static readonly string[]
        s_files = ["config.json", "history.csv", "history.svg", "losses.csv", "metrics.json", "model.safetensors", "report.html", "samples.txt", "tokenizer.json"],
        s_small = ["language-model", "--characters", "8000", "--layers", "1", "--heads", "2", "--width", "16", "--context", "16", "--batch-size", "8", "--steps", "60", "--epochs", "2"];

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_learns_writes_every_file_and_goes_on_with_a_text()
    {
        string said = Tool.RunIn(_folder.Path, [.. s_small, "--out", "out"]).AssertOk().Output;
        Assert.DoesNotContain(said.Split('\n'), l => l.TrimEnd('\r').EndsWith(' '));
        Assert.Contains("drawn, not written", said, StringComparison.Ordinal);
        Assert.Equal(s_files, Directory.EnumerateFileSystemEntries(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var metrics = JsonDocument.Parse(File.ReadAllText(_folder["out", "metrics.json"])).RootElement;
        Assert.True(metrics.GetProperty("bits_per_character").GetDouble() < metrics.GetProperty("uniform").GetDouble());
        Assert.False(metrics.GetProperty("stopped").GetBoolean());
        Assert.Equal(61, File.ReadAllText(_folder["out", "losses.csv"]).TrimEnd().Split('\n').Length);
        double[] losses = [.. File.ReadLines(_folder["out", "losses.csv"]).Skip(1).Select(l => double.Parse(l.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.True(losses[^10..].Average() < losses[..10].Average() - 0.3, $"{losses[..10].Average()} {losses[^10..].Average()}");
        foreach (string file in (string[])["history.svg", "report.html"]) Assert.NotNull(XDocument.Parse(File.ReadAllText(_folder["out", file])).Root);

        string[] generate = ["generate", "--model", "out", "--prompt", "The moon", "--length", "40"];
        string first = Tool.RunIn(_folder.Path, generate).AssertOk().Output;
        Assert.StartsWith("The moon", first, StringComparison.Ordinal);
        Assert.Equal("The moon".Length + 40, first.TrimEnd('\r', '\n').Length + (first.Length - first.TrimEnd('\r', '\n').Length - Environment.NewLine.Length));
        Assert.Equal(first, Tool.RunIn(_folder.Path, generate).AssertOk().Output);
        Assert.NotEqual(first, Tool.RunIn(_folder.Path, [.. generate, "--seed", "2"]).AssertOk().Output);
        string greedy = Tool.RunIn(_folder.Path, [.. generate, "--temperature", "0"]).AssertOk().Output;
        Assert.Equal(greedy, Tool.RunIn(_folder.Path, [.. generate, "--top-k", "1", "--seed", "3"]).AssertOk().Output);
        Tool.RunIn(_folder.Path, [.. generate, "--top-p", "0.5", "--repetition-penalty", "1.5"]).AssertOk();

        Tool.RunIn(_folder.Path, "generate", "--model", "out", "--prompt", "Привет").AssertFailed(1, "'П'", "U+041F");
        Tool.RunIn(_folder.Path, [.. generate, "--top-k", "0"]).AssertRefused(2, "--top-k must be a whole number from 1 on, not '0'");
        Tool.RunIn(_folder.Path, [.. generate, "--top-p", "1.1"]).AssertRefused(2, "--top-p");
        Tool.RunIn(_folder.Path, [.. generate, "--temperature", "-1"]).AssertRefused(2, "--temperature must be a number of at least 0");
        Tool.RunIn(_folder.Path, "generate", "--model", "out", "--prompt", "").AssertRefused(2, "--prompt");

        Candeia.Text.Tokenizers.Save(Candeia.Text.CharacterTokenizer.Build(["The moon"]), _folder["out", "tokenizer.json"]);
        Tool.RunIn(_folder.Path, generate).AssertRefused(1, "is not the tokenizer");
    }

    [Fact]
    public void The_same_seed_gives_the_same_model()
    {
        foreach (string folder in (string[])["a", "b"]) Tool.RunIn(_folder.Path, [.. s_small, "--out", folder, "--threads", folder == "a" ? "1" : "2"]).AssertOk();
        Assert.Equal(File.ReadAllBytes(_folder["a", "model.safetensors"]), File.ReadAllBytes(_folder["b", "model.safetensors"]));
        Assert.Equal(File.ReadAllText(_folder["a", "samples.txt"]), File.ReadAllText(_folder["b", "samples.txt"]));
    }

    [Fact]
    public void A_text_of_ones_own_is_learnt()
    {
        File.WriteAllText(_folder["own.txt"], string.Concat(Enumerable.Repeat("ümlaut und 数据 und 😀.\r\n", 100)));
        string[] own = [.. s_small.Where((_, i) => i is not (1 or 2)), "--text", "own.txt", "--out", "out"];
        Tool.RunIn(_folder.Path, own).AssertOk();
        Assert.Contains("😀", Tool.RunIn(_folder.Path, "generate", "--model", "out", "--prompt", "ümlaut 😀", "--length", "5").AssertOk().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_that_nothing_can_be_learnt_from_are_refused()
    {
        string[] Own(string file) => ["language-model", "--quick", "--text", file];
        Tool.RunIn(_folder.Path, Own("none.txt")).AssertFailed(1, "There is no file 'none.txt'");
        File.WriteAllText(_folder["empty.txt"], "");
        Tool.RunIn(_folder.Path, Own("empty.txt")).AssertFailed(1, "empty");
        File.WriteAllText(_folder["blank.txt"], "  \n \n");
        Tool.RunIn(_folder.Path, Own("blank.txt")).AssertFailed(1, "has nothing but blanks in it");
        File.WriteAllText(_folder["short.txt"], "A few words.");
        Tool.RunIn(_folder.Path, Own("short.txt")).AssertFailed(1, "12 characters is too short", "--context");
        File.WriteAllBytes(_folder["bytes.txt"], [0x41, 0xFF, 0xFE, 0x42]);
        Tool.RunIn(_folder.Path, Own("bytes.txt")).AssertFailed(1, "is no text in UTF-8", "character 2 is damaged");
        Directory.CreateDirectory(_folder["folder"]);
        Tool.RunIn(_folder.Path, Own("folder")).AssertFailed(1, "is a folder");
        Tool.RunIn(_folder.Path, "language-model", "--width", "10", "--heads", "3").AssertRefused(2, "--heads");
        Tool.RunIn(_folder.Path, "language-model", "--text", "a", "--characters", "5000").AssertRefused(2, "--characters");
        Tool.RunIn(_folder.Path, "language-model", "--dropout", "1").AssertRefused(2, "--dropout");
        Tool.RunIn(_folder.Path, "generate", "--model", "nowhere", "--prompt", "a").AssertRefused(1, "There is no language model in 'nowhere'");
    }
}
