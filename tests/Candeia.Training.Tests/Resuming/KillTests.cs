using Candeia.KillResume;

namespace Candeia.Training.Tests;

/// <summary>Real processes that are killed; eng/kill-resume.sh does it fifty times.</summary>
[Collection(nameof(Alone))]
public sealed class KillTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_killed_process_leaves_nothing_half_and_comes_to_the_same_bits()
    {
        var duration = Killing.Train(_folder["unbroken"]);
        foreach (double part in new[] { 0.4, 0.8 })
        {
            if (Killing.TrainFor(_folder["killed"], part * duration) is null) Killing.LookAt(_folder["killed"]);
        }
        Killing.Train(_folder["killed"]);
        Assert.Equal(Killing.Outcome(_folder["unbroken"]), Killing.Outcome(_folder["killed"]));
        Assert.Empty(Killing.Remains(_folder["killed"]));
    }
}
