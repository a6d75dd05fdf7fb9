using System.Runtime.CompilerServices;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Looks for good settings: for each that a <see cref="SearchSpace"/> gives, a new model is made, trained and measured on the validation data.
/// </summary>
/// <remarks>
/// The best of many looks better on the validation data than it is, for it was chosen by them: measure it on data that took no part. Give the learner <see cref="KeepBest"/>, if the
/// model shall have the weights of its best epoch, and <c>Quiet()</c>, if no bars shall be seen.
/// </remarks>
/// <example><code>
/// Tensor x = Tensor.Randn([200, 3]), y = x.Sum([1], keepDim: true);
/// var search = new HyperparameterSearch&lt;Linear>(h => new Linear(3, 1).Setup((output, target) => output.MseLoss(target), p => new Adam(p, h.Number("rate"))).Quiet());
/// var found = search.Run(new SearchSpace().LogUniform("rate", 1e-5, 1e-1).Grid(points: 3), (x[..150], y[..150]), (x[150..], y[150..]), epochs: 5);
/// Console.WriteLine(found.Trials[0].Settings);                            // → rate 0.1
/// </code></example>
/// <param name="make">Makes a new model with loss, optimizer and metrics from settings.</param>
/// <param name="metric">What the models are compared by, by a name of <see cref="EpochResult"/>.</param>
/// <param name="higherIsBetter">Whether the metric, like accuracy, shall be large.</param>
/// <param name="seed">The same seed begins with the same weights.</param>
public sealed class HyperparameterSearch<TModel>(
    Func<Hyperparameters, Learner<TModel>> make, string metric = "valid_loss", bool higherIsBetter = false, ulong seed = 0) where TModel : Module
{
    static readonly object s_there = new();
    readonly Func<Hyperparameters, Learner<TModel>> _make = make ?? throw new ArgumentNullException(nameof(make));

    /// <summary>Trains a model for each setting, all for as many epochs.</summary>
    /// <param name="settings">By lot or in a grid: <see cref="SearchSpace.Random"/>, <see cref="SearchSpace.Grid"/>.</param>
    /// <param name="train">What they learn from.</param>
    /// <param name="valid">What they are compared on.</param>
    /// <param name="epochs">How often each sees the training data.</param>
    /// <param name="batchSize">Samples per batch, where the data are no batches yet.</param>
    /// <param name="cancellation">Ends with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">There are no settings.</exception>
    /// <exception cref="InvalidOperationException">The function gave a model twice.</exception>
    public SearchResult<TModel> Run(
        IReadOnlyList<Hyperparameters> settings, TrainingData train, TrainingData valid, int epochs, int batchSize = 32, CancellationToken cancellation = default) =>
        Halve(settings, train, valid, epochs, epochs, factor: 2, batchSize, cancellation);

    /// <summary>
    /// Successive halving: all begin with a few epochs, the best part of them goes on with more, and so on until the last have had all epochs, so that most of the time goes to
    /// what is good (<see href="https://arxiv.org/abs/1502.07943">Jamieson and Talwalkar 2015</see>). A schedule that knows its last step has that of each leg.
    /// </summary>
    /// <param name="settings">By lot or in a grid: <see cref="SearchSpace.Random"/>, <see cref="SearchSpace.Grid"/>.</param>
    /// <param name="train">What they learn from.</param>
    /// <param name="valid">What they are compared on.</param>
    /// <param name="firstEpochs">How often all of them see the training data at first.</param>
    /// <param name="epochs">How often the last have seen them in the end.</param>
    /// <param name="factor">Of so many one goes on, with so many times the epochs.</param>
    /// <param name="batchSize">Samples per batch, where the data are no batches yet.</param>
    /// <param name="cancellation">Ends with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">There are no settings.</exception>
    /// <exception cref="InvalidOperationException">The function gave a model twice.</exception>
    public SearchResult<TModel> Halve(
        IReadOnlyList<Hyperparameters> settings, TrainingData train, TrainingData valid, int firstEpochs, int epochs, int factor = 3, int batchSize = 32,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Count == 0) throw new ArgumentException("There are no settings to try.", nameof(settings));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(firstEpochs);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, firstEpochs);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 2);
        ConditionalWeakTable<TModel, object> models = [];
        List<SearchTrial> done = [];
        List<(ITrains<TModel>? Model, SearchTrial Trial)> alive = [.. settings.Select((s, i) => ((ITrains<TModel>?)null, new SearchTrial(i + 1, s, double.NaN, History.Empty)))];
        for (int leg = 0, seen = 0; ; leg++)
        {
            int until = (int)Math.Min(epochs, Math.Max(firstEpochs, (long)seen * factor));
            List<(ITrains<TModel>? Model, SearchTrial Trial)> ranked = [];
            foreach (var (model, trial) in alive)
            {
                using var _ = Generator.Use(new Generator(seed).Split(trial.Number, leg));
                var fitted = (model ?? Fresh(_make(trial.Settings), models)).Fit(train, until - seen, valid, batchSize, cancellation);
                cancellation.ThrowIfCancellationRequested();
                ranked.Add((fitted, trial with { Score = Best(fitted.History), History = fitted.History }));
                // In the end one is wanted, and not the memory of all.
                if (until == epochs) ranked = [.. Ranked(ranked).Select((r, place) => place == 0 ? r : r with { Model = null })];
            }
            ranked = Ranked(ranked);
            int left = until == epochs ? 0 : Math.Max(1, ranked.Count / factor);
            done.InsertRange(0, ranked.Skip(left).Select(r => r.Trial));
            if (left == 0) return new(metric, done, (Fitted<TModel>)ranked[0].Model!);
            (alive, seen) = (ranked[..left], until);
        }
    }

    // OrderBy keeps the order of equals, and what is no number comes last.
    List<(ITrains<TModel>? Model, SearchTrial Trial)> Ranked(List<(ITrains<TModel>? Model, SearchTrial Trial)> trials) =>
        [.. trials.OrderBy(t => double.IsNaN(t.Trial.Score)).ThenBy(t => higherIsBetter ? -t.Trial.Score : t.Trial.Score)];

    static Learner<TModel> Fresh(Learner<TModel> learner, ConditionalWeakTable<TModel, object> models) => models.TryAdd(learner.Model, s_there) ? learner
        : throw new InvalidOperationException("The function gave the same model for two settings, and it had learnt already; make a new model in it.");

    double Best(History history)
    {
        double[] values = [.. history.Epochs.Select(e => e[metric]).Where(v => !double.IsNaN(v))];
        return values.Length == 0 ? double.NaN : higherIsBetter ? values.Max() : values.Min();
    }
}
