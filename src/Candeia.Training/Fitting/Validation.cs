using System.Globalization;
using Candeia.Data;

namespace Candeia.Training;

/// <summary>What a fit is validated with: other data, or a part of the training data. Everything that can be one converts to it.</summary>
/// <example><code>
/// Tensor x = Tensor.Randn([64, 3]), y = x.Sum([1], keepDim: true);
/// Layer net = new Linear(3, 1);
/// var learner = net.Setup((output, target) => output.MseLoss(target), p => new Adam(p)).Quiet();
/// learner.Fit(new TensorDataset(x, y), epochs: 2, valid: 0.2);
/// learner.Fit(new TensorDataset(x, y), epochs: 2, valid: new TensorDataset(x, y));
/// learner.Fit(x, y, epochs: 2, valid: (x, y));
/// </code></example>
public sealed class Validation
{
    const long HeldOut = 0x68656C64;

    Validation(double fraction) => Fraction = fraction is > 0 and < 1 ? fraction
        : throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The part of the data that is held out for validation lies between 0 and 1.");

    Validation(TrainingData data) => Data = data;

    /// <summary>The part of the training data that is held out; null where there are other data.</summary>
    internal double? Fraction { get; }

    /// <summary>Other data.</summary>
    internal TrainingData? Data { get; }

    /// <summary>
    /// A part of the training data, drawn at random by the seed of the global generator, which is not trained on. It is the same part in every fit
    /// until another seed is set, so that a fit that goes on with an earlier one is not validated with what that was trained on.
    /// </summary>
    public static implicit operator Validation(double fraction) => new(fraction);

    /// <summary>Data in any form.</summary>
    public static implicit operator Validation(TrainingData data) => new(data);

    /// <summary>A data set.</summary>
    public static implicit operator Validation(Dataset<Sample> data) => new((TrainingData)data);

    /// <summary>The batches of a loader.</summary>
    public static implicit operator Validation(Loader batches) => new((TrainingData)batches);

    /// <summary>Batches in memory.</summary>
    public static implicit operator Validation(List<Batch> batches) => new((TrainingData)batches);

    /// <summary>Batches in memory.</summary>
    public static implicit operator Validation(Batch[] batches) => new((TrainingData)batches);

    /// <summary>Inputs and targets in memory.</summary>
    public static implicit operator Validation((Tensor X, Tensor Y) data) => new((TrainingData)data);

    /// <summary>Inputs and targets in arrays.</summary>
    public static implicit operator Validation((Array X, Array Y) data) => new((TrainingData)data);

    /// <summary>A part of some items, and the rest.</summary>
    internal static (Dataset<Sample> Held, Dataset<Sample> Others) Hold(Dataset<Sample>? items, double fraction)
    {
        if (items is null)
            throw new ArgumentException("A part can be held out of a data set, of tensors or of arrays, and not of batches: split the items before they are loaded.");
        var (held, rest) = items.Split(fraction, seed: Generator.Default.Split(HeldOut).NextUInt64());
        if (held.Count == 0 || rest.Count == 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Of {items.Count} items, {fraction:P0} cannot be held out for validation: one part would be empty."));
        return (held, rest);
    }
}
