using System.Globalization;
using System.Text.Json;
using Candeia.Datasets;
using Candeia.Images;

namespace Candeia.Cli.Tests;

/// <summary>The user's own pictures: from folders to a report, and a model that answers.</summary>
[Collection(nameof(Here))]
public sealed class TrainImagesTests : IDisposable
{
    static string[] Small(string data, string model = "squeezenet1_1", string output = "out", params string[] more) =>
        ["train-images", "--data", data, "--model", model, "--size", model == "alexnet" ? "64" : "32", "--epochs", "1", "--batch-size", "16", "--out", output, .. more];

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Circles and crosses as JPEG files, each in a folder of its own.</summary>
    string Photographs(int count = 60)
    {
        SkiaCodecs.Register();
        var shapes = new DrawnShapes(count, 40);
        for (int i = 0; i < count; i++)
        {
            string folder = Directory.CreateDirectory(_folder[Path.Combine("photos", shapes[i].Label % 2 == 0 ? "round" : "square or not")]).FullName;
            shapes[i].Picture.Save(Path.Combine(folder, $"{i}.jpg"));
        }
        return "photos";
    }

    [Fact]
    public void Folders_of_pictures_become_a_model_that_names_them()
    {
        string photos = Photographs(), bad = _folder[Path.Combine("photos", "round", "bad.jpg")];
        File.WriteAllBytes(bad, [0xFF, 0xD8, 0xFF, 0xE0, 1, 2]);
        string said = Tool.RunIn(_folder.Path, Small(photos)).AssertOk().Output;
        Assert.Contains("bad.jpg", said, StringComparison.Ordinal);
        foreach (string file in (string[])["report.html", "batch.png", "history.csv", "answers.csv", "metrics.json", "model/model.safetensors", "model/classifier.json"])
            Assert.True(File.Exists(_folder[Path.Combine("out", file)]), file);

        var metrics = JsonDocument.Parse(File.ReadAllText(_folder[Path.Combine("out", "metrics.json")])).RootElement;
        Assert.Equal(1, metrics.GetProperty("bad").GetInt32());
        Assert.Equal(60, metrics.GetProperty("pictures").GetInt32() + metrics.GetProperty("trained").GetInt32());     // all but the bad one
        string[][] rows = [.. File.ReadLines(_folder[Path.Combine("out", "answers.csv")]).Skip(1).Select(l => l.Split(','))];
        Assert.Equal(metrics.GetProperty("pictures").GetInt32(), rows.Length);
        double right = rows.Count(r => r[1] == r[2]) / (double)rows.Length;
        Assert.Equal(right, metrics.GetProperty("accuracy").GetDouble(), 1e-6);

        // The saved model says of a picture what the job said.
        string[] round = rows[0];
        string[] answer = Tool.RunIn(_folder.Path, "classify", "--model", Path.Combine("out", "model"), "--top", "1", round[0]).AssertOk().Output.TrimEnd().Split(',');
        Assert.Equal(round[0], answer[0]);
        Assert.Equal(round[2], answer[1]);
        Assert.Equal(double.Parse(round[3], CultureInfo.InvariantCulture), double.Parse(answer[2], CultureInfo.InvariantCulture), 1e-3);
        var json = JsonDocument.Parse(Tool.RunIn(_folder.Path, "classify", "--model", Path.Combine("out", "model"), "--json", round[0]).AssertOk().Output).RootElement;
        Assert.Equal(2, json[0].GetProperty("classes").GetArrayLength());
    }

    [SkippableFact]
    public void Drawn_shapes_are_told_apart_by_all_of_the_training()
    {
        Tutorial.SkipUnlessLarge();
        Tool.RunIn(_folder.Path, "train-images", "--out", "out").AssertOk();
        Assert.InRange(JsonDocument.Parse(File.ReadAllText(_folder[Path.Combine("out", "metrics.json")])).RootElement.GetProperty("accuracy").GetDouble(), 0.98, 1);
    }

    [Fact]
    public void Weights_of_another_training_are_a_beginning()
    {
        string photos = Photographs(30);
        Tool.RunIn(_folder.Path, Small(photos)).AssertOk();
        string weights = Path.Combine("out", "model", "model.safetensors");
        string said = Tool.RunIn(_folder.Path, Small(photos, "squeezenet1_1", "second", "--weights", weights)).AssertOk().Output;
        Assert.Contains("classifier.1", said, StringComparison.Ordinal);
        Tool.RunIn(_folder.Path, Small(photos, "alexnet", "third", "--weights", weights)).AssertFailed(1, "alexnet");
    }

    [Fact]
    public void What_cannot_be_is_refused_in_one_sentence()
    {
        Tool.RunIn(_folder.Path, Small("nowhere")).AssertFailed(1, "nowhere");
        Directory.CreateDirectory(_folder[Path.Combine("one", "cat")]);
        new DrawnShapes(1, 16)[0].Picture.Save(_folder[Path.Combine("one", "cat", "1.png")]);
        Tool.RunIn(_folder.Path, Small("one")).AssertFailed(1, "two at least");
        Tool.RunIn(_folder.Path, "train-images", "--model", "resnet17").AssertRefused(2, "resnet17");
        Tool.RunIn(_folder.Path, "classify", "--model", "nowhere", Path.Combine("one", "cat", "1.png")).AssertRefused(1, "train-images");
        Tool.RunIn(_folder.Path, "classify", "--model", "nowhere", "no.png").AssertRefused(1, "no.png");
    }
}
