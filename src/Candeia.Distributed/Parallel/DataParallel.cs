using Candeia.NN;
using Candeia.Training;

namespace Candeia.Distributed;

/// <summary>
/// Trains with all processes that a launcher such as <c>mpirun</c> has started: the same program, the same batches, and the same results for any
/// number of them. Each batch is divided among the ranks, and every rank makes the same update. A process that is alone trains as ever.
/// </summary>
/// <remarks>
/// What is named in the program is whole: a loader of 64 gives batches of 64, of which each of four ranks computes 16. The last batch of an epoch is divided
/// as it is, without padding; a rank without items takes part all the same. Results, metrics and what callbacks see are those of the whole batch on every
/// rank, so all decide alike; the first rank alone draws and writes. Losses are means over samples. Of a stream with lanes
/// (<see cref="Data.IterableDataset{T}.Lanes"/>) every rank reads its own lanes alone; other data every rank goes through as a whole.
/// </remarks>
/// <example><code>
/// var net = new Linear(3, 1);
/// var data = new TensorDataset(Tensor.Randn([64, 3]), Tensor.Randn([64, 1]));
/// net.Setup((y, target) => y.MseLoss(target), p => new Adam(p)).Quiet().With(new DataParallel())
///     .Fit(data.Loader(16, shuffle: true, seed: 1), epochs: 2);                // mpirun -n 4 --bind-to none dotnet app.dll
/// </code></example>
#pragma warning disable CA1001 // what talks and what watches live from a run's begin to its end
public sealed class DataParallel : Callback, IPeers
#pragma warning restore CA1001
{
    const long Key = 0x72616E6B;
    const double SlowDisk = 1e7;                                             // bytes a second
    readonly int? _wanted;
    readonly Lazy<ICommunicator> _ranks;
    readonly Dictionary<Optimizer, Summing> _summing = [];
    readonly Stack<Run> _runs = [];
    Shards? _shards;
    Watchdog? _watchdog;
    Line? _line;
    Run? _run;
    Generator? _random;
    bool _accumulates;

    /// <param name="shards">
    /// Into how many parts each batch is cut, a power of two that the ranks share evenly; results then have the same bits on 1, 2, 4, … ranks, up to as many.
    /// Batch normalization sees a shard at a time. Without it there are as many parts as ranks, results are those of one process but for rounding, and
    /// batch normalization sees the whole batch.
    /// </param>
    /// <param name="ranks">Who trains together; all processes that were started together, unless told otherwise.</param>
    public DataParallel(int? shards = null, ICommunicator? ranks = null)
    {
        if (shards is { } n) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n, nameof(shards));
        (_wanted, _ranks) = (shards, ranks is null ? new(static () => World.Ranks) : new(ranks));
    }

    /// <summary>How long a rank waits for another one before it takes it for lost, which ends the job with exit code 75.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether gradients are summed while those of earlier layers are still computed.</summary>
    public bool Overlap { get; init; } = true;

    /// <summary>Whether batch normalization sees the whole batch, and not the rank's part of it.</summary>
    public bool SynchronizesBatchNorm { get; init; } = true;

    /// <summary>Whether each rank keeps the optimizer's state of some parameters only, which saves memory (ZeRO, stage 1).</summary>
    public bool SplitsOptimizer { get; init; }

    /// <summary>
    /// Whether gradients are sent as bfloat16, which halves what a slow network has to carry. Each rank's gradient is rounded before it is sent and the sum once
    /// more, to 8 bits: a mean of gradients is off by at most 2⁻⁷ (0.8 %)
    /// of the mean of their magnitudes. All ranks have the same bits, wherever they run. Gradients of float64 are sent as they are. It does not go with a number of shards.
    /// </summary>
    public bool SendsBFloat16 { get; init; }

    /// <summary>The ranks.</summary>
    public ICommunicator Ranks => _ranks.Value;

    /// <inheritdoc/>
    protected internal override int Order => -100;

    /// <inheritdoc/>
    protected internal override bool IsSingle => true;

    bool IPeers.AreThere => Ranks.Size > 1;

    bool IPeers.IsFirst => Ranks.Rank == 0;

    bool IsAtWork => Ranks.Size > 1 || _wanted is not null;

    Shards Shards => _shards ??= Shards.For(_wanted, Ranks.Size);

    /// <inheritdoc/>
    public override void On(RunBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!IsAtWork) return;
        if (_runs.Count == 0)
        {
            _watchdog = new(Ranks, Patience) { Where = () => _runs.TryPeek(out var run) ? $", after {run.Step} steps," : "" };
            _line = new(Ranks, _watchdog, overlaps: e.Run.IsFit && CanOverlap(e.Run)) { Memory = SendsBFloat16 ? null : new(Ranks), IsNarrow = SendsBFloat16 };
        }
        _runs.Push(e.Run);
        if (!e.Run.IsFit) return;
        Allow(e.Run);
        (_run, _accumulates) = (e.Run, e.Run.Callbacks.OfType<AccumulateGradients>().Any());
        _watchdog!.While("the weights", () => Beginning.Agree(Ranks, e.Run), atLeast: TimeSpan.FromMinutes(10));
        _random = Generator.Default.Split(Key);
        foreach (var optimizer in e.Run.Optimizers) _summing[optimizer] = new(optimizer, _line!, SplitsOptimizer);
    }

    bool CanOverlap(Run run) => Overlap && Ranks.Size > 1 && Ranks.AllowsThreads && Shards.Each == 1 && run.Optimizers is [not LBFGS]
        && !run.Callbacks.Any(c => c is AccumulateGradients or MixedPrecision)
        && Ranks is not ISharesMemory { SharesMemory: true, TakesAllProcessors: true };      // nothing is waited for there that a thread could compute

    /// <summary>Refuses what does not go together.</summary>
    void Allow(Run run)
    {
        bool accumulates = run.Callbacks.Any(c => c is AccumulateGradients), looks = run.Optimizers.Any(o => o is LBFGS);
        if (Shards.AreFixed && (accumulates || looks))
            throw new DistributedException($"A number of shards does not go with {(accumulates ? nameof(AccumulateGradients) : nameof(LBFGS))}: leave it out, and there are as many parts as ranks.");
        if (SendsBFloat16 && Shards.AreFixed)
            throw new DistributedException($"{nameof(SendsBFloat16)} does not go with a number of shards, with which results have the same bits for any number of ranks: leave one of them out.");
        if (SplitsOptimizer && (accumulates || looks || run.Callbacks.OfType<AutoResume>().Any(a => a.SavesByTime)))
            throw new DistributedException($"{nameof(SplitsOptimizer)} does not go with {nameof(AccumulateGradients)}, {nameof(LBFGS)}, or {nameof(AutoResume)} by the clock.");
    }

    /// <inheritdoc/>
    public override StepResult Around(StepContext context, Step step)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(step);
        if (!IsAtWork || _line is not { } line) return step(context);
        var lanes = context.Items as LanesBatch;
        var division = lanes?.Division ?? Shards.Divide(context.Items.Size);
        var results = new StepResult[Shards.Each];
        bool learns = context.Phase == Phase.Train && context.Run == _run;
        var buffers = learns && Shards.AreFixed ? new BufferMeans(context.Run, line) : null;
        for (int i = 0; i < results.Length; i++)
        {
            int number = line.Ranks.Rank * Shards.Each + i;
            var (from, count) = division.Of(number);
            var share = new Share(number, count, count > 0 ? context.Items.Part(from, count) : Along(lanes?.Items ?? context.Items));
            results[i] = learns ? Learn(context, step, share, isLast: i == results.Length - 1) : Look(context, step, share);
            // What is measured is compared with the targets of the whole batch, which no rank has.
            if (lanes is not null) results[i] = results[i] with { Target = results[i].Target ?? (share.Items as Data.Batch)?.Y };
            buffers?.Next(count, isLast: i == results.Length - 1);
        }
        buffers?.Complete(division.Size);
        return Joining.Join(line, Shards, division, context.Run, results);
    }

    /// <summary>A shard of a batch: which, how many items count, and the items; where none does, some of the batch are computed along for nothing.</summary>
    sealed record Share(int Number, int Counted, Data.IBatch Items);

    /// <summary>What a rank without items computes for nothing: two items, of which a normalization can take the moments.</summary>
    internal static Data.IBatch Along(Data.IBatch batch) => batch.Part(0, Math.Min(2, batch.Size));

    static StepResult Look(StepContext context, Step step, Share share)
    {
        using var unrecorded = share.Counted > 0 ? null : new Unrecorded(context.Run);
        return step(context with { Items = share.Items });
    }

    StepResult Learn(StepContext context, Step step, Share share, bool isLast)
    {
        var (nominal, counted) = (share.Items.Size, share.Counted);
        foreach (var summing in _summing.Values) summing.Expect(nominal, counted, isLast);
        using var streams = new OwnStreams(context.Run, share.Number);
        using var random = Generator.Use(_random!.Split(context.Run.Step, share.Number));
        var sums = !Shards.AreFixed && SynchronizesBatchNorm ? new AllSumOp(_line!, counted > 0, _accumulates ? 1 : nominal) : null;
        using var shared = Shared.Begin(sums is null ? null : sums.Apply);
        using var unrecorded = counted > 0 ? null : new Unrecorded(context.Run);
        return step(context with
        {
            Items = share.Items,
            Backward = counted > 0 ? context.Backward : loss => context.Backward(() => loss() * 0),
            Rule = (c, loss, optimizer) => isLast ? _summing[optimizer].Update(context.Rule, c, loss) : _summing[optimizer].Lay(c, loss),
        });
    }

    /// <inheritdoc/>
    public override void On(GradientsReady e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Run == _run && _summing.TryGetValue(e.Optimizer, out var summing)) summing.Complete();
    }

    /// <inheritdoc/>
    public override void On(PhaseEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!IsAtWork || _line is not { } line) return;
        line.Watchdog.While("what was recorded", () => Recording.Agree(line.Ranks, e.Run));
        if (e.Phase == Phase.Train && e.Run == _run)
            line.Watchdog.While("the buffers", () => line.Ranks.BroadcastAll(Snapshot.Tensors(e.Run).Select(t => t.Tensor).Where(t => !t.RequiresGrad), 0));
    }

    /// <inheritdoc/>
    public override void On(RunEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!IsAtWork || _runs.Count == 0) return;
        _runs.Pop();
        if (e.Run == _run)
        {
            foreach (var summing in _summing.Values) summing.Dispose();
            _summing.Clear();
            _run = null;
        }
        if (_runs.Count > 0) return;
        if (!e.Failed) _line?.Dispose();                                     // where one rank has failed, the others do not end theirs
        _watchdog?.Dispose();
        (_line, _watchdog) = (null, null);
    }

    IEnumerator<Data.IBatch>? IPeers.Own(Data.Loader data, int from) => IsAtWork && _line is { } line && data.Lanes > 1 ? Lanes.Of(data, from, line, Shards) : null;

    string? IPeers.Copy(string path)
    {
        string? copy = null;
        _watchdog!.While("the checkpoint", () => copy = Ranks.File(path));
        if (SplitsOptimizer && copy is not null) foreach (var summing in _summing.Values) summing.Loaded();
        return copy;
    }

    void IPeers.BeforeSaving(Run run)
    {
        if (SplitsOptimizer) foreach (var optimizer in run.Optimizers) _summing[optimizer].Gather();
        ((IPeers)this).FirstWrites(run);
    }

    void IPeers.FirstWrites(Run run)
    {
        long bytes = 4 * Snapshot.Tensors(run).Sum(t => t.Tensor.Numel * t.Tensor.DType.Size());    // gradients and two moments besides
        _watchdog?.Allow(TimeSpan.FromSeconds(bytes / SlowDisk));
    }
}
