using Candeia.Data;

namespace Candeia.Training;

/// <summary>
/// Trains on mixtures of samples. Inputs are mixed, and so is the loss: λ times that against a sample's own target plus 1 − λ times that against its
/// partner's, which is right for class indices as for numbers. Validation, unless it is said, and prediction see the samples as they are; metrics of training compare the
/// outputs for mixtures with the samples' own targets, so they look worse than the model is.
/// </summary>
public abstract class Mixing : Callback
{
    const long Validation = 0x76616C;
    readonly double _alpha;
    readonly Generator _stream;
    readonly bool _inValidation;

    private protected Mixing(double alpha, ulong seed, bool inValidation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alpha);
        (_alpha, _stream, _inValidation) = (alpha, new(seed), inValidation);
    }

    /// <inheritdoc/>
    public sealed override void On(RunBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        string[] all = [.. e.Run.Callbacks.OfType<Mixing>().Select(m => m.GetType().Name)];
        if (all.Length > 1) throw new InvalidOperationException($"A learner has one that mixes, and this one has {string.Join(" and ", all)}: the second would not know the targets of the first.");
    }

    /// <inheritdoc/>
    public sealed override StepResult Around(StepContext context, Step step)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(step);
        bool trains = context.Phase == Phase.Train;
        if (!trains && !(_inValidation && context.Phase == Phase.Valid)) return step(context);
        var (x, y) = context.Batch;
        var random = trains ? _stream.Split(context.Run.Step) : _stream.Split(Validation, context.Run.Batch);
        Tensor order;
        Loss loss;
        if (Each is { } each)
        {
            Tensor shares = Tensor.From([.. Enumerable.Range(0, x.Shape[0]).Select(_ => Beta.Next(random, _alpha))]).To(x.Device);
            order = Tensor.Randperm(x.Shape[0], random, x.Device);
            x = Mix(x, order, shares);
            loss = MixUp.LossOf(each, order, shares);
        }
        else
        {
            double share = Beta.Next(random, _alpha);
            order = Tensor.Randperm(x.Shape[0], random, x.Device);
            (x, share) = Mix(x, order, share, random);
            loss = MixUp.LossOf(context.Loss, order, share);
        }
        bool isUsed = false;
        var result = step(context with
        {
            Batch = new Batch(x, y, context.Batch.Ids),
            Loss = (output, own) =>
            {
                isUsed = true;
                return loss(output, own);
            },
        });
        return isUsed ? result : throw new InvalidOperationException(
            "The step trained on mixed inputs with targets that were not mixed. Name a loss in Setup, and let the step compute it by context.Loss(output, y).");
    }

    /// <summary>The loss of each sample, where each has a share of its own; null where a batch has one.</summary>
    private protected virtual Loss? Each => null;

    /// <summary>The mixture by a share for each sample.</summary>
    private protected virtual Tensor Mix(Tensor x, Tensor order, Tensor shares) => throw new NotSupportedException();

    /// <summary>The mixture, and the share of a sample in it.</summary>
    private protected abstract (Tensor X, double Share) Mix(Tensor x, Tensor order, double share, Generator random);
}
