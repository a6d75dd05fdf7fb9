using System.Diagnostics;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>A loss: from output and target to a number.</summary>
public delegate Tensor Loss(Tensor output, Tensor target);

/// <summary>
/// A model together with all that training needs: loss, optimizer, metrics, callbacks. It does not change: every method gives a new one,
/// except that the model itself learns.
/// </summary>
[DebuggerDisplay("{DebuggerText,nq}")]
public sealed record Learner<TModel> : ITrains<TModel> where TModel : Module
{
    internal Learner(TModel model, Loss loss, Func<TModel, IReadOnlyList<Optimizer>> optimizers, IReadOnlyList<Metric> metrics) =>
        (Model, Loss, Optimizers, Metrics) = (model, loss, optimizers, metrics);

    /// <summary>The model.</summary>
    public TModel Model { get; }

    /// <summary>What training makes small.</summary>
    public Loss Loss { get; }

    /// <summary>Makes the optimizers for the model.</summary>
    public Func<TModel, IReadOnlyList<Optimizer>> Optimizers { get; }

    /// <summary>What is measured besides the loss.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>What is measured in training only.</summary>
    public IReadOnlyList<Metric> TrainMetrics { get; init; } = [];

    /// <summary>What is measured on validation data only.</summary>
    public IReadOnlyList<Metric> ValidMetrics { get; init; } = [];

    /// <summary>What watches runs.</summary>
    public IReadOnlyList<Callback> Callbacks { get; init; } = [];

    /// <summary>Where the model and its batches are.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>How long fits last, and how much of the data they see.</summary>
    public Limits Limits { get; init; } = new();

    internal string DebuggerText =>
        $"{Model.DebuggerText}; measures {Words([.. Metrics, .. TrainMetrics, .. ValidMetrics], m => m.Name)}; callbacks {Words(Callbacks, c => c.GetType().Name)}";

    /// <summary>The model, what is measured, and the callbacks.</summary>
    public override string ToString() => DebuggerText;

    static string Words<T>(IReadOnlyList<T> items, Func<T, string> name) => items.Count == 0 ? "none" : string.Join(", ", items.Select(name));

    /// <summary>What is done with a batch.</summary>
    internal Step Body { get; init; } = StepContext.Standard;

    /// <summary>What is done with a batch to predict.</summary>
    internal Step Predictor { get; init; } = StepContext.Predict;

    /// <summary>What was wrapped around the step by <see cref="Around"/>, from the inside out.</summary>
    internal IReadOnlyList<Func<StepContext, Step, StepResult>> Middleware { get; init; } = [];

    /// <summary>What is done with a batch in any phase, middleware included.</summary>
    internal Step WholeStep => Middleware.Aggregate<Func<StepContext, Step, StepResult>, Step>(
        context => (context.Phase == Phase.Predict ? Predictor : Body)(context), static (inner, middleware) => context => middleware(context, inner));

    /// <summary>A module that the loss consists of: it learns with the model.</summary>
    internal LossModule? LossModule { get; init; }

    /// <summary>The model's outputs for a batch, with what wraps the step left out.</summary>
    internal Func<StepContext, StepResult> Forward => context => Predictor(context);

    Learner<TModel> ITrains<TModel>.Settings => this;

    Fitted<TModel>? ITrains<TModel>.Before => null;

    /// <summary>Adds callbacks. One that is <see cref="Callback.IsSingle"/>, such as a progress bar, takes the place of the one that is there.</summary>
    public Learner<TModel> With(params ReadOnlySpan<Callback> callbacks)
    {
        List<Callback> all = [.. Callbacks];
        foreach (var callback in callbacks)
            if (callback.IsSingle && all.FindIndex(c => c.GetType() == callback.GetType()) is >= 0 and var there) all[there] = callback;
            else all.Add(callback);
        return this with { Callbacks = all };
    }

    /// <summary>Wraps the step: the function gets the context and the step within, and decides what happens before, after or instead of it.</summary>
    public Learner<TModel> Around(Func<StepContext, Step, StepResult> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        return this with { Middleware = [.. Middleware, middleware] };
    }

    /// <summary>
    /// Replaces the step: the function computes output and loss of a batch for training and validation. <see cref="StepContext.Update"/> does what
    /// belongs to training, and just computes the loss in validation. Predictions are made by the model's Forward, unless
    /// <see cref="PredictStep"/> says otherwise.
    /// </summary>
    /// <example><code>
    /// Layer net = new Linear(3, 1);
    /// var learner = net.Setup((y, target) => y.MseLoss(target), p => new Adam(p));
    /// learner = learner.Step((model, context) =>
    /// {
    ///     var output = model.Forward(context.Batch.X);
    ///     var loss = context.Update(() => output.MseLoss(context.Batch.Y) + 0.01 * output.Square().Mean());
    ///     return new(output, loss);
    /// });
    /// </code></example>
    public Learner<TModel> Step(Func<TModel, StepContext, StepResult> step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var model = Model;
        return this with { Body = context => step(model, context) };
    }

    /// <summary>Replaces what Predict does with a batch, by default a Forward of its inputs: for models with several outputs, or another input.</summary>
    /// <example><code>
    /// var learner = new Linear(3, 2).Setup((y, target) => y.MseLoss(target), p => new Adam(p));
    /// learner = learner.PredictStep((model, context) =>
    /// {
    ///     var output = model.Forward(context.Batch.X);
    ///     return new(output[.., 0]) { Outputs = [output[.., 0], output[.., 1].Exp()] };      // a mean and its spread
    /// });
    /// </code></example>
    public Learner<TModel> PredictStep(Func<TModel, StepContext, StepResult> step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var model = Model;
        return this with { Predictor = context => step(model, context) };
    }

    /// <summary>Draws no progress: for many fits one after the other, or output of one's own. Ctrl+C still ends a fit with what was learnt.</summary>
    public Learner<TModel> Quiet() => this with { Callbacks = [.. Callbacks.Where(c => c is not Progress)] };

    /// <summary>Measures more, in one phase only: <c>Measure(Phase.Valid, new Pearson())</c>.</summary>
    public Learner<TModel> Measure(Phase phase, params ReadOnlySpan<Metric> metrics) => phase switch
    {
        Phase.Train => this with { TrainMetrics = [.. TrainMetrics, .. metrics] },
        Phase.Valid => this with { ValidMetrics = [.. ValidMetrics, .. metrics] },
        _ => throw new ArgumentException("Predictions are not measured: there are no targets to compare them with.", nameof(phase)),
    };

    /// <summary>Moves model and batches to a device.</summary>
    public Learner<TModel> On(Device device) => this with { Device = device };

    /// <summary>Limits how long a fit lasts and how much of the data it sees; what is not named stays as it is.</summary>
    /// <param name="minEpochs">How many epochs there are at least, whatever callbacks wish.</param>
    /// <param name="steps">How many training batches there are at most, in all epochs together.</param>
    /// <param name="time">How long a fit lasts at most; the batch in work is finished.</param>
    /// <param name="trainBatches">How many batches a training epoch has at most.</param>
    /// <param name="validBatches">How many batches a validation pass of a fit has at most.</param>
    public Learner<TModel> Limit(int? minEpochs = null, int? steps = null, TimeSpan? time = null, int? trainBatches = null, int? validBatches = null) => this with
    {
        Limits = Limits with
        {
            MinEpochs = minEpochs ?? Limits.MinEpochs, Steps = steps ?? Limits.Steps, Time = time ?? Limits.Time,
            TrainBatches = trainBatches ?? Limits.TrainBatches, ValidBatches = validBatches ?? Limits.ValidBatches,
        },
    };

    /// <summary>
    /// Makes Fit go through everything once with a single batch, callbacks included: whether a program works at all is known in seconds.
    /// </summary>
    public Learner<TModel> DryRun() => this with { Limits = Limits with { DryRun = true } };

    /// <summary>
    /// Makes Fit learn the first batches by heart: the same ones in every epoch, and for validation too. A model that cannot bring their loss near
    /// zero has a mistake.
    /// </summary>
    public Learner<TModel> Overfit(int batches = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batches);
        return this with { Limits = Limits with { Overfit = batches } };
    }

    /// <summary>Makes Fit measure some validation batches before the first epoch, so that a mistake in validation shows at once.</summary>
    public Learner<TModel> SanityCheck(int batches = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batches);
        return this with { Limits = Limits with { SanityCheck = batches } };
    }

    /// <summary>The learner's own callbacks behind those that are always there.</summary>
    internal IReadOnlyList<Callback> AllCallbacks(IReadOnlyList<Metric>? metrics = null) =>
        [new TrainMode(LossModule), new Measure([.. Metrics, .. TrainMetrics], metrics ?? [.. Metrics, .. ValidMetrics]), .. Callbacks];
}
