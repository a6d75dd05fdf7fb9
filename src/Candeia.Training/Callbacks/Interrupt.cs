using System.Runtime.InteropServices;

namespace Candeia.Training;

/// <summary>
/// Lets Ctrl+C end a fit after the current batch, with all that was learnt; a second Ctrl+C ends the program. Setup adds it.
/// </summary>
public sealed class Interrupt : Callback
{
    PosixSignalRegistration? _registration;

    /// <inheritdoc/>
    public override void On(RunBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Run.Optimizers.Count == 0) return;                 // half a prediction is of no use: there, Ctrl+C does what it always does
        _registration?.Dispose();
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(e.Run, signal));
    }

    /// <inheritdoc/>
    public override void On(RunEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Run.Optimizers.Count == 0) return;
        _registration?.Dispose();
        _registration = null;
    }

    internal static void Stop(Run run, PosixSignalContext signal)
    {
        if (run.StopReason is not null) return;
        signal.Cancel = true;
        run.Stop("interrupted", urgent: true);
    }
}
