using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

public sealed partial record Learner<TModel>
{
    const int UsualBatch = 32;

    /// <summary>Trains for some epochs. After each, the validation data is measured in evaluation mode and without a graph.</summary>
    /// <param name="train">The training batches; enumerated once per epoch.</param>
    /// <param name="epochs">How often the training data is seen.</param>
    /// <param name="valid">Validation batches.</param>
    /// <param name="cancellation">Stops after the current batch; what was learnt is kept.</param>
    public Fitted<TModel> Fit(IEnumerable<Batch> train, int epochs, IEnumerable<Batch>? valid = null, CancellationToken cancellation = default) =>
        Loop.Fit(this, FitPlan.For(Limits, train, epochs, valid), null, cancellation);

    /// <summary>Trains for some epochs on a data set, in batches and in a new random order each epoch.</summary>
    /// <param name="train">The training data.</param>
    /// <param name="epochs">How often it is seen.</param>
    /// <param name="valid">Validation data, or the part of the training data that is held out for it: <c>0.2</c>.</param>
    /// <param name="batchSize">Samples per batch.</param>
    /// <param name="cancellation">Stops after the current batch; what was learnt is kept.</param>
    public Fitted<TModel> Fit(Dataset<Sample> train, int epochs, Validation? valid = null, int batchSize = UsualBatch, CancellationToken cancellation = default)
    {
        var (batches, held) = Validation.Split(train, valid, batchSize);
        return Fit(batches, epochs, held, cancellation);
    }

    /// <summary>Trains for some epochs on inputs and targets in memory, in batches and in a new random order each epoch.</summary>
    /// <param name="x">Inputs, [n, …].</param>
    /// <param name="y">Targets, [n, …].</param>
    /// <param name="epochs">How often they are seen.</param>
    /// <param name="valid">Validation data, or the part of the training data that is held out for it: <c>0.2</c>.</param>
    /// <param name="batchSize">Samples per batch.</param>
    /// <param name="cancellation">Stops after the current batch; what was learnt is kept.</param>
    public Fitted<TModel> Fit(Tensor x, Tensor y, int epochs, Validation? valid = null, int batchSize = UsualBatch, CancellationToken cancellation = default) =>
        Fit(new TensorDataset(x, y), epochs, valid, batchSize, cancellation);

    /// <summary>Trains for some epochs on arrays: a row of inputs, and a target, per sample.</summary>
    /// <inheritdoc cref="Fit(Tensor, Tensor, int, Validation?, int, CancellationToken)"/>
    public Fitted<TModel> Fit<T>(float[,] x, T[] y, int epochs, Validation? valid = null, int batchSize = UsualBatch, CancellationToken cancellation = default) where T : unmanaged =>
        Fit(Tensor.From(x), Tensor.From(y), epochs, valid, batchSize, cancellation);

    /// <summary>The loss and the metrics on some batches, in evaluation mode and without a graph.</summary>
    /// <param name="data">Inputs and targets.</param>
    /// <param name="metrics">What is measured instead of the learner's own metrics.</param>
    /// <param name="cancellation">Ends with an <see cref="OperationCanceledException"/>.</param>
    public PhaseResult Evaluate(IEnumerable<Batch> data, IReadOnlyList<Metric>? metrics = null, CancellationToken cancellation = default) =>
        Loop.Evaluate(this, data, metrics, cancellation);

    /// <inheritdoc cref="Evaluate(IEnumerable{Batch}, IReadOnlyList{Metric}?, CancellationToken)"/>
    public PhaseResult Evaluate(Dataset<Sample> data, IReadOnlyList<Metric>? metrics = null, int batchSize = UsualBatch, CancellationToken cancellation = default) =>
        Loop.Evaluate(this, data.Loader(batchSize), metrics, cancellation);

    /// <summary>The first outputs for all batches, one after the other, in evaluation mode and without a graph.</summary>
    public Tensor Predict(IEnumerable<Batch> data, CancellationToken cancellation = default) => PredictOutputs(data, cancellation)[0];

    /// <summary>The first outputs for a data set, one after the other, in evaluation mode and without a graph.</summary>
    public Tensor Predict(Dataset<Sample> data, int batchSize = UsualBatch, CancellationToken cancellation = default) => Predict(data.Loader(batchSize), cancellation);

    /// <summary>The first outputs for inputs in memory, [n, …].</summary>
    public Tensor Predict(Tensor x, int batchSize = UsualBatch, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 0) throw new ShapeException("Predict takes inputs side by side, [n, …], not a single number.");
        return Predict(new TensorDataset(x, Tensor.Zeros([x.Shape[0]])).Loader(batchSize, workers: 0), cancellation);
    }

    /// <summary>The first outputs for rows of inputs.</summary>
    public Tensor Predict(float[,] x, int batchSize = UsualBatch, CancellationToken cancellation = default) => Predict(Tensor.From(x), batchSize, cancellation);

    /// <summary>Every output where a <see cref="PredictStep"/> gives several, each for all batches, one after the other.</summary>
    public IReadOnlyList<Tensor> PredictOutputs(IEnumerable<Batch> data, CancellationToken cancellation = default)
    {
        List<Prediction> parts = [.. PredictEach(data, cancellation)];
        if (parts.Count == 0) throw new InvalidOperationException("There was nothing to predict: the data has no batches.");
        return [.. parts[0].Outputs.Select((_, i) => Tensor.Cat(parts.Select(p => p.Outputs[i]).ToArray()))];
    }

    /// <summary>The outputs batch by batch, each computed when it is asked for: for data that would not fit into memory, or never ends.</summary>
    public IEnumerable<Prediction> PredictEach(IEnumerable<Batch> data, CancellationToken cancellation = default) => Loop.Predict(this, data, cancellation);
}
