using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Candeia.Training;

/// <summary>
/// Measures where the time of a fit goes: waiting for data, computing forward, backward and updates, validation, and everything else that callbacks do.
/// A small table is printed at the end.
/// </summary>
/// <remarks>
/// Forward is the step until gradients are asked for, and backward until they are there; a step of one's own is told apart by
/// <see cref="StepContext.GradientsReady"/>, or counts as forward.
/// </remarks>
/// <param name="output">Where the table goes; the console, if nothing is named.</param>
public sealed class Profile(TextWriter? output = null) : Callback
{
    readonly Dictionary<string, (TimeSpan Time, int Count)> _spent = [];
    Run? _run;
    long _mark;
    bool _ready;
    int _ahead, _waited;

    /// <summary>The time spent on each part so far, and how often.</summary>
    public IReadOnlyDictionary<string, (TimeSpan Time, int Count)> Spent => _spent;

    /// <summary>
    /// How many batches of training the loader's threads have made so far, and how many of these were not there when they were asked for. Where making a batch takes less time than a
    /// step, no more than the first of each epoch is waited for; where it takes more, give the loader more workers.
    /// </summary>
    public (int Made, int WaitedFor) Ahead => (_ahead, _waited);

    /// <inheritdoc/>
    protected internal override int Order => 300;

    /// <inheritdoc/>
    public override void On(RunBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!e.Run.IsFit) return;
        _run = e.Run;
        _spent.Clear();
        (_ahead, _waited) = (0, 0);
        _mark = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc/>
    public override void On(PhaseBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        Lap(e.Run, "other");
    }

    /// <inheritdoc/>
    public override void On(BatchBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        Lap(e.Run, Name(e.Phase, "data"));
        if (e.Run != _run || e.Phase != Phase.Train || e.WasReady is not { } wasReady) return;
        _ahead++;
        if (!wasReady) _waited++;
    }

    /// <inheritdoc/>
    public override StepResult Around(StepContext context, Step step)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(step);
        var run = context.Run;
        Lap(run, "other");
        if (context.Phase != Phase.Train)
        {
            var measured = step(context);
            measured.Loss?.Item();                                          // what waits is computed here, and not where it is read
            Lap(run, Name(context.Phase, "compute"));
            return measured;
        }
        var result = step(context with
        {
            Rule = (c, loss, optimizer) => context.Rule(c, () =>
            {
                if (_ready) Lap(run, "train update");                       // there are several updates, or the optimizer looks more than once
                _ready = false;
                var value = loss();
                value.Item();
                Lap(run, "train forward");
                return value;
            }, optimizer),
        });
        Lap(run, _ready ? "train update" : "train forward");
        _ready = false;
        return result;
    }

    /// <inheritdoc/>
    public override void On(GradientsReady e)
    {
        ArgumentNullException.ThrowIfNull(e);
        Lap(e.Run, "train backward");
        _ready = e.Run == _run;
    }

    /// <inheritdoc/>
    public override void On(BatchEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        Lap(e.Run, "other");
    }

    /// <inheritdoc/>
    public override void On(PhaseEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        Lap(e.Run, "other");
    }

    /// <inheritdoc/>
    public override void On(RunEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Run != _run) return;
        Lap(e.Run, "other");
        _run = null;
        if (e.Run.IsFirst) (output ?? Console.Out).Write(ToString());
    }

    /// <summary>Books the time since the last mark; runs within the one that is measured are part of what their caller does.</summary>
    void Lap(Run run, string part)
    {
        if (run != _run) return;
        long now = Stopwatch.GetTimestamp();
        var (time, count) = _spent.GetValueOrDefault(part);
        _spent[part] = (time + Stopwatch.GetElapsedTime(_mark, now), count + 1);
        _mark = now;
    }

    static string Name(Phase phase, string part) => $"{(phase == Phase.Train ? "train" : "valid")} {part}";

    /// <summary>A line for each part: its time, its share, and the time of a batch; and how many batches were waited for, where threads make them ahead.</summary>
    public override string ToString()
    {
        string[] order = ["train data", "train forward", "train backward", "train update", "valid data", "valid compute", "other"];
        double total = _spent.Values.Sum(s => s.Time.TotalSeconds);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"where the time went",-20} {"seconds",9} {"share",7} {"ms each",9}");
        foreach (string part in order.Where(_spent.ContainsKey))
        {
            var (time, count) = _spent[part];
            string each = part == "other" ? "" : (time.TotalMilliseconds / count).ToString("F3", CultureInfo.InvariantCulture);
            double share = 100 * time.TotalSeconds / total;
            text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{part,-20} {time.TotalSeconds,9:F3} {share,5:F1} % {each,9}").TrimEnd());
        }
        if (_ahead > 0) text.AppendLine(CultureInfo.InvariantCulture, $"waited for {_waited} of {_ahead} batches of training");
        text.AppendLine(CultureInfo.InvariantCulture, $"{"all",-20} {total,9:F3}");
        return text.ToString();
    }
}
