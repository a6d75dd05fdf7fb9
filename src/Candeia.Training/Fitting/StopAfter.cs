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
        if (e.Phase == Phase.Train && e.Run.Step - _first >= steps) e.Run.Finish(string.Create(CultureInfo.InvariantCulture, $"after {steps} steps"));
        if (_watch.Elapsed >= time) e.Run.Finish(string.Create(CultureInfo.InvariantCulture, $"after {time:g}"));
    }
}
