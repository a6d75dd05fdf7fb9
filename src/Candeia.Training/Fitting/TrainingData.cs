using Candeia.Data;

namespace Candeia.Training;

/// <summary>
/// Inputs and targets to train on or to measure with, in any of their forms. Everything that can be one converts to it: a data set, a loader, batches in
/// a list, two tensors, two arrays of any rank.
/// </summary>
/// <example><code>
/// Tensor x = Tensor.Randn([64, 3]), y = x.Sum([1], keepDim: true);
/// var learner = new Linear(3, 1).Setup((output, target) => output.MseLoss(target), p => new Adam(p)).Quiet();
/// var data = new TensorDataset(x, y);
/// learner.Fit(data, epochs: 2);
/// learner.Fit((x, y), epochs: 2);
/// learner.Evaluate(data.Loader(64));
/// </code></example>
public sealed class TrainingData
{
    readonly Func<DType, Dataset<Sample>>? _items;
    readonly IEnumerable<IBatch>? _batches;

    TrainingData(Func<DType, Dataset<Sample>> items) => _items = items;

    TrainingData(IEnumerable<IBatch> batches) => _batches = batches;

    /// <summary>A data set: in batches of the size that Fit is told.</summary>
    public static implicit operator TrainingData(Dataset<Sample> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(_ => data);
    }

    /// <summary>The batches of a loader.</summary>
    /// <exception cref="InvalidOperationException">The batches are of a type that cannot be trained on.</exception>
    public static implicit operator TrainingData(Loader batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return new(batches as IEnumerable<IBatch> ?? batches.Trained());
    }

    /// <summary>Batches in memory.</summary>
    public static implicit operator TrainingData(List<Batch> batches) => Of(batches);

    /// <summary>Batches in memory.</summary>
    public static implicit operator TrainingData(Batch[] batches) => Of(batches);

    /// <summary>Inputs and targets in memory, [n, …] both.</summary>
    public static implicit operator TrainingData((Tensor X, Tensor Y) data)
    {
        var items = new TensorDataset(data.X, data.Y);
        return new(_ => items);
    }

    /// <summary>
    /// Inputs and targets in arrays, whose first dimensions are the samples: <c>double[,]</c> and <c>int[]</c>. Floating-point numbers become the
    /// type that the model computes in.
    /// </summary>
    public static implicit operator TrainingData((Array X, Array Y) data)
    {
        ArgumentNullException.ThrowIfNull(data.X);
        ArgumentNullException.ThrowIfNull(data.Y);
        return new(floats => new TensorDataset(Arrays.ToTensor(data.X, floats), Arrays.ToTensor(data.Y, floats)));
    }

    /// <summary>Any sequence of batches; it is gone through once per epoch.</summary>
    public static TrainingData Of(IEnumerable<IBatch> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return new(batches);
    }

    /// <summary>The items, where they can be told apart; null for batches.</summary>
    internal Dataset<Sample>? Items(DType floats) => _items?.Invoke(floats);

    /// <summary>The batches, in order.</summary>
    internal IEnumerable<IBatch> Batches(int size, DType floats) => _batches ?? _items!(floats).Loader(size);

    /// <summary>Batches for training, in a new random order each epoch unless they are batches already, and for validation.</summary>
    internal (IEnumerable<IBatch> Train, IEnumerable<IBatch>? Valid) Split(Validation? valid, int size, DType floats)
    {
        var items = Items(floats);
        if (valid?.Fraction is { } fraction)
        {
            var (held, rest) = Validation.Hold(items, fraction);
            return (rest.Loader(size, shuffle: true), held.Loader(size));
        }
        return (items?.Loader(size, shuffle: true) ?? _batches!, valid?.Data!.Batches(size, floats));
    }
}
