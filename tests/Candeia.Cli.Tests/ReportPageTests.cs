using Candeia.Datasets;

namespace Candeia.Cli.Tests;

/// <summary>
/// The reports of all commands in a browser, on a phone and at a desk, by day and by night: of trainings as small as they can be, or of those in the
/// folder that CANDEIA_RUNS names (with CANDEIA_SCREENSHOTS, pictures of all looks are kept there).
/// </summary>
[Collection(nameof(Here))]
public sealed class ReportPageTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("guess-the-correlation --train 80 --valid 20 --test 30 --batch-size 16 --epochs 2")]
    [InlineData("train-table --rows 200 --epochs 4 --hidden 16")]
    [InlineData("train-table --rows 200 --epochs 4 --hidden 16 --target quarter")]
    [InlineData("train-images --data photos --model squeezenet1_1 --size 32 --epochs 1 --batch-size 16")]
    [InlineData("language-model --characters 8000 --layers 1 --heads 2 --width 16 --context 16 --batch-size 8 --steps 60 --epochs 2")]
    [InlineData("time-series --weeks 12 --hidden 8 --epochs 1")]
    [InlineData("text-classification --train 60 --valid 20 --test 20 --epochs 1 --batch-size 16")]
    [InlineData("what-if linear binary digits --train 40 --valid 10 --test 10 --epochs 1 --batch-size 20")]
    public async Task A_report_fits_and_can_be_read(string line)
    {
        string[] words = line.Split(' ');
        string name = words[0] + (words.Contains("quarter") ? "-classes" : "");
        string? report = Environment.GetEnvironmentVariable("CANDEIA_RUNS") is { Length: > 0 } runs ? Path.Combine(runs, name, "report.html") : null;
        if (report is null || !File.Exists(report))
        {
            Browser.SkipWithout();
            if (words.Contains("photos")) DrawShapes(_folder["photos"], 60);
            Tool.RunIn(_folder.Path, [.. words, "--out", "out"]).AssertOk();
            report = _folder["out", "report.html"];
        }
        await Looks.AtAsync(new Uri(Path.GetFullPath(report)), $"report-{name}");
    }

    static void DrawShapes(string folder, int count)
    {
        var shapes = new DrawnShapes(count, 40);
        for (int i = 0; i < count; i++)
            shapes[i].Picture.Save(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, shapes[i].Label % 2 == 0 ? "round" : "square or not")).FullName, $"{i}.png"));
    }
}
