using Candeia.Images;
using Candeia.Training;

namespace Candeia.Experiments.Tests;

/// <summary>Trainings in the browser: what is read of event files, over HTTP and on the page.</summary>
public sealed class WatchTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A run as a training writes it.</summary>
    void Write(string run, int epochs, double from = 1, bool picture = false)
    {
        using EventFileWriter train = new(_folder[run, "events", "train"], 0), valid = new(_folder[run, "events", "valid"], 0);
        for (int step = 1; step <= 50 * epochs; step++)
        {
            if (step % 10 == 0)
            {
                train.Scalar("batch_loss", from / Math.Sqrt(step) * (1 + 0.2 * Math.Sin(step)), step);
                train.Scalar("gradient_norm", 1 / from + Math.Cos(step) / 5, step);
            }
            if (step % 50 != 0) continue;
            train.Scalar("loss", from / Math.Sqrt(step), step);
            train.Scalar("learning_rate", 1e-3, step);
            train.Scalar("samples_per_second", 640 * from, step);
            valid.Scalar("loss", from / Math.Sqrt(step) + 0.02, step);
        }
        if (picture) train.Image("batch", Picture(), 50);
    }

    static byte[] Picture()
    {
        var picture = new Image(60, 40, PixelFormat.Gray);
        picture.Pixels[..1200].Fill(180);
        return picture.Encode();
    }

    [Fact]
    public void Runs_are_read_as_they_grow()
    {
        var runs = new WatchedRuns(_folder.Path);
        Assert.Empty(runs.Read(-1).Lines!);
        Write("a", 2, picture: true);
        var first = runs.Read(-1);
        Assert.Equal([("a", "train"), ("a", "valid")], first.Lines!.Select(l => (l.Run, l.Phase)));
        Assert.Equal(["batch_loss", "gradient_norm", "learning_rate", "loss", "samples_per_second"], first.Lines![0].Series.Select(s => s.Tag));
        var loss = first.Lines[1].Series.Single();
        Assert.Equal([50, 100], loss.Steps);
        Assert.Equal([(float)(1 / Math.Sqrt(50) + 0.02), (float)(0.1 + 0.02)], loss.Values);
        Assert.Null(runs.Read(first.Version).Lines);

        using var more = new EventFileWriter(_folder["b"]);
        more.Scalar("loss", float.NaN, 1);
        more.Flush();
        var second = runs.Read(first.Version);
        Assert.Equal(("b", ""), (second.Lines![2].Run, second.Lines[2].Phase));
        Assert.Null(second.Lines[2].Series.Single().Values.Single());
        more.Scalar("loss", 0.5, 2);
        more.Flush();
        Assert.Equal([null, 0.5f], runs.Read(second.Version).Lines![2].Series.Single().Values);
    }

    [Fact]
    public void What_an_interrupted_run_has_written_beyond_its_next_beginning_is_forgotten()
    {
        using (var killed = new EventFileWriter(_folder["train"], 0)) for (int i = 1; i <= 9; i++) killed.Scalar("loss", i, i);
        using (var resumed = new EventFileWriter(_folder["train"], 6)) for (int i = 6; i <= 8; i++) resumed.Scalar("loss", 10 * i, i);
        var line = Assert.Single(new WatchedRuns(_folder.Path).Read(-1).Lines!);
        Assert.Equal(Path.GetFileName(_folder.Path), line.Run);
        Assert.Equal([1f, 2, 3, 4, 5, 60, 70, 80], line.Series.Single().Values);
    }

    [Fact]
    public void Long_series_are_thinned_and_keep_their_end()
    {
        using (var writer = new EventFileWriter(_folder["long"])) for (int i = 1; i <= 1700; i++) writer.Scalar("loss", i, i);
        var series = new WatchedRuns(_folder.Path).Read(-1).Lines!.Single().Series.Single();
        Assert.InRange(series.Steps.Count, 400, 501);
        Assert.Equal((1, 1700), (series.Steps[0], series.Steps[^1]));
    }

    [Fact]
    public void Damaged_files_give_what_is_whole_of_them()
    {
        Write("a", 1);
        string file = Directory.GetFiles(_folder["a", "events", "train"]).Single();
        byte[] bytes = File.ReadAllBytes(file);
        Fuzz.Run([bytes], [], damaged =>
        {
            using var other = new TemporaryFolder();
            File.WriteAllBytes(other[Path.GetFileName(file)], damaged);
            Assert.InRange(new WatchedRuns(other.Path).Read(-1).Lines!.Count, 0, 1);
        });
    }

    [Fact]
    public async Task Numbers_and_pictures_come_over_HTTP_and_nothing_that_is_no_picture()
    {
        Write("a", 1, picture: true);
        using (var bad = new EventFileWriter(_folder["bad"])) bad.Write(1, new ImageSummary("page", 1, 1, 3, "<html>"u8.ToArray()));
        await using var watch = await PageServer.StartAsync((started, stop) => WatchJob.RunAsync(_folder.Path, 0, started, stop));
        var (status, said) = await watch.GetAsync("/runs?version=-1");
        Assert.Equal(200, status);
        var picture = said.GetProperty("lines")[0].GetProperty("pictures")[0];
        Assert.Equal("batch", picture.GetProperty("tag").GetString());
        Assert.Equal(Picture(), await watch.Http.GetByteArrayAsync(new Uri(picture.GetProperty("address").GetString()!, UriKind.Relative)));
        foreach (string address in (string[])[said.GetProperty("lines")[2].GetProperty("pictures")[0].GetProperty("address").GetString()!, "picture?line=99&tag=batch", "picture?line=0&tag=none", "picture"])
        {
            using var answer = await watch.Http.GetAsync(new Uri(address, UriKind.Relative));
            Assert.Equal(404, (int)answer.StatusCode);
        }
        Assert.DoesNotMatch("(src|href)=\"(?!data:)", await watch.Http.GetStringAsync(new Uri("/", UriKind.Relative)));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named() =>
        Assert.Contains("no folder 'nowhere'", (await Assert.ThrowsAsync<UserException>(() => WatchJob.RunAsync("nowhere", 0, _ => { }, default))).Message, StringComparison.Ordinal);

    [SkippableTheory]
    [InlineData(400, false)]
    [InlineData(400, true)]
    [InlineData(1200, false)]
    [InlineData(1200, true)]
    public async Task In_a_browser_many_runs_are_overlaid_and_new_numbers_appear(int width, bool dark)
    {
        await using var watch = await PageServer.StartAsync((started, stop) => WatchJob.RunAsync(_folder.Path, 0, started, stop));
        await using var browser = await Browser.OpenAsync(watch.Address, width, 1000, dark);
        Assert.Equal("Nothing has been written yet.", (await browser.RunAsync("$('lead').textContent")).GetString());
        Write("tutorial", 8, picture: true);
        await browser.UntilAsync("document.querySelectorAll('#charts svg').length === 5");
        Assert.Equal(2, (await browser.RunAsync("document.querySelector('#charts svg').querySelectorAll('path').length")).GetInt32());
        Write("best", 5, from: 0.4);
        await browser.UntilAsync("document.querySelectorAll('#runs tr').length === 2");
        Assert.Equal(4, (await browser.RunAsync("document.querySelector('#charts svg').querySelectorAll('path').length")).GetInt32());
        Assert.Equal(["best", "250"], (await browser.RunAsync("[...document.querySelectorAll('#runs tr')[0].cells].slice(0, 2).map(c => c.textContent)")).EnumerateArray().Select(c => c.GetString()));
        await browser.UntilAsync("document.querySelector('#pictures img').naturalWidth === 60");
        await browser.RunAsync("{ const s = document.querySelectorAll('#charts svg')[1], b = s.getBoundingClientRect(); s.dispatchEvent(new PointerEvent('pointermove', { clientX: b.left + b.width * 0.4, clientY: b.top + 50 })); }");
        Assert.Contains("step ", (await browser.RunAsync("document.querySelector('.tip:not([hidden])').textContent")).GetString(), StringComparison.Ordinal);
        Assert.Empty(await Looks.FaultsAsync(browser, "watch", width, dark));
        await browser.RunAsync("for (const [id, value] of [['along', 'seconds'], ['smooth', 0.6]]) { $(id).value = value; $(id).dispatchEvent(new Event('input')); } $('log').click(); document.querySelector('#runs input').click()");
        Assert.Equal(4, (await browser.RunAsync("document.querySelector('#charts svg').querySelectorAll('path').length")).GetInt32());
        Assert.Empty(await Looks.FaultsAsync(browser, "watch-logarithmic", width, dark));
        Assert.Empty(browser.Faults);
    }
}
