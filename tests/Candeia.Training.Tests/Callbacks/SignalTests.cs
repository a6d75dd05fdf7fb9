using System.Diagnostics;

namespace Candeia.Training.Tests;

/// <summary>Real signals to this process.</summary>
[Collection(nameof(Alone))]
public class SignalTests
{
    [SkippableTheory]
    [InlineData("INT")]                      // Ctrl+C
    [InlineData("TERM")]
    public void A_signal_ends_the_fit_after_the_batch_and_not_the_program(string signal)
    {
        Skip.If(OperatingSystem.IsWindows(), "There is no kill to send signals with.");
        int batches = 0;
        var fitted = Tiny.Learner().With(new Interrupt(), new Watcher
        {
            BatchEnd = e =>
            {
                if (++batches != 3) return;
                using var kill = Process.Start("kill", ["-s", signal, $"{Environment.ProcessId}"]);
                kill.WaitForExit();
                Assert.True(SpinWait.SpinUntil(() => e.Run.StopReason is not null, TimeSpan.FromSeconds(20)), "The signal did not arrive.");
            },
        }).Fit(Tiny.Batches(40), epochs: 9);
        Assert.Equal((3, "interrupted"), (batches, fitted.History.StopReason));
    }
}
