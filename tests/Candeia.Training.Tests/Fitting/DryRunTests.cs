namespace Candeia.Training.Tests;

public sealed class DryRunTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_dry_run_writes_no_files()
    {
        File.WriteAllText(_folder["best.safetensors"], "of yesterday");
        Callback[] callbacks =
        [
            new ModelCheckpoint(_folder["best.safetensors"], last: _folder["last.safetensors"]), new CsvLog(_folder["a.csv"]), new JsonLinesLog(_folder["a.jsonl"]),
            new TensorBoard(_folder["board"], everyBatches: 1), new AutoResume(_folder["resume"], everyBatches: 1),
        ];
        var learner = Tiny.Learner().With(callbacks);
        bool? isDry = null;
        learner.With(new Watcher { EpochEnd = e => isDry = e.Run.IsDryRun }).DryRun().Fit(Tiny.Batches(20), 2, Tiny.Batches(20));
        Assert.True(isDry);
        Assert.Equal(["best.safetensors"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
        Assert.Equal("of yesterday", File.ReadAllText(_folder["best.safetensors"]));
        learner.Fit(Tiny.Batches(20), 2, Tiny.Batches(20));
        Assert.Equal(["a.csv", "a.jsonl", "best.safetensors", "board", "last.safetensors", "resume"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }
}
