using System.Runtime.InteropServices;

namespace Candeia.Training;

/// <summary>
/// Lets Ctrl+C, and the request of the system to end (SIGTERM), stop a fit after the current batch, with all that was learnt; the second one ends the
/// program. Setup adds it.
/// </summary>
public sealed class Interrupt : Callback
{
    PosixSignalRegistration[] _registrations = [];

    /// <inheritdoc/>
    protected internal override bool IsSingle => true;

    /// <inheritdoc/>
    public override void On(RunBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!e.Run.IsFit) return;                 // half a prediction is of no use: there, Ctrl+C does what it always does
        Release();
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(s => PosixSignalRegistration.Create(s, signal => Stop(e.Run, signal)))];
    }

    /// <inheritdoc/>
    public override void On(RunEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Run.IsFit) Release();
    }

    void Release()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _registrations = [];
    }

    internal static void Stop(Run run, PosixSignalContext signal)
    {
        if (run.StopReason is not null) return;
        signal.Cancel = true;
        run.Stop("interrupted", urgent: true);
    }
}
