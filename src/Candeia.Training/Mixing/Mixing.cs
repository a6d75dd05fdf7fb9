using Candeia.Data;

namespace Candeia.Training;

/// <summary>
/// Trains on mixtures of samples. Inputs are mixed, and so is the loss: λ times that against a sample's own target plus 1 − λ times that against its
/// partner's, which is right for class indices as for numbers. Validation and prediction see the samples as they are; metrics of training compare the
/// outputs for mixtures with the samples' own targets, so they look worse than the model is.
/// </summary>
public abstract class Mixing : Callback
{
    readonly double _alpha;
    readonly Generator _stream;

    private protected Mixing(double alpha, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alpha);
        (_alpha, _stream) = (alpha, new(seed));
    }

    /// <inheritdoc/>
    public sealed override StepResult Around(StepContext context, Step step)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(step);
        if (context.Phase != Phase.Train) return step(context);
        var (x, y) = context.Batch;
        var random = _stream.Split(context.Run.Step);
        double share = Beta.Next(random, _alpha);
        var order = Tensor.From(random.Permutation(x.Shape[0])).To(DType.Int64).To(x.Device);
        (x, share) = Mix(x, x.IndexSelect(0, order), share, random);
        var partners = y.IndexSelect(0, order);
        var loss = context.Loss;
        return step(context with
        {
            Batch = new Batch(x, y, context.Batch.Ids),
            Loss = (output, own) => loss(output, own) * share + loss(output, partners) * (1 - share),
        });
    }

    /// <summary>The mixture, and the share of a sample in it.</summary>
    private protected abstract (Tensor X, double Share) Mix(Tensor x, Tensor partner, double share, Generator random);
}
