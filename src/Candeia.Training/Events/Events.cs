using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>A run is about to begin.</summary>
public sealed record RunBegin(Run Run);

/// <summary>An epoch, counted from 1, is about to begin.</summary>
public sealed record EpochBegin(Run Run, int Epoch);

/// <summary>A pass over training, validation or prediction data is about to begin.</summary>
public sealed record PhaseBegin(Run Run, Phase Phase, int Epoch);

/// <summary>A batch is about to be computed.</summary>
/// <param name="Run">The run.</param>
/// <param name="Phase">What the batch is for.</param>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Batch">Counted from 1.</param>
/// <param name="Items">What it consists of.</param>
public sealed record BatchBegin(Run Run, Phase Phase, int Epoch, int Batch, IBatch Items)
{
    /// <summary>The batch as inputs and targets.</summary>
    /// <exception cref="InvalidOperationException">The data give batches of another type, which <see cref="Items"/> has.</exception>
    public Batch Data => Items.As<Batch>();

    /// <summary>Whether the batch had been there when it was asked for; false where it was waited for, null where nobody makes batches ahead.</summary>
    public bool? WasReady { get; init; }
}

/// <summary>All gradients for an update are there, and the optimizer has not used them yet: they may be limited or looked at.</summary>
/// <param name="Run">The run.</param>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Batch">Counted from 1.</param>
/// <param name="Optimizer">Whose parameters have them.</param>
public sealed record GradientsReady(Run Run, int Epoch, int Batch, Optimizer Optimizer);

/// <summary>A batch has been computed, and the parameters updated if it was for training.</summary>
/// <param name="Run">The run.</param>
/// <param name="Phase">What the batch was for.</param>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Batch">Counted from 1.</param>
/// <param name="Items">What it consists of.</param>
/// <param name="Result">What the step has given back.</param>
public sealed record BatchEnd(Run Run, Phase Phase, int Epoch, int Batch, IBatch Items, StepResult Result)
{
    readonly Tensor? _loss = Result.Loss is { } loss && loss.Device != Device.Cpu ? loss.Detach().Keep() : null;

    /// <summary>The batch as inputs and targets.</summary>
    /// <exception cref="InvalidOperationException">The data give batches of another type, which <see cref="Items"/> has.</exception>
    public Batch Data => Items.As<Batch>();

    /// <summary>What the model made of the inputs: its first or only output.</summary>
    public Tensor Output => Result.Output;

    /// <summary>
    /// The loss of the batch; not a number where none is computed. Reading it waits for the device that computes it, so ask only for what is shown or
    /// decided on; <see cref="Training.Run.Loss"/> is the mean of the pass.
    /// </summary>
    public double Loss
    {
        get => double.IsNaN(field) && _loss is not null ? field = _loss.Item() : field;
    } = Result.Loss is { } known && known.Device == Device.Cpu ? known.Item() : double.NaN;
}

/// <summary>A pass over data has ended. Callbacks may still add numbers to its result by <see cref="Training.Run.Record(string, double, double, object?)"/>.</summary>
public sealed record PhaseEnd(Run Run, Phase Phase, int Epoch, PhaseResult? Result);

/// <summary>An epoch has ended, or was cut off.</summary>
/// <param name="Run">The run.</param>
/// <param name="Result">What it has brought.</param>
/// <param name="IsWhole">
/// Whether training and validation went over all of their data. The numbers of an epoch that was cut off, because the run was stopped, cannot be
/// compared with those of others, and there may be none of validation.
/// </param>
public sealed record EpochEnd(Run Run, EpochResult Result, bool IsWhole);

/// <summary>A run has ended: by itself, because it was stopped, or because something failed.</summary>
public sealed record RunEnd(Run Run, bool Failed = false);
