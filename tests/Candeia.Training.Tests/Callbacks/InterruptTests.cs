using System.Runtime.InteropServices;

namespace Candeia.Training.Tests;

public class InterruptTests
{
    [Fact]
    public void The_first_signal_ends_the_fit_after_the_batch_and_the_second_the_program()
    {
        PosixSignalContext first = new(PosixSignal.SIGINT), second = new(PosixSignal.SIGINT);
        int batches = 0;
        var learner = Tiny.Learner().Limit(minEpochs: 9).With(new Interrupt(), new Watcher
        {
            BatchEnd = e =>
            {
                if (++batches != 3) return;
                Interrupt.Stop(e.Run, first);
                Interrupt.Stop(e.Run, second);
            },
        });
        float[] before = learner.Model.Bits();
        var fitted = learner.Fit(Tiny.Batches(20), epochs: 9);
        Assert.Equal((3, "interrupted"), (batches, fitted.History.StopReason));
        Assert.Equal((true, false), (first.Cancel, second.Cancel));
        Assert.NotEqual(before, fitted.Model.Bits());
    }
}
