using System.Runtime.CompilerServices;
using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Fit, Evaluate and Predict. Of a learner, Fit begins with new optimizers, schedules and history, though with the model as it is: fitting twice trains
/// the same model twice. Of a fitted model, Fit goes on where it ended.
/// </summary>
public static class Verbs
{
    const int UsualBatch = 32;

    /// <summary>Trains for some epochs. After each, the validation data is measured in evaluation mode and without a graph.</summary>
    /// <param name="trained">What is trained. The model in it learns; it is not copied.</param>
    /// <param name="train">The training data. Single items come in batches and in a new random order each epoch.</param>
    /// <param name="epochs">How often it is seen.</param>
    /// <param name="valid">Validation data, or the part of the training data that is held out for it: <c>0.2</c>.</param>
    /// <param name="batchSize">Samples per batch, where the data are no batches yet.</param>
    /// <param name="cancellation">Stops after the current batch; what was learnt is kept.</param>
    public static Fitted<TModel> Fit<TModel>(
        this ITrains<TModel> trained, TrainingData train, int epochs, Validation? valid = null, int batchSize = UsualBatch, CancellationToken cancellation = default)
        where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(trained);
        ArgumentNullException.ThrowIfNull(train);
        var (batches, held) = train.Split(valid, batchSize, Floats(trained));
        return trained.Fit(batches, epochs, held, cancellation);
    }

    /// <summary>Trains for some epochs on batches: those of a loader, or of any other sequence, which is gone through once per epoch.</summary>
    /// <inheritdoc cref="Fit{TModel}(ITrains{TModel}, TrainingData, int, Validation?, int, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static Fitted<TModel> Fit<TModel>(
        this ITrains<TModel> trained, IEnumerable<IBatch> train, int epochs, IEnumerable<IBatch>? valid = null, CancellationToken cancellation = default)
        where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(trained);
        return Loop.Fit(trained.Settings, FitPlan.For(trained.Settings.Limits, train, epochs, valid), trained.Before, cancellation);
    }

    /// <summary>Trains for some epochs on inputs and targets in memory, [n, …] both.</summary>
    /// <inheritdoc cref="Fit{TModel}(ITrains{TModel}, TrainingData, int, Validation?, int, CancellationToken)"/>
    public static Fitted<TModel> Fit<TModel>(
        this ITrains<TModel> trained, Tensor x, Tensor y, int epochs, Validation? valid = null, int batchSize = UsualBatch, CancellationToken cancellation = default)
        where TModel : Module => trained.Fit((x, y), epochs, valid, batchSize, cancellation);

    /// <summary>Trains for some epochs on arrays of any rank, whose first dimension is the samples; floating-point numbers become what the model computes in.</summary>
    /// <inheritdoc cref="Fit{TModel}(ITrains{TModel}, TrainingData, int, Validation?, int, CancellationToken)"/>
    public static Fitted<TModel> Fit<TModel>(
        this ITrains<TModel> trained, Array x, Array y, int epochs, Validation? valid = null, int batchSize = UsualBatch, CancellationToken cancellation = default)
        where TModel : Module => trained.Fit((x, y), epochs, valid, batchSize, cancellation);

    /// <summary>The loss and the metrics on some data, in evaluation mode and without a graph.</summary>
    /// <param name="trained">What is measured.</param>
    /// <param name="data">Inputs and targets.</param>
    /// <param name="metrics">What is measured instead of the learner's own metrics.</param>
    /// <param name="batchSize">Samples per batch, where the data are no batches yet.</param>
    /// <param name="cancellation">Ends with an <see cref="OperationCanceledException"/>.</param>
    public static PhaseResult Evaluate<TModel>(
        this ITrains<TModel> trained, TrainingData data, IReadOnlyList<Metric>? metrics = null, int batchSize = UsualBatch, CancellationToken cancellation = default)
        where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(trained);
        ArgumentNullException.ThrowIfNull(data);
        return trained.Evaluate(data.Batches(batchSize, Floats(trained)), metrics, cancellation);
    }

    /// <summary>The loss and the metrics on some batches.</summary>
    /// <inheritdoc cref="Evaluate{TModel}(ITrains{TModel}, TrainingData, IReadOnlyList{Metric}?, int, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static PhaseResult Evaluate<TModel>(
        this ITrains<TModel> trained, IEnumerable<IBatch> data, IReadOnlyList<Metric>? metrics = null, CancellationToken cancellation = default) where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(trained);
        return Loop.Evaluate(trained.Settings, data, metrics, cancellation);
    }

    /// <summary>The loss and the metrics on inputs and targets in memory, [n, …] both.</summary>
    /// <inheritdoc cref="Evaluate{TModel}(ITrains{TModel}, TrainingData, IReadOnlyList{Metric}?, int, CancellationToken)"/>
    public static PhaseResult Evaluate<TModel>(
        this ITrains<TModel> trained, Tensor x, Tensor y, IReadOnlyList<Metric>? metrics = null, int batchSize = UsualBatch, CancellationToken cancellation = default)
        where TModel : Module => trained.Evaluate((x, y), metrics, batchSize, cancellation);

    /// <summary>The loss and the metrics on arrays of any rank, whose first dimension is the samples.</summary>
    /// <inheritdoc cref="Evaluate{TModel}(ITrains{TModel}, TrainingData, IReadOnlyList{Metric}?, int, CancellationToken)"/>
    public static PhaseResult Evaluate<TModel>(
        this ITrains<TModel> trained, Array x, Array y, IReadOnlyList<Metric>? metrics = null, int batchSize = UsualBatch, CancellationToken cancellation = default)
        where TModel : Module => trained.Evaluate((x, y), metrics, batchSize, cancellation);

    /// <summary>
    /// The first outputs for all items, one after the other, in evaluation mode and without a graph. Several threads may predict with one model at
    /// once, also with one that is in training mode; none may train it meanwhile.
    /// </summary>
    /// <param name="trained">What predicts.</param>
    /// <param name="data">The inputs; targets in it are not used.</param>
    /// <param name="batchSize">Samples per batch, where the data are no batches yet.</param>
    /// <param name="cancellation">Ends with an <see cref="OperationCanceledException"/>.</param>
    public static Tensor Predict<TModel>(this ITrains<TModel> trained, TrainingData data, int batchSize = UsualBatch, CancellationToken cancellation = default)
        where TModel : Module => trained.PredictOutputs(data, batchSize, cancellation)[0];

    /// <summary>The first outputs for all batches, one after the other.</summary>
    /// <inheritdoc cref="Predict{TModel}(ITrains{TModel}, TrainingData, int, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static Tensor Predict<TModel>(this ITrains<TModel> trained, IEnumerable<IBatch> data, CancellationToken cancellation = default) where TModel : Module =>
        trained.PredictOutputs(data, cancellation)[0];

    /// <summary>The first outputs for inputs in memory, [n, …].</summary>
    /// <inheritdoc cref="Predict{TModel}(ITrains{TModel}, TrainingData, int, CancellationToken)"/>
    public static Tensor Predict<TModel>(this ITrains<TModel> trained, Tensor x, int batchSize = UsualBatch, CancellationToken cancellation = default)
        where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 0) throw new ShapeException("Predict takes inputs side by side, [n, …], not a single number.");
        return trained.Predict(new TensorDataset(x, Tensor.Zeros([x.Shape[0]])).Loader(batchSize, workers: 0, seed: 0), cancellation);
    }

    /// <summary>The first outputs for an array of any rank, whose first dimension is the samples.</summary>
    /// <inheritdoc cref="Predict{TModel}(ITrains{TModel}, TrainingData, int, CancellationToken)"/>
    public static Tensor Predict<TModel>(this ITrains<TModel> trained, Array x, int batchSize = UsualBatch, CancellationToken cancellation = default)
        where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(trained);
        ArgumentNullException.ThrowIfNull(x);
        return trained.Predict(Arrays.ToTensor(x, Floats(trained)), batchSize, cancellation);
    }

    /// <summary>Every output where a model, or <see cref="Learner{TModel}.PredictStep"/>, gives several, each for all items, one after the other.</summary>
    /// <inheritdoc cref="Predict{TModel}(ITrains{TModel}, TrainingData, int, CancellationToken)"/>
    public static IReadOnlyList<Tensor> PredictOutputs<TModel>(
        this ITrains<TModel> trained, TrainingData data, int batchSize = UsualBatch, CancellationToken cancellation = default) where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(trained);
        ArgumentNullException.ThrowIfNull(data);
        return trained.PredictOutputs(data.Batches(batchSize, Floats(trained)), cancellation);
    }

    /// <summary>Every output for all batches, one after the other.</summary>
    /// <inheritdoc cref="Predict{TModel}(ITrains{TModel}, TrainingData, int, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static IReadOnlyList<Tensor> PredictOutputs<TModel>(this ITrains<TModel> trained, IEnumerable<IBatch> data, CancellationToken cancellation = default)
        where TModel : Module
    {
        List<Prediction> parts = [.. trained.PredictEach(data, cancellation)];
        if (parts.Count == 0) throw new InvalidOperationException("There was nothing to predict: the data has no batches.");
        return [.. parts[0].Outputs.Select((_, i) => Tensor.Cat(parts.Select(p => p.Outputs[i]).ToArray()))];
    }

    /// <summary>The outputs batch by batch, each computed when it is asked for: for data that would not fit into memory, or never ends.</summary>
    /// <param name="trained">What predicts.</param>
    /// <param name="data">The inputs; targets in it are not used.</param>
    /// <param name="cancellation">Ends with an <see cref="OperationCanceledException"/>.</param>
    public static IEnumerable<Prediction> PredictEach<TModel>(this ITrains<TModel> trained, IEnumerable<IBatch> data, CancellationToken cancellation = default)
        where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(trained);
        ArgumentNullException.ThrowIfNull(data);
        return Loop.Predict(trained.Settings, data, cancellation);
    }

    static DType Floats<TModel>(ITrains<TModel> trained) where TModel : Module => Arrays.Floats(trained.Settings.Model);
}
