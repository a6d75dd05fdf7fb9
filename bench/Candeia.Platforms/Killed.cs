using System.Diagnostics;
using Candeia.Training;

namespace Candeia.Platforms;

/// <summary>Ends the process after so many batches of training, as the system would: nothing is caught, closed or written.</summary>
sealed class Killed(int batches) : Callback
{
    int _left = batches;

    public override void On(BatchEnd e)
    {
        if (e.Phase != Phase.Train || --_left > 0) return;
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
