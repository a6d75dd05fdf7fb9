using System.Diagnostics;
using System.Globalization;

namespace Candeia.Training;

/// <summary>Ends a fit after a number of training batches or some time.</summary>
internal sealed class StopAfter(int? steps, TimeSpan? time) : Callback
{
    readonly Stopwatch _watch = Stopwatch.StartNew();
    int _first;

    public override void On(RunBegin e) => _first = e.Run.Step;

    public override void On(BatchEnd e)
    {
        if (e.Phase == Phase.Train) Look(e.Run);
        if (_watch.Elapsed >= time) e.Run.Ask(new(string.Create(CultureInfo.InvariantCulture, $"after {time:g}"), IsCancelled: false));
    }

    /// <summary>Ends a run that has all its steps behind it; a resumed one may begin there.</summary>
    public void Look(Run run)
    {
        if (run.Step - _first >= steps) run.Pause(string.Create(CultureInfo.InvariantCulture, $"after {steps} steps"));
    }
}
