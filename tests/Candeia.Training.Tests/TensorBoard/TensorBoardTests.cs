namespace Candeia.Training.Tests;

public sealed class TensorBoardTests : IDisposable
{
    static readonly byte[] s_png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAC0lEQVR4nGNgQAcAABIAAeRVjecAAAAASUVORK5CYII=");
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    EventFile[] Files(string phase) => [.. Directory.GetFiles(_folder[phase]).Order().Select(EventFile.Read)];

    [Fact]
    public void A_run_is_read_back_from_its_files()
    {
        var board = new TensorBoard(_folder.Path, everyBatches: 2, histograms: true) { Images = _ => [("picture", s_png)] };
        List<float> losses = [], norms = [];
        var norm = new Watcher { GradientsReady = e => norms.Add((float)Math.Sqrt(e.Optimizer.Groups.SelectMany(g => g.Parameters).Sum(p => p.Grad!.Square().Sum().Item()))) };
        var fitted = Tiny.Learner().With(board, norm, new Watcher { BatchEnd = e => { if (e.Phase == Phase.Train) losses.Add((float)e.Loss); } }).Fit(Tiny.Batches(40), 3, Tiny.Batches(20));
        var train = Files("train").Single();
        Assert.Equal(EventFileDamage.None, train.Damage);
        Assert.Equal(fitted.History.Epochs.Select(e => (4L * e.Epoch, (float)e.Train.Loss)), Of(train, "loss"));
        Assert.Equal(fitted.History.Epochs.Select(e => (4L * e.Epoch, (float)e.Train["mae"])), Of(train, "mae"));
        Assert.Equal([(4, 0.05f), (8, 0.05f), (12, 0.05f)], Of(train, "learning_rate"));
        Assert.Equal(new[] { 2, 4, 6, 8, 10, 12 }.Select(step => ((long)step, losses[step - 1])), Of(train, "batch_loss"));
        var written = Of(train, "gradient_norm").ToArray();
        Assert.Equal([2, 4, 6, 8, 10, 12], written.Select(n => n.Item1));
        Assert.All(written, n => Assert.Equal(norms[(int)n.Item1 - 1], n.Item2, 1e-5f));
        Assert.Equal(fitted.History.Epochs.Select(e => (4L * e.Epoch, (float)e.Train.SamplesPerSecond)), Of(train, "samples_per_second"));
        Assert.Equal(fitted.History.Epochs.Select(e => (4L * e.Epoch, (float)e.Valid!.Loss)), Of(Files("valid").Single(), "loss"));
        var last = train.Events.SelectMany(e => e.Values).OfType<HistogramSummary>().Last(h => h.Tag == "fc/weight");
        float[] weights = fitted.Model.Parameters()[0].ToArray<float>();
        Assert.Equal((weights.Length, weights.Min(), weights.Max()), (last.Count, (float)last.Min, (float)last.Max));
        Assert.Equal(3, train.Events.SelectMany(e => e.Values).OfType<HistogramSummary>().Count(h => h.Tag == "fc/weight/gradient"));
        Assert.Equal(3, train.Events.SelectMany(e => e.Values).OfType<ImageSummary>().Count(i => i.Tag == "picture" && i.Encoded.Span.SequenceEqual(s_png)));
    }

    [Fact]
    public void An_epoch_that_was_cut_off_has_its_batches_alone()
    {
        Tiny.Learner().Limit(steps: 5).With(new TensorBoard(_folder.Path, everyBatches: 1)).Fit(Tiny.Batches(20), 9);
        var train = Files("train").Single();
        Assert.Equal([2L, 4], Of(train, "loss").Select(s => s.Item1));
        Assert.Equal([1L, 2, 3, 4, 5], Of(train, "batch_loss").Select(s => s.Item1));
    }

    static IEnumerable<(long, float)> Of(EventFile file, string tag) => file.Scalars.Where(s => s.Tag == tag).Select(s => (s.Step, s.Value));

    [Fact]
    public void Of_a_resumed_run_every_step_is_seen_once()
    {
        Fitted<Line> Fit(params ReadOnlySpan<Callback> callbacks) =>
            Tiny.Learner().With(new TensorBoard(_folder.Path, everyBatches: 1), new AutoResume(_folder["resume"])).With(callbacks).Fit(Tiny.Batches(40), 3);
        var killer = new Watcher { BatchEnd = e => { if ((e.Epoch, e.Batch) == (2, 3)) throw new InvalidOperationException("killed"); } };
        Assert.Throws<CallbackException>(() => Fit(killer));
        Fit();
        Dictionary<(string, long), int> seen = [];
        foreach (var file in Files("train"))
            foreach (var e in file.Events)                                  // as TensorBoard does
            {
                if (e.IsStart) foreach (var key in seen.Keys.Where(k => k.Item2 >= e.Step).ToList()) seen.Remove(key);
                foreach (var value in e.Values) seen[(value.Tag, e.Step)] = seen.GetValueOrDefault((value.Tag, e.Step)) + 1;
            }
        Assert.All(seen.Values, count => Assert.Equal(1, count));
        Assert.Equal(Enumerable.Range(1, 12).Select(i => (long)i), seen.Keys.Where(k => k.Item1 == "batch_loss").Select(k => k.Item2).Order());
        Assert.Equal([4L, 8, 12], seen.Keys.Where(k => k.Item1 == "loss").Select(k => k.Item2).Order());
    }

    [Fact]
    public void Histograms_are_those_of_the_parameters_that_are_asked_for()
    {
        Tiny.Learner().With(new TensorBoard(_folder.Path, histograms: true) { HistogramsOf = name => name.EndsWith("bias", StringComparison.Ordinal) }).Fit(Tiny.Batches(20), 1);
        Assert.Equal(["fc/bias", "fc/bias/gradient"], Files("train").Single().Events.SelectMany(e => e.Values).OfType<HistogramSummary>().Select(h => h.Tag));
    }
}
