using System.Globalization;
using Candeia.Data;

namespace Candeia.Training;

/// <summary>What a fit is validated with: other data, or a part of the training data. Everything that can be one converts to it.</summary>
/// <example><code>
/// learner.Fit(data, epochs: 10, valid: 0.2);
/// learner.Fit(data, epochs: 10, valid: others);
/// learner.Fit(x, y, epochs: 10, valid: (validX, validY));
/// </code></example>
public sealed class Validation
{
    const long HeldOut = 0x68656C64;
    readonly double _fraction;
    readonly Func<int, IEnumerable<Batch>>? _data;

    Validation(double fraction) => _fraction = fraction is > 0 and < 1 ? fraction
        : throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The part of the data that is held out for validation lies between 0 and 1.");

    Validation(Func<int, IEnumerable<Batch>> data) => _data = data;

    /// <summary>
    /// A part of the training data, drawn at random by the seed of the global generator, which is not trained on. It is the same part in every fit
    /// until another seed is set, so that a fit that goes on with an earlier one is not validated with what that was trained on.
    /// </summary>
    public static implicit operator Validation(double fraction) => new(fraction);

    /// <summary>A data set.</summary>
    public static implicit operator Validation(Dataset<Sample> data) => new(size => data.Loader(size));

    /// <summary>Batches.</summary>
    public static implicit operator Validation(Loader<Batch> batches) => new(_ => batches);

    /// <summary>Inputs and targets in memory.</summary>
    public static implicit operator Validation((Tensor X, Tensor Y) data) => new TensorDataset(data.X, data.Y);

    /// <summary>Batches for training and for validation.</summary>
    internal static (Loader<Batch> Train, IEnumerable<Batch>? Valid) Split(Dataset<Sample> train, Validation? valid, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (valid is null) return (train.Loader(batchSize, shuffle: true), null);
        if (valid._data is { } data) return (train.Loader(batchSize, shuffle: true), data(batchSize));
        var (held, rest) = train.Split(valid._fraction, seed: Generator.Default.Split(HeldOut).NextUInt64());
        if (held.Count == 0 || rest.Count == 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Of {train.Count} items, {valid._fraction:P0} cannot be held out for validation: one part would be empty."));
        return (rest.Loader(batchSize, shuffle: true), held.Loader(batchSize));
    }
}
