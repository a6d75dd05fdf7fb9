namespace Candeia.NN;

/// <summary>
/// A softmax over very many classes of which few are frequent, such as words: frequent ones are scored one by one, rare ones by groups with smaller
/// matrices, and only for samples of that group (<see href="https://arxiv.org/abs/1609.04309">Grave et al., 2017</see>). Classes are numbered from
/// the most frequent on.
/// </summary>
public sealed class AdaptiveLogSoftmaxWithLoss : Module
{
    readonly int[] _cutoffs;
    readonly Linear head;
    readonly Sequential[] tail;

    /// <param name="inFeatures">How many numbers each input has.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="cutoffs">
    /// Where groups end: <c>[100, 1000]</c> makes the classes 0 … 99 frequent, 100 … 999 the first group, and the others the last. Rising, above 0,
    /// below
    /// the number of classes.
    /// </param>
    /// <param name="divValue">By how much the inner size of a group is smaller than that of the one before.</param>
    /// <param name="headBias">Whether the scores of frequent classes and of groups have a learnt number added.</param>
    /// <param name="generator">Where initial values come from.</param>
    /// <exception cref="ArgumentException">The ends of groups do not rise, or are not between 0 and the number of classes.</exception>
    public AdaptiveLogSoftmaxWithLoss(int inFeatures, int classes, IReadOnlyList<int> cutoffs, double divValue = 4, bool headBias = false, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(cutoffs);
        _cutoffs = [.. cutoffs, classes];
        if (cutoffs.Count == 0 || _cutoffs[0] <= 0 || Enumerable.Range(1, cutoffs.Count).Any(i => _cutoffs[i] <= _cutoffs[i - 1]))
            throw new ArgumentException($"Groups of {classes} classes end at numbers that rise, above 0 and below {classes}, not at {string.Join(", ", cutoffs)}.", nameof(cutoffs));
        head = new(inFeatures, _cutoffs[0] + cutoffs.Count, headBias, generator);
        tail = [.. Enumerable.Range(0, cutoffs.Count).Select(i =>
        {
            int inner = (int)(inFeatures / Math.Pow(divValue, i + 1));
            return new Sequential(new Linear(inFeatures, inner, bias: false, generator), new Linear(inner, _cutoffs[i + 1] - _cutoffs[i], bias: false, generator));
        })];
    }

    /// <summary>How many classes there are.</summary>
    public int Classes => _cutoffs[^1];

    int Frequent => _cutoffs[0];

    /// <summary>The logarithm of the probability of each sample's class, and the loss: the negative of their mean.</summary>
    /// <param name="x">The inputs, [n, in].</param>
    /// <param name="target">The classes, int64 [n].</param>
    /// <exception cref="ShapeException">The inputs are no matrix, or the classes no vector of as many.</exception>
    /// <exception cref="ArgumentException">The classes are no int64.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class does not exist.</exception>
    public (Tensor Output, Tensor Loss) Forward(Tensor x, Tensor target)
    {
        Check(x);
        ArgumentNullException.ThrowIfNull(target);
        if (target.Shape != [x.Shape[0]]) throw new ShapeException($"Inputs {x.Shape} need {x.Shape[0]} classes, not {target.Shape}.");
        if (target.DType != DType.Int64) throw new ArgumentException($"Classes are int64, not {target.DType}; convert with To(DType.Int64).");
        if (x.Shape[0] > 0 && ((long)target.Amin() < 0 || (long)target.Amax() >= Classes))
            throw new ArgumentOutOfRangeException(nameof(target), $"The classes are 0 … {Classes - 1}; the targets reach from {(long)target.Amin()} to {(long)target.Amax()}.");
        var first = target;                                                  // a frequent class, or the group
        var output = Tensor.Zeros([x.Shape[0]], x.DType, x.Device);
        for (int i = 0; i < tail.Length; i++)
        {
            var within = (target >= _cutoffs[i]) & (target < _cutoffs[i + 1]);
            first = within.Where(Frequent + i, first);
            var rows = within.NonZero().Select(1, 0);
            if (rows.Numel == 0) continue;
            var scores = x.IndexSelect(0, rows).Apply(tail[i]).LogSoftmax(1);
            output = output.IndexAdd(0, rows, scores.Gather(1, (target.IndexSelect(0, rows) - _cutoffs[i]).Unsqueeze(1)).Squeeze(1));
        }
        output += x.Apply(head).LogSoftmax(1).Gather(1, first.Unsqueeze(1)).Squeeze(1);
        return (output, -output.Mean());
    }

    /// <summary>The logarithms of the probabilities of all classes, [n, classes].</summary>
    /// <param name="x">The inputs, [n, in].</param>
    /// <exception cref="ShapeException">The inputs are no matrix.</exception>
    public Tensor LogProb(Tensor x)
    {
        Check(x);
        var scores = x.Apply(head).LogSoftmax(1);
        return Tensor.Cat([scores.Narrow(1, 0, Frequent), .. tail.Select((group, i) => x.Apply(group).LogSoftmax(1) + scores.Narrow(1, Frequent + i, 1))], 1);
    }

    /// <summary>The most probable class of each sample, int64 [n].</summary>
    /// <param name="x">The inputs, [n, in].</param>
    /// <exception cref="ShapeException">The inputs are no matrix.</exception>
    public Tensor Predict(Tensor x) => LogProb(x).ArgMax(1);

    static void Check(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank != 2) throw new ShapeException($"AdaptiveLogSoftmaxWithLoss takes inputs [n, in], not {x.Shape}.");
    }
}
