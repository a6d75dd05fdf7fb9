using System.Runtime.CompilerServices;
using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>The learning rate as a result of an experiment (<see href="https://arxiv.org/abs/1506.01186">Smith, 2015</see>).</summary>
public static class LearningRateFinder
{
    /// <summary>
    /// Trains for some batches with a learning rate that rises, ends when the loss runs away, and leaves everything as it was: model,
    /// random streams, the position of the loader. New optimizers are used. Callbacks are not told; what wraps the step by
    /// <see cref="Learner{TModel}.Around"/> applies.
    /// </summary>
    /// <param name="learner">What is to be trained.</param>
    /// <param name="train">The training batches, from the first again when they are through.</param>
    /// <param name="from">The first learning rate.</param>
    /// <param name="to">The last.</param>
    /// <param name="steps">How many batches.</param>
    /// <param name="linear">
    /// Whether the learning rate rises by the same amount from batch to batch; by the same factor, unless it is said, so that small rates are looked at as closely as large ones.
    /// </param>
    /// <param name="cancellation">Ends with an <see cref="OperationCanceledException"/>.</param>
    [OverloadResolutionPriority(1)]
    public static LearningRateCurve FindLearningRate<TModel>(
        this Learner<TModel> learner, IEnumerable<IBatch> train, double from = 1e-7, double to = 10, int steps = 100, bool linear = false, CancellationToken cancellation = default)
        where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(from);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        var sweep = new LearningRateSweep(from, to, steps, linear);
        using (new Unchanged(learner.Model, learner.LossModule, train))
            (learner with { Callbacks = [sweep], Metrics = [], TrainMetrics = [], Limits = new() { TrainBatches = learner.Limits.TrainBatches } })
                .Fit(train, epochs: steps, cancellation: cancellation);
        cancellation.ThrowIfCancellationRequested();
        return sweep.Points.Count > 0 ? new(sweep.Points, sweep.Diverged) : throw new InvalidOperationException("There was nothing to learn from: the data has no batches.");
    }

    /// <summary>The same for data that are no batches yet.</summary>
    /// <inheritdoc cref="FindLearningRate{TModel}(Learner{TModel}, IEnumerable{IBatch}, double, double, int, bool, CancellationToken)"/>
    public static LearningRateCurve FindLearningRate<TModel>(
        this Learner<TModel> learner, TrainingData train, double from = 1e-7, double to = 10, int steps = 100, int batchSize = 32, bool linear = false, CancellationToken cancellation = default)
        where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(train);
        using var _ = new Unchanged(null, null, null);                       // the loader draws a seed
        return learner.FindLearningRate(train.Split(null, batchSize, Arrays.Floats(learner.Model)).Train, from, to, steps, linear, cancellation);
    }
}
