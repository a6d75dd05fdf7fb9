using System.Runtime.ExceptionServices;

namespace Candeia.Training;

/// <summary>The time from a run's begin to its end: callbacks are told of the end in any case, so that they can let go of what they hold.</summary>
internal sealed class Watched : IDisposable
{
    readonly Run _run;
    bool _ended;

    public Watched(Run run)
    {
        _run = run;
        try
        {
            run.Ledger.Notify.Each(new RunBegin(run), static (c, e) => c.On(e));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The run has ended as it should. If callbacks fail on it, the first failure is thrown when all have been told.</summary>
    public void End()
    {
        _ended = true;
        if (_run.Ledger.Notify.EachInAnyCase(new RunEnd(_run), static (c, e) => c.On(e)) is { } failure) ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>The run is being left by an exception, or by one who wants no more predictions; that must not be hidden by another failure.</summary>
    public void Dispose()
    {
        if (_ended) return;
        _ended = true;
        _run.Ledger.Notify.EachInAnyCase(new RunEnd(_run, Failed: true), static (c, e) => c.On(e));
    }
}
