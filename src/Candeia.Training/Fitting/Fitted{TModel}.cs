using System.Diagnostics;
using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>A model that has been trained, and how that went.</summary>
[DebuggerDisplay("{DebuggerText,nq}")]
public sealed class Fitted<TModel> where TModel : Layer
{
    internal Fitted(Learner<TModel> learner, History history, IReadOnlyList<Optimizer>? optimizers = null, int steps = 0) =>
        (Learner, History, Optimizers, Steps) = (learner, history, optimizers, steps);

    /// <summary>The settings of the training. Fitting them again starts with new optimizers and a new history.</summary>
    public Learner<TModel> Learner { get; }

    /// <summary>The trained model.</summary>
    public TModel Model => Learner.Model;

    /// <summary>Losses and metrics per epoch.</summary>
    public History History { get; }

    internal string DebuggerText => $"{typeof(TModel).Name}, {History.DebuggerText}";

    /// <summary>The optimizers with what they remember, where there was training in this process.</summary>
    internal IReadOnlyList<Optimizer>? Optimizers { get; }

    /// <summary>How many training batches there were.</summary>
    internal int Steps { get; }

    /// <summary>
    /// Goes on with the training for more epochs: optimizers, schedules and history go on where they ended. <see cref="With"/> adds
    /// callbacks for it.
    /// </summary>
    /// <param name="train">The training batches; enumerated once per epoch.</param>
    /// <param name="epochs">How many more epochs.</param>
    /// <param name="valid">Validation batches.</param>
    /// <param name="cancellation">Stops after the current batch; what was learnt is kept.</param>
    public Fitted<TModel> Fit(IEnumerable<Batch> train, int epochs, IEnumerable<Batch>? valid = null, CancellationToken cancellation = default) =>
        Loop.Fit(Learner, FitPlan.For(Learner.Limits, train, epochs, valid), this, cancellation);

    /// <summary>Goes on with the training on a data set.</summary>
    /// <param name="train">The training data.</param>
    /// <param name="epochs">How many more epochs.</param>
    /// <param name="valid">Validation data, or the part of the training data that is held out for it: <c>0.2</c>.</param>
    /// <param name="batchSize">Samples per batch.</param>
    /// <param name="cancellation">Stops after the current batch; what was learnt is kept.</param>
    public Fitted<TModel> Fit(Dataset<Sample> train, int epochs, Validation? valid = null, int batchSize = 32, CancellationToken cancellation = default)
    {
        var (batches, held) = Validation.Split(train, valid, batchSize);
        return Fit(batches, epochs, held, cancellation);
    }

    /// <summary>Goes on with the training on inputs and targets in memory.</summary>
    /// <param name="x">Inputs, [n, …].</param>
    /// <param name="y">Targets, [n, …].</param>
    /// <param name="epochs">How many more epochs.</param>
    /// <param name="valid">Validation data, or the part of the training data that is held out for it: <c>0.2</c>.</param>
    /// <param name="batchSize">Samples per batch.</param>
    /// <param name="cancellation">Stops after the current batch; what was learnt is kept.</param>
    public Fitted<TModel> Fit(Tensor x, Tensor y, int epochs, Validation? valid = null, int batchSize = 32, CancellationToken cancellation = default) =>
        Fit(new TensorDataset(x, y), epochs, valid, batchSize, cancellation);

    /// <summary>Goes on with the training on arrays: a row of inputs, and a target, per sample.</summary>
    /// <inheritdoc cref="Fit(Tensor, Tensor, int, Validation?, int, CancellationToken)"/>
    public Fitted<TModel> Fit<T>(float[,] x, T[] y, int epochs, Validation? valid = null, int batchSize = 32, CancellationToken cancellation = default) where T : unmanaged =>
        Fit(Tensor.From(x), Tensor.From(y), epochs, valid, batchSize, cancellation);

    /// <summary>Adds callbacks for what follows; optimizers and history stay.</summary>
    public Fitted<TModel> With(params ReadOnlySpan<Callback> callbacks) => new(Learner.With(callbacks), History, Optimizers, Steps);

    /// <summary>The loss and the metrics on other data, in evaluation mode and without a graph.</summary>
    /// <param name="data">Inputs and targets.</param>
    /// <param name="metrics">What is measured instead of the learner's own metrics.</param>
    /// <param name="cancellation">Ends with an <see cref="OperationCanceledException"/>.</param>
    public PhaseResult Evaluate(IEnumerable<Batch> data, IReadOnlyList<Metric>? metrics = null, CancellationToken cancellation = default) =>
        Learner.Evaluate(data, metrics, cancellation);

    /// <inheritdoc cref="Evaluate(IEnumerable{Batch}, IReadOnlyList{Metric}?, CancellationToken)"/>
    public PhaseResult Evaluate(Dataset<Sample> data, IReadOnlyList<Metric>? metrics = null, int batchSize = 32, CancellationToken cancellation = default) =>
        Learner.Evaluate(data, metrics, batchSize, cancellation);

    /// <summary>The first outputs for other data, one after the other.</summary>
    public Tensor Predict(IEnumerable<Batch> data, CancellationToken cancellation = default) => Learner.Predict(data, cancellation);

    /// <summary>The first outputs for a data set, one after the other.</summary>
    public Tensor Predict(Dataset<Sample> data, int batchSize = 32, CancellationToken cancellation = default) => Learner.Predict(data, batchSize, cancellation);

    /// <summary>The first outputs for inputs in memory, [n, …].</summary>
    public Tensor Predict(Tensor x, int batchSize = 32, CancellationToken cancellation = default) => Learner.Predict(x, batchSize, cancellation);

    /// <summary>The first outputs for rows of inputs.</summary>
    public Tensor Predict(float[,] x, int batchSize = 32, CancellationToken cancellation = default) => Learner.Predict(x, batchSize, cancellation);

    /// <summary>Every output where a <see cref="Learner{TModel}.PredictStep"/> gives several, each for all batches, one after the other.</summary>
    public IReadOnlyList<Tensor> PredictOutputs(IEnumerable<Batch> data, CancellationToken cancellation = default) => Learner.PredictOutputs(data, cancellation);

    /// <summary>The outputs batch by batch, each computed when it is asked for.</summary>
    public IEnumerable<Prediction> PredictEach(IEnumerable<Batch> data, CancellationToken cancellation = default) => Learner.PredictEach(data, cancellation);

    /// <summary>The history as a table.</summary>
    public override string ToString() => $"{typeof(TModel).Name}, {History.Epochs.Count} epochs\n{History}";
}
