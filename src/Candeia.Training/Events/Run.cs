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

    /// <summary>Ends the run after the current batch; what was learnt is kept.</summary>
    public void Stop(string reason) => StopReason ??= reason;
}
