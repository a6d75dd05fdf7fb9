using System.Text.RegularExpressions;
using Candeia.Data;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Charts.Tests;

public class DashboardTests
{
    sealed class Net : Layer
    {
        readonly Linear fc = new(2, 1, generator: new Generator(1));

        public override Tensor Forward(Tensor x) => x.Apply(fc);
    }

    static readonly Batch[] s_batches = [.. Enumerable.Range(0, 8).Select(_ => new Batch(Tensor.Ones([4, 2]), Tensor.Ones([4, 1])))];

    static (string Written, Fitted<Net> Fitted) Run((int, int)? size, int epochs = 3)
    {
        using var output = new StringWriter();
        var learner = new Net().Setup((y, t) => y.MseLoss(t), p => new SGD(p, 0.05), new MeanAbsoluteError()) with { Callbacks = [new Dashboard(output, () => size)] };
        var fitted = learner.Fit(s_batches, epochs, s_batches);
        return (output.ToString(), fitted);
    }

    [Fact]
    public void The_screen_shows_the_epoch_the_curves_and_the_last_results()
    {
        var (written, fitted) = Run((70, 24));
        string[] screen = Screen(written);
        Assert.Contains("Net  epoch 3/3  ━━━━━━━━━━━━━━━━━━━━  complete", screen[0], StringComparison.Ordinal);
        Assert.Contains(screen, line => line.TrimEnd().EndsWith("train", StringComparison.Ordinal));
        Assert.Contains(screen, line => line.TrimEnd().EndsWith("valid", StringComparison.Ordinal));
        Assert.StartsWith($"train  loss {fitted.History.Epochs[^1].Train.Loss.ToString("G4", System.Globalization.CultureInfo.InvariantCulture)[..4]}", screen[^2], StringComparison.Ordinal);
        Assert.StartsWith("valid  loss ", screen[^1], StringComparison.Ordinal);
        Assert.All(screen, line => Assert.InRange(line.Length, 0, 70));
        Assert.InRange(screen.Length, 10, 23);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_a_terminal_or_on_a_tiny_one_nothing_is_drawn(bool tiny) => Assert.Equal("", Run(tiny ? (20, 5) : null).Written);

    [Fact]
    public void It_takes_the_place_of_the_progress_bar()
    {
        var learner = new Net().Setup((y, t) => y.MseLoss(t), p => new SGD(p, 0.05)).With(new NanWatch()).Dashboard();
        Assert.Equal(["Interrupt", "NanWatch", "Dashboard"], learner.Callbacks.Select(c => c.GetType().Name));
    }

    [Fact]
    public void A_long_run_keeps_few_points()
    {
        var curve = new LossCurve();
        Batch[] many = [.. Enumerable.Repeat(s_batches[0], 2000)];
        (new Net().Setup((y, t) => y.MseLoss(t), p => new SGD(p, 0.05)) with { Callbacks = [new Feeder(curve)] }).Fit(many, 2);
        var train = curve.Chart().Series[0];
        Assert.InRange(train.X.Count, 200, 600);
        Assert.Equal(train.X.Order(), train.X);
        Assert.InRange(train.X[^1], 1.98, 2);
    }

    sealed class Feeder(LossCurve curve) : Callback
    {
        public override void On(BatchEnd e) => curve.Add(e);
    }

    /// <summary>What a terminal shows after these frames: it knows how to go up, to the start of the line, and to clear the rest.</summary>
    static string[] Screen(string written)
    {
        List<string> lines = [""];
        int row = 0;
        foreach (string part in Regex.Split(written, @"(\e\[\d*[AKJ]|\r|\n)"))
        {
            if (part == "\n") { if (++row == lines.Count) lines.Add(""); }
            else if (part.EndsWith('A') && part.StartsWith('\e')) row -= int.Parse(part[2..^1], System.Globalization.CultureInfo.InvariantCulture);
            else if (part == "\e[J") lines.RemoveRange(row + 1, lines.Count - row - 1);
            else if (part is "\r" or "\e[K" or "") continue;
            else lines[row] = part;
        }
        Assert.Equal("", lines[^1]);
        return [.. lines[..^1]];
    }
}
