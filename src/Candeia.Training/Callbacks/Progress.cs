using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Candeia.Training;

/// <summary>A live progress bar and a line per epoch; plain lines alone where the output is not a terminal.</summary>
public sealed class Progress(IAnsiConsole? console = null) : Callback
{
    const int Width = 24;
    readonly IAnsiConsole _console = console ?? (Console.IsOutputRedirected ? Plain() : AnsiConsole.Console);
    readonly Stopwatch _phase = new(), _drawn = new();
    long _samples;

    bool IsLive => _console.Profile.Capabilities.Ansi && _console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;

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
        _samples += e.Items.Size;
        int? total = e.Phase == Phase.Train ? e.Run.TrainBatches : e.Run.ValidBatches;
        if (!IsLive || (_drawn.ElapsedMilliseconds < 100 && e.Batch != total)) return;
        _drawn.Restart();
        Draw(e, total);
    }

    /// <inheritdoc/>
    public override void On(PhaseEnd e)
    {
        if (IsLive) _console.Write(new ControlCode("\r\u001b[2K"));
    }

    /// <inheritdoc/>
    public override void On(EpochEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        var result = e.Result;
        int digits = e.Run.Epochs.ToString(CultureInfo.InvariantCulture).Length;
        string valid = result.Valid is null ? "" : $"   [grey]valid[/] {Numbers(result.Valid)}";
        string epoch = result.Epoch.ToString(CultureInfo.InvariantCulture).PadLeft(digits);
        Line(string.Create(CultureInfo.InvariantCulture,
            $"[bold]Epoch {epoch}/{e.Run.Epochs}[/]   [grey]train[/] {Numbers(result.Train)}{valid}   [grey]{result.Seconds:F1} s, {result.Train.SamplesPerSecond:F0}/s[/]"));
    }

    /// <inheritdoc/>
    public override void On(RunEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Run.StopReason is { } reason) _console.MarkupLineInterpolated($"[yellow]Stopped: {reason}.[/]");
    }

    /// <summary>Drawing styled text takes as long as some batches, so it is left to consoles that show it.</summary>
    void Line(string markup)
    {
        if (_console.Profile.Capabilities.Ansi) _console.MarkupLine(markup);
        else _console.Profile.Out.Writer.WriteLine(Markup.Remove(markup));
    }

    /// <summary>Neither colours nor broken lines, whatever the environment says of the terminal.</summary>
    static IAnsiConsole Plain()
    {
        var plain = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        plain.Profile.Width = 1000;
        return plain;
    }

    void Draw(BatchEnd e, int? total)
    {
        double share = total is > 0 ? (double)e.Batch / total.Value : 0;
        int full = (int)(share * Width);
        string bar = $"[#d9822b]{new string('━', full)}[/][grey35]{new string('━', Width - full)}[/]";
        string phase = e.Phase switch { Phase.Train => $"Epoch {e.Epoch}/{e.Run.Epochs}", Phase.Valid => "Validating", _ => "Predicting" };
        string loss = e.Phase == Phase.Predict ? "" : string.Create(CultureInfo.InvariantCulture, $"  loss {e.Run.Loss:G4}");
        double left = share > 0 ? _phase.Elapsed.TotalSeconds * (1 - share) / share : 0;
        string counts = total is null ? $"{e.Batch}" : $"{e.Batch}/{total}";
        _console.Write(new ControlCode("\r\u001b[2K"));
        _console.Markup(string.Create(CultureInfo.InvariantCulture, $"{phase}  {bar}  {counts}{loss}  [grey]{_samples / _phase.Elapsed.TotalSeconds:F0}/s, {left:F0} s left[/]"));
    }

    static string Numbers(PhaseResult result) => Markup.Escape(History.Describe(result));
}
