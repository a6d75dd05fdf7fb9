using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Candeia.Images;

namespace Candeia.Cli.Tests;

/// <summary>The main job, small, from nothing to its files.</summary>
[Collection(nameof(Here))]
public sealed class JobTests : IDisposable
{
    static readonly string[] s_files =
        ["batch.png", "events", "history.csv", "history.svg", "metrics.json", "model.safetensors", "predictions.csv", "predictions.svg", "report.html"];

    static readonly string[] s_small = ["guess-the-correlation", "--train", "80", "--valid", "20", "--test", "30", "--batch-size", "16"];

    static readonly string s_set = Path.Combine("data", "guess-the-correlation");

    static readonly string[] s_two = [.. s_small, "--epochs", "2"];

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Makes_every_file_and_they_agree()
    {
        string output = Tool.Apart(_folder.Path, [.. s_two, "--out", "out"]).AssertOk().Output;
        Assert.Equal(s_files, Directory.EnumerateFileSystemEntries(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain('\e', output);
        Assert.Contains("3,304,193", output, StringComparison.Ordinal);

        var metrics = JsonDocument.Parse(Read("metrics.json")).RootElement;
        var test = metrics.GetProperty("test");
        var epochs = metrics.GetProperty("epochs").EnumerateArray().ToArray();
        Assert.Equal(2, epochs.Length);
        Assert.Equal([1, 2], epochs.Select(e => e.GetProperty("epoch").GetInt32()));
        foreach (string name in (string[])["train_loss", "valid_loss", "seconds"]) Assert.All(epochs, e => Assert.True(e.GetProperty(name).GetDouble() > 0, name));
        Assert.True(metrics.GetProperty("train_images_per_second").GetDouble() > 0);
        Assert.Equal(777, metrics.GetProperty("seed").GetInt64());
        Assert.False(metrics.GetProperty("stopped").GetBoolean());
        foreach (string name in (string[])["seconds", "versions", "machine", "settings"]) Assert.True(metrics.TryGetProperty(name, out _), name);

        string[][] rows = [.. Read("predictions.csv").TrimEnd().Split('\n').Select(l => l.Split(','))];
        Assert.Equal(["id", "truth", "prediction"], rows[0]);
        string[][] labels = [.. File.ReadLines(_folder[Path.Combine(s_set, "train.csv")]).Skip(101).Select(l => l.Split(','))];
        Assert.Equal(labels.Select(l => l[0]), rows.Skip(1).Select(r => r[0]));
        Assert.Equal(labels.Select(l => (float)Number(l[1])), rows.Skip(1).Select(r => (float)Number(r[1])));
        double mse = rows.Skip(1).Average(r => Math.Pow(Number(r[1]) - Number(r[2]), 2));
        Assert.Equal(30, test.GetProperty("n").GetInt32());
        Assert.Equal(mse, test.GetProperty("mse").GetDouble(), mse * 1e-5);

        Assert.Equal(3, Read("history.csv").TrimEnd().Split('\n').Length);
        Assert.Equal(1, Image.Load(Out("batch.png")).Channels);
        foreach (string file in (string[])["history.svg", "predictions.svg", "report.html"]) Assert.NotNull(XDocument.Parse(Read(file)).Root);

        // The saved network says what the job said.
        string id = rows[1][0];
        string image = Path.Combine(s_set, "train_imgs", $"{id}.png");
        string line = Tool.RunIn(_folder.Path, "predict", "--model", Out("model.safetensors"), image).AssertOk().Output;
        Assert.Equal(Number(rows[1][2]), Number(line.TrimEnd().Split(',')[^1]), 1e-5);
    }

    /// <summary>What cannot be written is told after the training, when it is too late to name another folder.</summary>
    [Fact]
    public void What_was_learnt_is_kept_where_the_files_find_no_place()
    {
        Directory.CreateDirectory(Path.Combine(_folder["out"], "report.html"));
        var result = Tool.RunIn(_folder.Path, [.. s_small, "--epochs", "1", "--out", "out"]);
        result.AssertFailed(1, "What was learnt is not lost");
        string model = Assert.Single(Directory.GetFiles(_folder["out"], "model-*.safetensors"));
        Assert.Contains(Path.GetFileName(model), result.Error, StringComparison.Ordinal);
        string image = Directory.GetFiles(_folder[s_set, "train_imgs"])[0];
        Tool.RunIn(_folder.Path, "predict", "--model", model, image).AssertOk();
    }

    [Fact]
    public void The_best_recipe_learns_from_few_pictures_and_its_model_remembers_it()
    {
        Tool.RunIn(_folder.Path, ["guess-the-correlation", "--recipe", "best", "--train", "400", "--valid", "20", "--test", "60", "--batch-size", "16", "--epochs", "4", "--out", "out"]).AssertOk();
        var metrics = JsonDocument.Parse(Read("metrics.json")).RootElement;
        Assert.Equal("best", metrics.GetProperty("settings").GetProperty("recipe").GetString());
        double mse = metrics.GetProperty("test").GetProperty("mse").GetDouble();
        Assert.InRange(mse, 0, 0.02);                                                           // the mean alone has 0.196
        string id = File.ReadLines(Out("predictions.csv")).ElementAt(1).Split(',')[0];
        string line = Tool.RunIn(_folder.Path, "predict", "--model", Out("model.safetensors"), Path.Combine(s_set, "train_imgs", $"{id}.png")).AssertOk().Output;
        Assert.Equal(Number(File.ReadLines(Out("predictions.csv")).ElementAt(1).Split(',')[2]), Number(line.TrimEnd().Split(',')[^1]), 1e-5);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_with_any_number_of_threads()
    {
        foreach (string threads in (string[])["1", "2"])
            Tool.RunIn(_folder.Path, [.. s_two, "--out", threads, "--threads", threads, "--seed", "5"]).AssertOk();
        foreach (string file in (string[])["model.safetensors", "predictions.csv", "batch.png"])
            Assert.Equal(File.ReadAllBytes(_folder[Path.Combine("1", file)]), File.ReadAllBytes(_folder[Path.Combine("2", file)]));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused_before_the_work()
    {
        File.WriteAllText(_folder["out"], "a file");
        Tool.RunIn(_folder.Path, [.. s_two, "--out", "out"]).AssertRefused(1, "'out'", "another");
        Assert.Equal(["out"], _folder.Files);
    }

    [Fact]
    public void Too_few_images_are_refused_and_old_results_stay()
    {
        Tool.RunIn(_folder.Path, "data", "generate", "--out", "d", "--count", "5").AssertOk();
        foreach (string seed in Directory.EnumerateFiles(_folder["d"], "*.txt", SearchOption.AllDirectories)) File.Delete(seed);      // as if from elsewhere
        Directory.CreateDirectory(_folder["out"]);
        File.WriteAllText(Out("metrics.json"), "old");
        var result = Tool.RunIn(_folder.Path, [.. s_two, "--data", "d", "--out", "out"]);
        result.AssertFailed(1, "'d'", "5", "130 are needed", "--train");
        Assert.Equal(["metrics.json"], Directory.EnumerateFileSystemEntries(_folder["out"]).Select(Path.GetFileName));
        Assert.Equal("old", Read("metrics.json"));
    }

    [Fact]
    public void More_images_than_there_can_be_are_refused() =>
        Tool.RunIn(_folder.Path, "guess-the-correlation", "--train", "2147483647", "--out", "out").AssertFailed(1, "--train");

    [Fact]
    public void A_loss_that_is_no_longer_a_number_is_said()
    {
        Tool.RunIn(_folder.Path, [.. s_two, "--learning-rate", "1e30", "--out", "out"]).AssertFailed(1, "--learning-rate");
        Assert.Equal(["events"], Directory.EnumerateFileSystemEntries(_folder["out"]).Select(Path.GetFileName));
    }

    [SkippableFact]
    public async Task Ctrl_C_keeps_what_was_learnt()
    {
        Skip.If(OperatingSystem.IsWindows(), "a signal of Unix");
        using var process = Tool.Start(_folder.Path, [.. s_small, "--out", "out", "--epochs", "100000"]);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line && !line.Contains("Epoch", StringComparison.Ordinal)) { }
            using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync(patience.Token);
            await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            process.Kill();
        }
        Assert.Equal(130, process.ExitCode);
        Assert.Equal(s_files, Directory.EnumerateFileSystemEntries(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var metrics = JsonDocument.Parse(Read("metrics.json")).RootElement;
        Assert.True(metrics.GetProperty("stopped").GetBoolean());
        Assert.InRange(metrics.GetProperty("epochs").GetArrayLength(), 1, 1000);
        Assert.Equal(30, metrics.GetProperty("test").GetProperty("n").GetInt32());
    }

    string Out(string file) => _folder[Path.Combine("out", file)];

    string Read(string file) => File.ReadAllText(Out(file));

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
