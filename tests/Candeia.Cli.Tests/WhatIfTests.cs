using System.Text.Json;
using System.Xml.Linq;

namespace Candeia.Cli.Tests;

/// <summary>The experiments, as small as they can be, as a user runs them.</summary>
[Collection(nameof(Here))]
public sealed class WhatIfTests : IDisposable
{
    static readonly string[] s_names =
    [
        "linear", "digits", "binary", "optimizers", "schedules", "bigger", "longer", "more-data", "dropout", "batch-norm", "both", "symmetry",
        "precision", "best", "gpu",
    ];

    static readonly string[] s_small = ["--train", "40", "--valid", "10", "--test", "10", "--epochs", "1", "--batch-size", "20"];

    static readonly string[] s_few = ["--train", "8", "--valid", "4", "--test", "4", "--epochs", "1", "--batch-size", "4"];

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    ToolResult WhatIf(params string[] args) => Tool.RunIn(_folder.Path, ["what-if", .. args]);

    string[] Trials => [.. Directory.EnumerateFiles(_folder[Path.Combine("runs", "what-if", "trials")]).Order(StringComparer.Ordinal)];

    [Fact]
    public void It_lists_the_experiments()
    {
        foreach (string[] args in (string[][])[[], ["--list"]])
        {
            string output = WhatIf(args).AssertOk().Output;
            Assert.All(s_names, name => Assert.Contains($"{name} ", output, StringComparison.Ordinal));
            Assert.Equal(output.TrimEnd().Split('\n').Length, output.Split("What if").Length - 1);
        }
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void Results_are_written_and_kept()
    {
        string page = _folder["page.md"];
        File.WriteAllText(page, "# Questions\n<!-- answer: linear -->old<!-- end -->\n<!-- answer: bigger -->stays<!-- end -->\n");
        string[] line = ["digits", "binary", "linear", .. s_small, "--page", page, "--json"];
        var first = WhatIf(line);
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Contains("left in all", first.Error, StringComparison.Ordinal);

        var answers = JsonDocument.Parse(first.Output).RootElement.EnumerateArray().ToArray();
        Assert.Equal(["linear", "digits", "binary"], answers.Select(a => a.GetProperty("name").GetString()!));
        foreach (var row in answers.SelectMany(a => a.GetProperty("results").EnumerateArray()))
        {
            foreach (string number in (string[])["train_loss", "valid_loss", "test_loss", "parameters", "seconds", "images_per_second"])
                Assert.True(row.GetProperty(number).GetDouble() > 0, number);
            Assert.True(row.GetProperty("mae").ValueKind == JsonValueKind.Null != (row.GetProperty("accuracy").ValueKind == JsonValueKind.Null));
        }
        var linear = answers[0].GetProperty("results").EnumerateArray().Select(r => r.GetProperty("parameters").GetInt64());
        Assert.Equal([3_304_193, .. Enumerable.Repeat(2_196_609L, 5)], linear);

        string report = File.ReadAllText(_folder[Path.Combine("runs", "what-if", "report.html")]);
        Assert.NotNull(XDocument.Parse(report).Root);
        foreach (string words in (string[])["not handwritten", "Predictions: the tutorial", "What is taken for what", "linear layers, seed 778"])
            Assert.Contains(words, report, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", report.Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
        string text = File.ReadAllText(page);
        Assert.Contains("| linear layers |", text, StringComparison.Ordinal);
        Assert.Contains("stays", text, StringComparison.Ordinal);
        Assert.DoesNotContain("old", text, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder[Path.Combine("images", "page", "linear.svg")]));

        // Again: nothing is trained; without one of its files only that one is; with other settings everything.
        var dates = Trials.ToDictionary(f => f, File.GetLastWriteTimeUtc);
        Assert.Equal(17, dates.Count);
        var again = WhatIf(line);
        Assert.Contains("nothing to train", again.Error, StringComparison.Ordinal);
        Assert.Equal(first.Output, again.Output);
        File.Delete(Trials[0]);
        File.WriteAllText(Trials[0], "{ damaged");
        Assert.Equal(0, WhatIf(line).ExitCode);
        Assert.Equal(dates.Keys, Trials);
        Assert.Equal(2, Trials.Count(f => File.GetLastWriteTimeUtc(f) != dates[f]));
        WhatIf(["digits", .. s_small, "--learning-rate", "0.002"]).AssertOk();
        Assert.Equal(23, Trials.Length);
    }

    [SkippableFact]
    public void The_question_of_a_gpu_is_answered_where_there_is_a_device_and_says_what_it_is()
    {
        if (Gpu.OpenCl.Missing is { } missing && Gpu.Cuda.Missing is not null)
        {
            WhatIf(["gpu", .. s_few]).AssertFailed(1, "needs a device beside the processor");
            Skip.If(true, missing);
        }
        WhatIf("linear", "--device", "cpu").AssertRefused(2, "--device", "the experiment gpu");
        var result = WhatIf(["gpu", .. s_few, "--json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        var answer = JsonDocument.Parse(result.Output).RootElement[0];
        Assert.Contains("pictures a second", answer.GetProperty("conclusion").GetString(), StringComparison.Ordinal);
        var rows = answer.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(rows[0].GetProperty("test_loss").GetDouble(), rows[1].GetProperty("test_loss").GetDouble(), 1e-2);
        if (Gpu.Cuda.Devices.Count == 0 && Gpu.OpenCl.Devices[0].IsProcessor) Assert.Contains("opencl:0 (a processor)", result.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Real_digits_are_read_from_a_folder()
    {
        string folder = Path.GetDirectoryName(Candeia.Tests.SharedFolder.Require("suites/mnist/t10k-images-idx3-ubyte.gz"))!;
        string output = WhatIf(["digits", "--digits", folder, "--train", "2000", "--test", "1000", "--epochs", "4"]).AssertOk().Output;
        Assert.Contains("8,000 to learn from, 2,000 for the test", output, StringComparison.Ordinal);
        var rows = JsonDocument.Parse(File.ReadAllText(_folder[Path.Combine("runs", "what-if", "results.json")])).RootElement[0].GetProperty("results");
        double[] right = [.. rows.EnumerateArray().Select(r => r.GetProperty("accuracy").GetDouble())];
        Assert.True(right[0] >= 0.93 && right[1] >= 0.97, string.Join(", ", right));
    }

    [Fact]
    public void What_cannot_be_is_said_in_a_sentence()
    {
        WhatIf("linaer").AssertRefused(2, "'linaer'", "linear, digits");
        WhatIf("--list", "linear").AssertRefused(2, "--list");
        WhatIf("--list", "--json").AssertRefused(2, "--json");
        WhatIf("--quick").AssertRefused(2, "--quick", "all");
        WhatIf("linear", "--digits", "some").AssertRefused(2, "--digits", "the experiment digits");
        WhatIf("linear", "both", "--train", "4", "--valid", "2", "--test", "2", "--batch-size", "1").AssertFailed(1, "both", "--batch-size");
        WhatIf("digits", "--digits", "none").AssertFailed(1, "'none'");
        WhatIf("linear", "--train", "0").AssertRefused(2, "--train");
        WhatIf("linear", "--train", "2000000000", "--valid", "2000000000").AssertFailed(1, "--train");
        WhatIf("digits", "--page", "no.md").AssertRefused(1, "'no.md'");
        WriteDigits("mixed", "train", 28);
        WriteDigits("mixed", "t10k", 20);
        WhatIf("digits", "--digits", "mixed").AssertFailed(1, "'mixed'", "[1, 28, 28]", "[1, 20, 20]");
        File.WriteAllText(_folder["page.md"], "<!-- answer: linear --><!-- end -->");
        File.WriteAllText(_folder["images"], "a file where the page's figures belong");
        WhatIf("linear", "--page", "page.md").AssertRefused(1, "images");
        WhatIf("digits", "bigger", "--page", "page.md").AssertRefused(1, "'page.md'", "<!-- answer: digits -->");
        WriteDigits("single", "train", 28, classes: 1);
        WriteDigits("single", "t10k", 28, classes: 1);
        WhatIf("digits", "--digits", "single").AssertFailed(1, "class 0", "two classes");
        Directory.CreateDirectory(_folder["empty"]);
        WhatIf("digits", "--digits", "empty").AssertFailed(1, "'empty'", "IDX");
    }

    [Fact]
    public void A_baseline_that_loses_its_way_is_no_measure()
    {
        var result = WhatIf(["schedules", "binary", "more-data", .. s_few, "--learning-rate", "1e300", "--json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        string[] conclusions = [.. JsonDocument.Parse(result.Output).RootElement.EnumerateArray().Select(a => a.GetProperty("conclusion").GetString()!)];
        Assert.Equal(["The training has lost its way.", "of constant has lost its way", "The trainings have lost their way."],
            conclusions.Select((c, i) => i == 1 ? c[c.IndexOf("of constant", StringComparison.Ordinal)..].Split('.')[0] : c));
        Assert.DoesNotContain(conclusions, c => c.Contains("NaN", StringComparison.Ordinal));
    }

    [Fact]
    public void All_experiments_are_made_and_answered()
    {
        string[] line = ["all", .. s_few, "--json"];
        var result = WhatIf(line);
        Assert.True(result.ExitCode == 0, result.Error);
        var answers = JsonDocument.Parse(result.Output).RootElement.EnumerateArray().ToDictionary(a => a.GetProperty("name").GetString()!);
        Assert.Equal(s_names[..^1], answers.Keys);                           // gpu is for whoever has one
        Assert.All(answers.Values, a => Assert.EndsWith(".", a.GetProperty("conclusion").GetString()!, StringComparison.Ordinal));
        Assert.Equal(20, answers["optimizers"].GetProperty("results").GetArrayLength());
        Assert.Contains("nothing to train", WhatIf(line).Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_interrupted_run_says_what_it_keeps_and_goes_on()
    {
        Skip.If(OperatingSystem.IsWindows(), "signals are sent with kill");
        string[] line = ["linear", "--train", "200", "--valid", "10", "--test", "10", "--epochs", "40", "--batch-size", "10"];
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var process = Tool.Start(_folder.Path, ["what-if", .. line]);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } said && !said.Contains("Epoch  1/40", StringComparison.Ordinal)) { }
        using var kill = System.Diagnostics.Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        string rest = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("the same command goes on from there", await error, StringComparison.Ordinal);
        Assert.DoesNotContain("test MSE", rest, StringComparison.Ordinal);
        Assert.Empty(Trials);
    }

    [SkippableFact]
    public async Task The_first_signal_is_heeded_while_it_estimates()
    {
        Skip.If(OperatingSystem.IsWindows(), "signals are sent with kill");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var process = Tool.Start(_folder.Path, ["what-if", "all", "--train", "24", "--valid", "6", "--test", "6", "--epochs", "1", "--batch-size", "8"]);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } said && !said.Contains("drawn by a program", StringComparison.Ordinal)) { }
        using var kill = System.Diagnostics.Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        string rest = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal(130, process.ExitCode);
        Assert.Equal("Stopped.", (await error).TrimEnd());
        Assert.DoesNotContain("experiments of", rest, StringComparison.Ordinal);       // what the estimate ends with
    }

    [Fact]
    public void A_batch_may_be_larger_than_anything() =>
        WhatIf("linear", "--train", "5", "--valid", "2", "--test", "2", "--epochs", "1", "--batch-size", "2147483647").AssertOk();

    // Ten blank pictures, one for each digit, in the format of MNIST.
    void WriteDigits(string folder, string split, byte size, int classes = 10)
    {
        Directory.CreateDirectory(_folder[folder]);
        File.WriteAllBytes(_folder[Path.Combine(folder, $"{split}-images-idx3-ubyte")], [0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, size, 0, 0, 0, size, .. new byte[10 * size * size]]);
        File.WriteAllBytes(_folder[Path.Combine(folder, $"{split}-labels-idx1-ubyte")], [0, 0, 8, 1, 0, 0, 0, 10, .. Enumerable.Range(0, 10).Select(i => (byte)(i % classes))]);
    }
}
