using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Cross-validation: the data are dealt out into parts by lot, and each part once is what a new model is tested on that has learnt from all others. So every item
/// counts in the test, and how far the parts differ says how sure the result is.
/// </summary>
/// <param name="Folds">How many parts there are, and how many models are trained; 5 or 10 are usual.</param>
/// <param name="Seed">The same seed deals the same parts, and begins with the same weights.</param>
/// <example><code>
/// Tensor x = Tensor.Randn([60, 3]), y = x.Sum([1], keepDim: true);
/// var result = new KFold(3).Fit(
///     () => new Linear(3, 1).Setup((output, target) => output.MseLoss(target), p => new Adam(p, 0.1)).Quiet(), new TensorDataset(x, y), epochs: 40);
/// Console.WriteLine($"{result.Valid.Count} parts, all below 0.1: {result.Valid.All(v => v.Loss &lt; 0.1)}");      // → 3 parts, all below 0.1: True
/// </code></example>
public sealed record KFold(int Folds = 5, ulong Seed = 0)
{
    /// <summary>How many parts there are.</summary>
    public int Folds { get; init => field = AtLeastTwo(value); } = AtLeastTwo(Folds);

    /// <summary>The items to learn from and those of the test, for each part.</summary>
    /// <param name="count">How many items there are.</param>
    /// <param name="classes">The class of each item, if all parts shall have about the same share of each.</param>
    /// <exception cref="ArgumentException">There are fewer items than parts, or not as many classes as items.</exception>
    public IReadOnlyList<(int[] Train, int[] Valid)> Parts(int count, IReadOnlyList<int>? classes = null)
    {
        if (count < Folds) throw new ArgumentException($"{count} items are too few for {Folds} parts.", nameof(count));
        if (classes is not null && classes.Count != count) throw new ArgumentException($"{classes.Count} classes were given for {count} items.", nameof(classes));
        int[] lots = new Generator(Seed).Permutation(count);
        if (classes is not null) lots = [.. lots.OrderBy(i => classes[i])];
        return [.. Enumerable.Range(0, Folds).Select(fold => (
            (int[])[.. lots.Where((_, place) => place % Folds != fold)], (int[])[.. lots.Where((_, place) => place % Folds == fold)]))];
    }

    /// <summary>Trains a new model for each part and measures it on that part.</summary>
    /// <param name="learner">Makes a new model with loss, optimizer and metrics, each time it is called.</param>
    /// <param name="data">All items.</param>
    /// <param name="epochs">How often each model sees those that it learns from.</param>
    /// <param name="classes">The class of each item, if all parts shall have about the same share of each.</param>
    /// <param name="batchSize">Items per batch.</param>
    /// <param name="cancellation">Ends with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">There are fewer items than parts, or not as many classes as items.</exception>
    /// <exception cref="InvalidOperationException">The function gave a model twice, which had learnt from what it would be tested on.</exception>
    public KFoldResult Fit<TModel>(
        Func<Learner<TModel>> learner, Dataset<Sample> data, int epochs, IReadOnlyList<int>? classes = null, int batchSize = 32, CancellationToken cancellation = default)
        where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(data);
        HashSet<TModel> models = new(ReferenceEqualityComparer.Instance);
        List<PhaseResult> valid = [];
        List<History> histories = [];
        foreach (var (fold, part) in Parts(data.Count, classes).Index())
        {
            using var _ = Generator.Use(new Generator(Seed).Split(fold));
            var fresh = learner();
            if (!models.Add(fresh.Model))
                throw new InvalidOperationException("The function gave the same model for two parts, and it had learnt from what it would be tested on; make a new model in it.");
            Dataset<Sample> train = data.Subset(part.Train), held = data.Subset(part.Valid);
            var fitted = fresh.Fit(train, epochs, held, batchSize, cancellation);
            cancellation.ThrowIfCancellationRequested();
            valid.Add(fitted.Evaluate(held, batchSize: batchSize, cancellation: cancellation));
            histories.Add(fitted.History);
        }
        return new(valid, histories);
    }

    static int AtLeastTwo(int folds) => folds >= 2 ? folds : throw new ArgumentOutOfRangeException(nameof(folds), folds, "Cross-validation needs at least 2 parts.");
}
