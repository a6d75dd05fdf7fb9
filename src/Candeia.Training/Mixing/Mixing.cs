using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Training on mixtures of samples. Inputs are mixed, and so is the loss: λ times that against a sample's own target plus 1 − λ times that against
/// its partner's, which is right for class indices as for numbers. Validation and prediction see the samples as they are; metrics of training compare
/// the outputs for mixtures with the samples' own targets, so they look worse than the model is.
/// </summary>
public static class Mixing
{
    /// <summary>Mixes every sample with another of its batch: λ·x + (1 − λ)·x′ (<see href="https://arxiv.org/abs/1710.09412">Zhang et al., 2018</see>).</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="alpha">λ is drawn from Beta(α, α) for each batch: near 0 or 1 for a small α, evenly for 1.</param>
    /// <param name="seed">Governs what is mixed; together with the number of the step, nothing else does.</param>
    public static Learner<TModel> MixUp<TModel>(this Learner<TModel> learner, double alpha = 0.4, ulong seed = 0) where TModel : Layer =>
        Mix(learner, alpha, seed, static (x, partner, share, _) => (x * share + partner * (1 - share), share));

    /// <summary>
    /// Replaces a rectangle of every picture by that of another of its batch; λ is the part of the area that stays
    /// (<see href="https://arxiv.org/abs/1905.04899">Yun et al., 2019</see>).
    /// </summary>
    /// <param name="learner">The learner, whose inputs are pictures [n, …, height, width].</param>
    /// <param name="alpha">λ is drawn from Beta(α, α) for each batch: near 0 or 1 for a small α, evenly for 1.</param>
    /// <param name="seed">Governs what is mixed; together with the number of the step, nothing else does.</param>
    public static Learner<TModel> CutMix<TModel>(this Learner<TModel> learner, double alpha = 1, ulong seed = 0) where TModel : Layer =>
        Mix(learner, alpha, seed, Cut);

    static Learner<TModel> Mix<TModel>(Learner<TModel> learner, double alpha, ulong seed, Func<Tensor, Tensor, double, Generator, (Tensor X, double Share)> mix)
        where TModel : Layer
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alpha);
        var stream = new Generator(seed);
        return learner.Around((context, step) =>
        {
            if (context.Phase != Phase.Train) return step(context);
            var (x, y) = context.Batch;
            var random = stream.Split(context.Run.Step);
            double share = Beta.Next(random, alpha);
            var order = Tensor.From(random.Permutation(x.Shape[0])).To(DType.Int64).To(x.Device);
            using var recorded = Autograd.NoGrad();
            (x, share) = mix(x, x.IndexSelect(0, order), share, random);
            var partners = y.IndexSelect(0, order);
            using var again = Autograd.EnableGrad();
            var loss = context.Loss;
            return step(context with
            {
                Batch = new Batch(x, y, context.Batch.Ids),
                Loss = (output, own) => loss(output, own) * share + loss(output, partners) * (1 - share),
            });
        });
    }

    static (Tensor X, double Share) Cut(Tensor x, Tensor partner, double share, Generator random)
    {
        if (x.Rank < 3) throw new ShapeException($"CutMix cuts pictures [n, …, height, width], not {x.Shape}. MixUp takes any input.");
        int height = x.Shape[^2], width = x.Shape[^1];
        double side = Math.Sqrt(1 - share);
        var (top, bottom) = Side(height, side, random);
        var (left, right) = Side(width, side, random);
        var mixed = x.Clone();
        mixed[TensorIndex.Ellipsis, top..bottom, left..right] = partner[TensorIndex.Ellipsis, top..bottom, left..right];
        return (mixed, 1 - (double)(bottom - top) * (right - left) / ((double)height * width));
    }

    /// <summary>A part of a side around a random middle; what would stick out is left off.</summary>
    static (int From, int To) Side(int length, double part, Generator random)
    {
        int half = (int)(length * part) / 2, middle = random.NextInt(length);
        return (Math.Max(0, middle - half), Math.Min(length, middle + half));
    }
}
