using System.Diagnostics;
using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>A call of Fit, Evaluate or Predict while it runs: what callbacks see of it, and how they stop it.</summary>
public sealed class Run
{
    internal Run(Layer model, Optimizer? optimizer, int epochs, int? trainBatches, int? validBatches) =>
        (Model, Optimizer, Epochs, TrainBatches, ValidBatches) = (model, optimizer, epochs, trainBatches, validBatches);

    /// <summary>The model at work.</summary>
    public Layer Model { get; }

    /// <summary>What updates it; none outside of training.</summary>
    public Optimizer? Optimizer { get; }

    /// <summary>How many epochs were asked for.</summary>
    public int Epochs { get; }

    /// <summary>Batches in a training epoch, where the source knows.</summary>
    public int? TrainBatches { get; }

    /// <summary>Batches in a validation or prediction pass, where the source knows.</summary>
    public int? ValidBatches { get; }

    /// <summary>The losses and metrics of the epochs so far.</summary>
    public History History { get; internal set; } = History.Empty;

    /// <summary>Why the run ends early, once it has been stopped.</summary>
    public string? StopReason { get; private set; }

    /// <summary>Whether it was the cancellation that stopped the run: what it has left to do can be done another time.</summary>
    internal bool IsCancelled { get; private set; }

    /// <summary>Where the data come from; only in training.</summary>
    internal (IEnumerable<Batch> Train, IEnumerable<Batch>? Valid) Sources { get; set; } = ([], null);

    /// <summary>All that watches the run.</summary>
    internal IReadOnlyList<Callback> Callbacks { get; set; } = [];

    /// <summary>The epoch to begin with; later than the first where a run is resumed.</summary>
    internal int FirstEpoch { get; set; } = 1;

    /// <summary>The learning rate at the beginning of the epoch, the time since, and the time that an earlier process spent on it.</summary>
    internal (double LearningRate, Stopwatch Watch, double Seconds) EpochBegan { get; set; }

    /// <summary>Whether the last epoch came to its end before anything stopped it.</summary>
    internal bool IsEpochWhole { get; set; }

    /// <summary>The counts of the present pass.</summary>
    internal Tally? Tally { get; set; }

    internal void Cancel()
    {
        if (StopReason is null) IsCancelled = true;
        Stop("cancelled");
    }

    /// <summary>Ends the run after the current batch; what was learnt is kept.</summary>
    public void Stop(string reason) => StopReason ??= reason;
}
