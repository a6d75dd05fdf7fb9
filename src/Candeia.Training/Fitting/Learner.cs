using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>A loss: from output and target to a number.</summary>
public delegate Tensor Loss(Tensor output, Tensor target);

/// <summary>A step: computes a batch, and updates the parameters if it is for training.</summary>
public delegate StepResult Step(StepContext context);

/// <summary>What a step has to work with.</summary>
public sealed record StepContext(Run Run, Phase Phase, Batch Batch, Loss Loss)
{
    /// <summary>The model at work.</summary>
    public Layer Model => Run.Model;

    /// <summary>What updates it; only in training.</summary>
    public Optimizer Optimizer => Run.Optimizer ?? throw new InvalidOperationException("There is no optimizer outside of training.");
}

/// <summary>What a step gives back: the output, and the loss where there is one.</summary>
public sealed record StepResult(Tensor Output, Tensor? Loss);

/// <summary>
/// A model together with all that training needs: loss, optimizer, metrics, callbacks. It does not change: every method gives a new one,
/// except that the model itself learns.
/// </summary>
public sealed record Learner<TModel> where TModel : Layer
{
    internal Learner(TModel model, Loss loss, Func<IEnumerable<Tensor>, Optimizer> optimizer, IReadOnlyList<Metric> metrics) =>
        (Model, Loss, Optimizer, Metrics) = (model, loss, optimizer, metrics);

    /// <summary>The model.</summary>
    public TModel Model { get; }

    /// <summary>What training makes small.</summary>
    public Loss Loss { get; }

    /// <summary>Makes the optimizer for the model's parameters.</summary>
    public Func<IEnumerable<Tensor>, Optimizer> Optimizer { get; }

    /// <summary>What is measured besides the loss.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>What watches runs.</summary>
    public IReadOnlyList<Callback> Callbacks { get; init; } = [];

    /// <summary>Where the model and its batches are.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>What is done with a batch.</summary>
    internal Step Step { get; init; } = Steps.Standard;

    /// <summary>Adds callbacks.</summary>
    public Learner<TModel> With(params ReadOnlySpan<Callback> callbacks) => this with { Callbacks = [.. Callbacks, .. callbacks] };

    /// <summary>Wraps the step: the function gets the context and the step within, and decides what happens before, after or instead of it.</summary>
    public Learner<TModel> Around(Func<StepContext, Step, StepResult> middleware)
    {
        var inner = Step;
        return this with { Step = context => middleware(context, inner) };
    }

    /// <summary>Moves model and batches to a device.</summary>
    public Learner<TModel> On(Device device) => this with { Device = device };

    /// <summary>Trains for some epochs. After each, the validation data is measured in evaluation mode and without a graph.</summary>
    /// <param name="train">The training batches; enumerated once per epoch.</param>
    /// <param name="epochs">How often the training data is seen.</param>
    /// <param name="valid">Validation batches.</param>
    /// <param name="cancellation">Stops after the current batch; what was learnt is kept.</param>
    public Fitted<TModel> Fit(IEnumerable<Batch> train, int epochs, IEnumerable<Batch>? valid = null, CancellationToken cancellation = default) =>
        new(this, Loop.Fit(this, train, epochs, valid, cancellation));

    /// <summary>The loss and the metrics on some batches, in evaluation mode and without a graph.</summary>
    public PhaseResult Evaluate(IEnumerable<Batch> data, CancellationToken cancellation = default) => Loop.Evaluate(this, data, cancellation);

    /// <summary>The outputs for all batches, one after the other, in evaluation mode and without a graph.</summary>
    public Tensor Predict(IEnumerable<Batch> data, CancellationToken cancellation = default) => Loop.Predict(this, data, cancellation);
}
