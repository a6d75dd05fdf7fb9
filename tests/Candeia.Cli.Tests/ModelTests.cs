using System.Diagnostics;
using System.Text.Json;
using Candeia.Experiments;
using Candeia.NN;
using Candeia.Images;

namespace Candeia.Cli.Tests;

/// <summary>Evaluate and predict, with an untrained network: what it says does not matter here.</summary>
[Collection(nameof(Here))]
public sealed class ModelTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public ModelTests()
    {
        Safetensors.Save(_folder["model.safetensors"], new CorrelationNet().StateDict());
        Run("data", "generate", "--out", "d", "--count", "5").AssertOk();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Evaluate_says_the_same_to_people_and_programs()
    {
        var json = JsonDocument.Parse(Run("evaluate", "--model", "model.safetensors", "--data", "d", "--json").AssertOk().Output).RootElement;
        Assert.Equal(5, json.GetProperty("n").GetInt32());
        double mse = json.GetProperty("mse").GetDouble(), mae = json.GetProperty("mae").GetDouble();
        Assert.InRange(mae * mae, 0, mse + 1e-9);
        Assert.InRange(json.GetProperty("pearson").GetDouble(), -1, 1);
        string text = Run("evaluate", "--model", "model.safetensors", "--data", "d").AssertOk().Output;
        Assert.StartsWith(FormattableString.Invariant($"MSE {mse:0.00000} · MAE {mae:0.0000}"), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_gives_a_line_for_each_image()
    {
        string[] images = [.. Images().Take(3)];
        string[] lines = Run(["predict", "--model", "model.safetensors", .. images]).AssertOk().Output.TrimEnd().Split('\n');
        string text = Run(["predict", "--model", "model.safetensors", .. images, "--json"]).AssertOk().Output;
        var json = JsonDocument.Parse(text).RootElement.EnumerateArray().ToArray();
        Assert.Equal(3, lines.Length);
        foreach (var (image, line, item) in images.Zip(lines, json))
        {
            Assert.Equal($"{image},{item.GetProperty("correlation").GetRawText()}", line.TrimEnd());
            Assert.Equal(image, item.GetProperty("file").GetString());
        }
    }

    [Fact]
    public void No_correlation_is_beyond_one_and_strange_pictures_are_said_to_be()
    {
        var bold = new CorrelationNet().StateDict();
        bold["fc2.bias"] = Tensor.Full([1], 3.9f);
        Safetensors.Save(_folder["bold.safetensors"], bold);
        string own = Images().First();
        Assert.Equal($"{own},1\n", Run("predict", "--model", "bold.safetensors", own).AssertOk().Output.ReplaceLineEndings("\n"));

        var dark = Image.Load(_folder[own]);
        foreach (ref byte pixel in dark.Pixels) pixel = (byte)(255 - pixel);
        dark.Save(_folder["dark.png"]);
        dark.Pixels.Fill(255);
        dark.Save(_folder["blank.png"]);
        var said = Run("predict", "--model", "bold.safetensors", own, "dark.png", "blank.png", "--json");
        Assert.Equal(0, said.ExitCode);
        Assert.StartsWith("'blank.png' has no black frame", Assert.Single(said.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        var rows = JsonDocument.Parse(said.Output).RootElement.EnumerateArray().ToArray();
        Assert.False(rows[0].TryGetProperty("unlike", out _) || rows[0].TryGetProperty("points", out _));
        Assert.InRange(rows[1].GetProperty("points").GetInt32(), 25, 30);          // found, and drawn anew
        Assert.StartsWith("has no black frame", rows[2].GetProperty("unlike").GetString(), StringComparison.Ordinal);
        new Image(300, 200, PixelFormat.Gray).Save(_folder["wide.png"]);
        Run("predict", "--model", "bold.safetensors", own, "wide.png").AssertRefused(1, "'wide.png' is a picture of 300×200 pixels in which no points");
    }

    [Fact]
    public void A_table_of_a_header_alone_is_refused()
    {
        Directory.CreateDirectory(_folder[Path.Combine("none", "train_imgs")]);
        File.WriteAllText(_folder[Path.Combine("none", "train.csv")], "id,corr\n");
        Run("evaluate", "--model", "model.safetensors", "--data", "none").AssertRefused(1, "'none' holds no images", "train.csv has rows");
        Run("data", "show", "--data", "none", "--out", "x.png").AssertRefused(1, "'none' holds no images");
    }

    [SkippableFact]
    public void Pipes_and_devices_are_refused_and_not_read_without_end()
    {
        Skip.If(OperatingSystem.IsWindows(), "files of Unix");
        File.CreateSymbolicLink(_folder["endless.png"], "/dev/zero");
        using (var make = Process.Start("mkfifo", [_folder["pipe.png"], _folder["pipe.safetensors"]])) make.WaitForExit();
        foreach (string picture in (string[])["endless.png", "pipe.png", "/dev/zero"])
            Run("predict", "--model", "model.safetensors", picture).AssertRefused(1, picture, "no ordinary file");
        Run("predict", "--model", "pipe.safetensors", Images().First()).AssertRefused(1, "pipe.safetensors", "no ordinary file");
        string known = Images().First();
        File.Delete(_folder[known]);
        File.CreateSymbolicLink(_folder[known], "/dev/zero");
        Run("evaluate", "--model", "model.safetensors", "--data", "d").AssertRefused(1, Path.GetFileName(known), "no ordinary file");
    }

    [Fact]
    public void Missing_files_are_named()
    {
        Run("evaluate", "--model", "none.safetensors", "--data", "d").AssertRefused(1, "none.safetensors", "name the model");
        Run("evaluate", "--model", "model.safetensors", "--data", "none").AssertRefused(1, "none");
        Run("predict", "--model", "model.safetensors", "none.png").AssertRefused(1, "none.png", "name pictures");
        Run("predict", "--model", "model.safetensors", "d").AssertRefused(1, "'d'");
        Run("predict", "--model", "d", Images().First()).AssertRefused(1, "'d'");
    }

    [Fact]
    public void A_model_of_another_network_is_refused()
    {
        Safetensors.Save(_folder["other.safetensors"], new Linear(3, 4).StateDict());
        Run("evaluate", "--model", "other.safetensors", "--data", "d").AssertRefused(1, "other.safetensors", "another network");
        var wide = new CorrelationNet().StateDict();
        wide["fc2.weight"] = Tensor.Zeros([2, 128]);
        Safetensors.Save(_folder["wide.safetensors"], wide);
        Run("evaluate", "--model", "wide.safetensors", "--data", "d").AssertRefused(1, "wide.safetensors", "fc2.weight", "[2, 128]");
    }

    [Fact]
    public void A_model_of_an_unknown_recipe_is_refused()
    {
        Safetensors.Save(_folder["new.safetensors"], new CorrelationNet().StateDict(), new Dictionary<string, string> { ["recipe"] = "newer" });
        Run("evaluate", "--model", "new.safetensors", "--data", "d").AssertRefused(1, "new.safetensors", "'newer'", "tutorial, best");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.MaxValue)]
    public void A_model_that_answers_with_no_number_is_refused(float value)
    {
        var lost = new CorrelationNet().StateDict();
        lost["fc2.weight"] = Tensor.Full([1, 128], value);
        lost["fc2.bias"] = Tensor.Full([1], value == float.MaxValue ? float.PositiveInfinity : value);
        Safetensors.Save(_folder["lost.safetensors"], lost);
        foreach (string[] json in (string[][])[[], ["--json"]])
        {
            Run(["evaluate", "--model", "lost.safetensors", "--data", "d", .. json]).AssertRefused(1, "lost.safetensors", "train it again");
            Run(["predict", "--model", "lost.safetensors", Images().First(), .. json]).AssertRefused(1, "lost.safetensors", "train it again");
        }
    }

    [Fact]
    public void What_a_file_says_moves_no_cursor()
    {
        Safetensors.Save(_folder["new.safetensors"], new CorrelationNet().StateDict(), new Dictionary<string, string> { ["recipe"] = "\e[31mred" });
        var result = Run("evaluate", "--model", "new.safetensors", "--data", "d");
        result.AssertRefused(1, "red");
        Assert.DoesNotContain('\e', result.Error);
    }

    [Fact]
    public void A_truncated_model_is_refused()
    {
        byte[] bytes = File.ReadAllBytes(_folder["model.safetensors"]);
        File.WriteAllBytes(_folder["half.safetensors"], bytes[..(bytes.Length / 2)]);
        Run("evaluate", "--model", "half.safetensors", "--data", "d").AssertRefused(1, "half.safetensors");
        File.WriteAllText(_folder["text.safetensors"], "not a model at all");
        Run("predict", "--model", "text.safetensors", Images().First()).AssertRefused(1, "text.safetensors");
    }

    [Fact]
    public void A_damaged_image_is_refused_and_nothing_is_said_of_the_others()
    {
        string[] images = [.. Images()];
        byte[] bytes = File.ReadAllBytes(_folder[images[2]]);
        bytes[bytes.Length / 2] ^= 0x40;
        File.WriteAllBytes(_folder[images[2]], bytes);
        string name = Path.GetFileName(images[2]);
        var predicted = Run(["predict", "--model", "model.safetensors", .. images]);
        predicted.AssertRefused(1, name);
        Assert.Equal("", predicted.Output);
        Run("evaluate", "--model", "model.safetensors", "--data", "d").AssertRefused(1, name);
    }

    [Fact]
    public void Labels_and_images_must_fit()
    {
        string table = _folder[Path.Combine("d", "guess-the-correlation", "train.csv")];
        string[] rows = File.ReadAllLines(table);
        void Refused(string[] lines, params string[] words)
        {
            File.WriteAllLines(table, lines);
            Run("evaluate", "--model", "model.safetensors", "--data", "d").AssertRefused(1, [.. words, "train.csv"]);
        }
        string id = rows[2].Split(',')[0];
        Refused([.. rows[..2], $"{id},much", .. rows[3..]], "row 3", "'much'");
        Refused([.. rows[..2], $"{id},1.5", .. rows[3..]], "row 3", "1.5");
        Refused([.. rows, "zzzzzzzz,0.5"], "row 7", "zzzzzzzz");
        Refused([.. rows[..2], .. rows[3..]], id);
    }

    string[] Images() =>
    [
        .. Directory.EnumerateFiles(_folder["d"], "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => Path.GetRelativePath(_folder.Path, f)),
    ];

    ToolResult Run(params string[] args) => Tool.RunIn(_folder.Path, args);
}
