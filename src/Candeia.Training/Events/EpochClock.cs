using System.Diagnostics;

namespace Candeia.Training;

/// <summary>With which learning rate an epoch has begun, and how long ago.</summary>
internal sealed class EpochClock(double learningRate)
{
    readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>The learning rate of the first batch.</summary>
    public double LearningRate { get; set; } = learningRate;

    /// <summary>The time that an earlier process spent on the epoch.</summary>
    public double SecondsBefore { get; set; }

    /// <summary>The time spent on the epoch.</summary>
    public double Seconds => SecondsBefore + _watch.Elapsed.TotalSeconds;
}
