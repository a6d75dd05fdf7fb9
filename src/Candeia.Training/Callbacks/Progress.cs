using System.Diagnostics;
using System.Globalization;

namespace Candeia.Training;

/// <summary>
/// A bar that moves while batches pass, and a line per epoch; the lines alone where the output is not a terminal. Nothing is wider than the window:
/// the bar becomes shorter, and long lines go on in the next.
/// </summary>
/// <param name="output">Where to write; the console unless told otherwise.</param>
/// <param name="width">Columns of the window that shows the output; null asks the console, and has no bar and lines of any length on another output.</param>
/// <param name="colors">How to paint it; none unless told otherwise.</param>
public sealed class Progress(TextWriter? output = null, int? width = null, ProgressColors? colors = null) : Callback
{
    readonly ProgressColors _colors = colors ?? ProgressColors.None;
    readonly Stopwatch _phase = new(), _drawn = new();
    long _samples;
    int _shown;                 // columns that the bar takes at the moment

    TextWriter Output => output ?? Console.Out;

    // The last column stays empty, since some terminals begin a new line when it is written.
    int? Columns => (width ?? (output is null && !Console.IsOutputRedirected ? Window() : null)) - 1;

    /// <inheritdoc/>
    protected internal override bool IsSingle => true;

    /// <inheritdoc/>
    public override void On(PhaseBegin e)
    {
        _samples = 0;
        _phase.Restart();
        _drawn.Restart();
    }

    /// <inheritdoc/>
    public override void On(BatchEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!e.Run.IsFirst) return;
        _samples += e.Items.Size;
        int? total = e.Phase == Phase.Train ? e.Run.TrainBatches : e.Run.ValidBatches;
        if ((_drawn.ElapsedMilliseconds < 100 && e.Batch != total) || Columns is not { } columns) return;
        _drawn.Restart();
        Show(Bar(e, total).Fit(columns, Output.Encoding, _colors));
    }

    /// <inheritdoc/>
    public override void On(PhaseEnd e) => Erase();

    /// <inheritdoc/>
    public override void On(EpochEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!e.Run.IsFirst) return;
        var result = e.Result;
        string epoch = result.Epoch.ToString(CultureInfo.InvariantCulture).PadLeft(e.Run.Epochs.ToString(CultureInfo.InvariantCulture).Length);
        var line = new ProgressLines(Columns ?? int.MaxValue, _colors);
        line.Add($"Epoch {epoch}/{e.Run.Epochs}", _colors.Strong);
        line.Add("train", result.Train, _colors.Faint);
        if (result.Valid is not null) line.Add("valid", result.Valid, _colors.Faint);
        line.Add(Text($"{result.Seconds:F1} s,"), _colors.Faint, gap: 3);
        line.Add(Text($"{result.Train.SamplesPerSecond:F0}/s"), _colors.Faint);
        Output.WriteLine(line);
    }

    /// <inheritdoc/>
    public override void On(RunEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        Erase();
        if (!e.Run.IsFirst || e.Run.StopReason is not { } reason) return;
        var line = new ProgressLines(Columns ?? int.MaxValue, _colors);
        foreach (string word in $"Stopped: {reason}.".Split(' ')) line.Add(word, _colors.Warning);
        Output.WriteLine(line);
    }

    ProgressBar Bar(BatchEnd e, int? total)
    {
        double seconds = _phase.Elapsed.TotalSeconds;
        double? share = total is > 0 ? Math.Min(1, (double)e.Batch / total.Value) : null;
        string left = share is > 0 and var done ? $"  {Duration(seconds * (1 - done) / done)} left" : "";
        return new(
            e.Phase switch { Phase.Train => $"Epoch {e.Epoch}/{e.Run.Epochs}", Phase.Valid => "Validating", _ => "Predicting" },
            share,
            total is null ? $"{e.Batch}" : $"{e.Batch}/{total}",
            e.Phase == Phase.Predict ? "" : Text($"  loss {e.Run.Loss:G4}"),
            Text($"  {_samples / seconds:F0}/s"),
            left);
    }

    static string Duration(double seconds) => seconds switch
    {
        < 100 => Text($"{seconds:F0} s"),
        < 6000 => Text($"{seconds / 60:F0} min"),
        < 360_000 => Text($"{seconds / 3600:F1} h"),
        _ => Text($"{seconds / 86_400:F0} d"),
    };

    // Blanks cover what the line before had more of.
    void Show((string Text, int Columns) line)
    {
        int more = Math.Max(0, Math.Min(_shown, Columns ?? 0) - line.Columns);
        Output.Write($"\r{line.Text}{new string(' ', more)}");
        Output.Flush();
        _shown = line.Columns;
    }

    void Erase()
    {
        if (_shown == 0) return;
        Output.Write($"\r{new string(' ', Math.Min(_shown, Columns ?? 0))}\r");
        Output.Flush();
        _shown = 0;
    }

    static string Text(FormattableString text) => FormattableString.Invariant(text);

    static int Window()
    {
        try
        {
            return Console.WindowWidth is > 1 and var columns ? columns : 80;
        }
        catch (IOException)
        {
            return 80;          // a terminal that does not tell
        }
    }
}
