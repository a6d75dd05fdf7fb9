using Candeia.NN;

namespace Candeia.Training.Tests;

public sealed class ModelCheckpointTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    string[] Files => [.. Directory.GetFiles(_folder.Path).Select(Path.GetFileName).OfType<string>().Order()];

    /// <summary>Records made-up results, and remembers the weights after each epoch.</summary>
    sealed class Marks(params double[] marks) : Callback
    {
        public List<float[]> Weights { get; } = [];

        public override void On(PhaseEnd e)
        {
            if (e.Phase == Phase.Train) e.Run.Record("mark", marks[e.Epoch - 1]);
        }

        public override void On(EpochEnd e) => Weights.Add(e.Run.Model.Bits());
    }

    static Fitted<Line> Fit(int epochs, params ReadOnlySpan<Callback> callbacks) => Tiny.Learner().With(callbacks).Fit(Tiny.Batches(20), epochs);

    float[] Weights(string file)
    {
        var line = new Line(7);
        line.Load(_folder[file]);
        return line.Bits();
    }

    [Fact]
    public void The_best_few_are_kept_under_their_names()
    {
        var marks = new Marks(5, 2, 4, double.NaN, 1, 3);
        var checkpoint = new ModelCheckpoint(_folder["{epoch:D2}-{train_mark:F1}.safetensors"], "mark", keep: 2, last: _folder["last-{epoch}.safetensors"]);
        List<string> seen = [];
        Fit(6, marks, checkpoint, new Watcher { EpochEnd = _ => seen.Add(string.Join(' ', Files.Select(f => Path.GetFileNameWithoutExtension(f)))) });
        Assert.Equal(["01-5.0 last-1", "01-5.0 02-2.0 last-2", "02-2.0 03-4.0 last-3", "02-2.0 03-4.0 last-4", "02-2.0 05-1.0 last-5", "02-2.0 05-1.0 last-6"], seen);
        Assert.Equal(_folder["05-1.0.safetensors"], checkpoint.BestPath);
        Assert.Equal(marks.Weights[4], Weights("05-1.0.safetensors"));
        Assert.Equal(marks.Weights[1], Weights("02-2.0.safetensors"));
        Assert.Equal(marks.Weights[5], Weights("last-6.safetensors"));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void One_file_holds_the_best(bool higherIsBetter, int best)
    {
        var marks = new Marks(5, 2, 4);
        Fit(3, marks, new ModelCheckpoint(_folder["best.safetensors"], "mark", higherIsBetter));
        Assert.Equal(["best.safetensors"], Files);
        Assert.Equal(marks.Weights[best], Weights("best.safetensors"));
    }

    [Fact]
    public void An_epoch_that_measured_no_number_leaves_the_best_alone()
    {
        var marks = new Marks(0.5, double.NaN, 0.9);
        Fit(3, marks, new ModelCheckpoint(_folder["best.safetensors"], "mark"));
        Assert.Equal(marks.Weights[0], Weights("best.safetensors"));
        var all = new ModelCheckpoint(_folder["{epoch}.safetensors"], "mark", keep: null);
        Fit(3, new Marks(double.NaN, 2, 3), all);
        Assert.Equal(_folder["2.safetensors"], all.BestPath);
    }

    [Theory]
    [InlineData(0.501, 0.502, 0)]
    [InlineData(0.502, 0.501, 1)]
    public void Of_epochs_with_the_same_name_the_better_has_the_file(double first, double second, int better)
    {
        var marks = new Marks(first, second, 0.7, 0.6);
        var checkpoint = new ModelCheckpoint(_folder["{train_mark:F2}.safetensors"], "mark", keep: 2);
        Fit(4, marks, checkpoint);
        Assert.Equal(["0.50.safetensors", "0.60.safetensors"], Files);
        Assert.Equal(marks.Weights[better], Weights("0.50.safetensors"));
        Assert.Equal(_folder["0.50.safetensors"], checkpoint.BestPath);
    }

    [Fact]
    public void All_are_kept_if_wanted_and_one_file_cannot_hold_them()
    {
        Fit(3, new ModelCheckpoint(_folder["{epoch}.safetensors"], keep: null));
        Assert.Equal(["1.safetensors", "2.safetensors", "3.safetensors"], Files);
        Assert.Contains("put {epoch} into its name", Assert.Throws<ArgumentException>(() => new ModelCheckpoint("a.safetensors", keep: 2)).Message, StringComparison.Ordinal);
        var e = Assert.Throws<CallbackException>(() => Fit(1, new ModelCheckpoint(_folder["{f1}.safetensors"])));
        Assert.Contains("has no f1; it has train_loss", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resumed_run_deletes_what_falls_out()
    {
        double[] marks = [5, 2, 4, 1];
        Callback[] Callbacks() => [new Marks(marks), new ModelCheckpoint(_folder["{epoch}.safetensors"], "mark", keep: 2, last: _folder["last-{epoch}.safetensors"]), new AutoResume(_folder["resume"])];
        Fit(2, Callbacks());
        Assert.Equal(["1.safetensors", "2.safetensors", "last-2.safetensors", "resume"], Files);
        File.WriteAllText(_folder[$".4.safetensors.{Guid.NewGuid():N}.tmp"], "left by a killed process");
        Fit(4, Callbacks());
        Assert.Equal(["2.safetensors", "4.safetensors", "last-4.safetensors", "resume"], Files);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_is_saved_that_is_better_by_less_than_was_asked(bool higherIsBetter)
    {
        double sign = higherIsBetter ? -1 : 1;
        Fit(5, new Marks(sign * 5, sign * 4.8, sign * 4, sign * 3.9, sign * 1), new ModelCheckpoint(_folder["{epoch}.safetensors"], "mark", higherIsBetter, keep: 3, minDelta: 0.5));
        Assert.Equal(["1.safetensors", "3.safetensors", "5.safetensors"], Files);
        Assert.Throws<ArgumentException>(() => new ModelCheckpoint("{epoch}.safetensors", keep: null, minDelta: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ModelCheckpoint("a.safetensors", minDelta: double.NaN));
    }
}
