using System.Diagnostics;
using System.Text;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Charts;

/// <summary>
/// A training on the terminal while it runs: how far it is, the loss batch by batch and on the validation data, and the last results. Where the output
/// is not a terminal, a line per epoch.
/// </summary>
public sealed class Dashboard : Callback
{
    readonly TextWriter _output;
    readonly Func<(int Width, int Height)?> _size;
    readonly Progress _plain = new();
    readonly LossCurve _curve = new();
    readonly Stopwatch _watch = new();
    long _drawn;
    int _rows;

    /// <summary>Draws on the console.</summary>
    public Dashboard() : this(Console.Out, () => Console.IsOutputRedirected ? null : (Console.WindowWidth - 1, Console.WindowHeight - 1)) { }

    internal Dashboard(TextWriter output, Func<(int Width, int Height)?> size) => (_output, _size) = (output, size);

    /// <inheritdoc/>
    public override void On(RunBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        _curve.Begin(e.Run);
        _watch.Restart();
        (_rows, _drawn) = (0, 0);
    }

    /// <inheritdoc/>
    public override void On(PhaseBegin e) => _plain.On(e);

    /// <inheritdoc/>
    public override void On(BatchEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        _curve.Add(e);
        if (!IsLive(e.Run)) _plain.On(e);
        else if (Environment.TickCount64 - _drawn >= 200) Draw(e.Run, e);
    }

    /// <inheritdoc/>
    public override void On(PhaseEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!IsLive(e.Run)) _plain.On(e);
    }

    /// <inheritdoc/>
    public override void On(EpochEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        _curve.Add(e.Result);
        if (IsLive(e.Run)) Draw(e.Run, null);
        else _plain.On(e);
    }

    /// <inheritdoc/>
    public override void On(RunEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (IsLive(e.Run)) Draw(e.Run, null);
        _plain.On(e);
    }

    bool IsLive(Run run) => run.Optimizer is not null && _size() is { Width: >= 30, Height: >= 14 };

    void Draw(Run run, BatchEnd? at)
    {
        if (_size() is not var (width, height)) return;
        string[] lines = [Head(run, at, width), .. _curve.Chart().ToText(width, Math.Clamp(height - 4, 8, 18), Terminal.HasColor).TrimEnd('\n').Split('\n'), .. Results(run, width)];
        var frame = new StringBuilder();
        if (_rows > 0) frame.Append('\e').Append('[').Append(_rows).Append('A');
        foreach (string line in lines) frame.Append('\r').Append(line).Append("\e[K\n");
        frame.Append("\e[J");
        _output.Write(frame);
        _output.Flush();
        (_rows, _drawn) = (lines.Length, Environment.TickCount64);
    }

    string Head(Run run, BatchEnd? at, int width)
    {
        int? batches = at?.Phase == Phase.Valid ? run.ValidBatches : run.TrainBatches;
        double share = at is null ? 1 : batches is > 0 ? Math.Min(1, (double)at.Batch / batches.Value) : 0;
        int full = (int)Math.Round(share * 20);
        string what = at?.Phase == Phase.Valid ? "validating" : at is null ? "complete" : $"batch {at.Batch}{(batches is null ? "" : $"/{batches}")}";
        double done = at is null || at.Phase == Phase.Valid ? run.History.Epochs.Count : run.Epoch - 1 + share;
        string left = done > 0 && done < run.Epochs ? $", about {Numbers.Duration(_watch.Elapsed * ((run.Epochs - done) / done))} left" : "";
        string bar = new string('━', full) + new string('┄', 20 - full);
        return Terminal.Cut($"{run.Model.GetType().Name}  epoch {run.Epoch}/{run.Epochs}  {bar}  {what}  {Numbers.Duration(_watch.Elapsed)}{left}", width);
    }

    static IEnumerable<string> Results(Run run, int width)
    {
        if (run.History.Epochs is not [.., var last]) yield break;
        yield return Terminal.Cut($"train  {Describe(last.Train)}", width);
        if (last.Valid is null) yield break;
        string best = run.History.Best is { } b && b.Epoch != last.Epoch ? $"   best: epoch {b.Epoch}, {Numbers.Significant(b.Valid?.Loss ?? b.Train.Loss)}" : "";
        yield return Terminal.Cut($"valid  {Describe(last.Valid)}{best}", width);
    }

    static string Describe(PhaseResult result) =>
        string.Join("  ", result.Metrics.Prepend(new("loss", result.Loss)).Where(m => double.IsFinite(m.Value)).Select(m => $"{m.Key} {Numbers.Significant(m.Value, 4)}"));
}

/// <summary>Dashboards for learners.</summary>
public static class Dashboards
{
    /// <summary>Shows a <see cref="Dashboard"/> in place of the progress bar.</summary>
    public static Learner<TModel> Dashboard<TModel>(this Learner<TModel> learner) where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(learner);
        return learner with { Callbacks = [.. learner.Callbacks.Where(c => c is not Progress), new Dashboard()] };
    }
}
