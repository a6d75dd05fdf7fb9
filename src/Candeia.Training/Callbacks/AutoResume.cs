using System.Diagnostics;
using Candeia.Data;

namespace Candeia.Training;

/// <summary>
/// Saves the whole state of a training after every epoch, and lets the next run begin where the last one ended: a run that was killed and begun again
/// comes to the same bits as one that was not. A run that came to its end is not repeated; with more epochs it goes on.
/// </summary>
/// <remarks>
/// One file for one run, whole or absent at any moment; a dry run leaves it alone. A run that was cancelled, or reached a limit of time or steps, is
/// saved where it stopped if everything can be, and otherwise goes on from the last saving. Data sets, splits and the model are made anew by the
/// program, so their seeds should be fixed; a source that is no <see cref="Loader{TBatch}"/> is begun anew as often as there were epochs, and should
/// give the same batches each time. Callbacks take part by <see cref="IResumable"/>.
/// <para>With <c>keep</c> the state after each epoch stays in a file of its own, and another run may go on from any of them: <c>from</c>.</para>
/// </remarks>
public sealed class AutoResume : Callback
{
    readonly Stopwatch _sinceSaved = new();
    readonly int? _everyBatches;
    readonly TimeSpan? _every;
    readonly string? _keep, _from;
    readonly RunParts _take;
    SavedState? _state, _trained;
    int _batch;

    /// <param name="path">The file: <c>runs/a/resume.safetensors</c>.</param>
    /// <param name="everyBatches">Saves also after so many batches of an epoch.</param>
    /// <param name="every">Saves also after the first batch that ends so long after the last time.</param>
    /// <param name="keep">
    /// A file for the state after each epoch besides, with <c>{epoch}</c> or names of <see cref="EpochResult"/> in it as <see cref="ModelCheckpoint"/> has them:
    /// <c>runs/a/{epoch:D3}-{valid_loss:F4}.state.safetensors</c>. Only the newest state is kept, if it is not said.
    /// </param>
    /// <param name="from">
    /// Where a run begins that has no state of its own yet: such a file, or a folder, of whose states the newest is taken. Model, optimizer, records and callbacks go on from there.
    /// </param>
    /// <param name="take">
    /// What is taken of the state at <paramref name="from"/>: everything, unless it is said. <see cref="RunParts.Model"/> alone begins a new training with the weights of that epoch.
    /// </param>
    public AutoResume(string path, int? everyBatches = null, TimeSpan? every = null, string? keep = null, string? from = null, RunParts take = RunParts.All)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (keep is not null && !ModelCheckpoint.Tells(keep)) throw new ArgumentException($"Several epochs cannot be kept in the one file {keep}: put {{epoch}} into its name.", nameof(keep));
        if (take is 0 or > RunParts.All) throw new ArgumentOutOfRangeException(nameof(take), take, "At least one part of a run is taken, of those that there are.");
        if (take != RunParts.All && from is null) throw new ArgumentException("A run that goes on from its own state takes all of it; parts are taken of a state that from names.", nameof(take));
        if (everyBatches is { } n) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n, nameof(everyBatches));
        (Path, _everyBatches, _every, _keep, _from, _take) = (path, everyBatches, every, keep, from, take);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Whether it is the clock that says when to save.</summary>
    internal bool SavesByTime => _every is not null;

    /// <inheritdoc/>
    protected internal override int Order => 200;

    /// <inheritdoc/>
    public override void On(RunBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!e.Run.IsFit || e.Run.IsDryRun) return;
        if (e.Run.IsFirst) WholeFile.CleanUp(Path);
        _sinceSaved.Restart();
        _trained = null;
        _state = Read(e.Run, () => Path);
        if (_state is null && _from is { } from)
        {
            _state = Read(e.Run, () => CheckpointFile.Newest(from)) ?? throw new CheckpointException($"There is no checkpoint of a run at {from} to go on from; name a file that AutoResume wrote, or its folder.");
            if (_take != RunParts.All)
            {
                int next = Snapshot.Restore(e.Run, _state, _take).Epoch;
                if (_take.HasFlag(RunParts.Records)) Continue(e.Run, next, _state);
                _state = null;
                return;
            }
        }
        if (_state is null) return;
        (int epoch, _batch) = Snapshot.Restore(e.Run, _state);
        Continue(e.Run, epoch, _state);
    }

    /// <summary>Counts on from the epochs that there were.</summary>
    static void Continue(Run run, int epoch, SavedState state)
    {
        int before = Math.Min(epoch - 1, run.History.Epochs.Count) - run.Epoch;
        Advance(run.Ledger.Sources.Train, before);
        Advance(run.Ledger.Sources.Valid, before);
        Snapshot.Generators(run, state);
        run.Epoch = epoch - 1;
        foreach (var limit in run.Callbacks.OfType<StopAfter>()) limit.Look(run);
    }

    static SavedState? Read(Run run, Func<string> path) => run.Ledger.Peers is { } peers ? FromFirst(peers, path) : File.Exists(path()) ? CheckpointFile.Read(path()) : null;

    /// <summary>What the first of several processes has saved: no other need have a file.</summary>
    static SavedState? FromFirst(IPeers peers, Func<string> path)
    {
        if (peers.Copy(peers.IsFirst ? path() : "") is not { } copy) return null;
        var state = CheckpointFile.Read(copy);
        if (!peers.IsFirst) File.Delete(copy);
        return state;
    }

    /// <summary>A source whose state nobody knows, such as a loader inside a query, begins its epochs once more.</summary>
    static void Advance(IEnumerable<IBatch>? source, int epochs)
    {
        if (source is null or Loader) return;
        for (int i = 0; i < epochs; i++)
        {
            using var scope = Scope.Begin();
            using var batches = source.GetEnumerator();
            batches.MoveNext();
        }
    }

    /// <inheritdoc/>
    public override void On(PhaseBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (_state is null || e.Phase != Phase.Train) return;
        if (_batch > 0)
        {
            Snapshot.Restore(e.Run, _state);
            Snapshot.RestoreEpoch(e.Run, _state, _batch);
        }
        _state = null;
    }

    /// <inheritdoc/>
    public override void On(BatchEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Phase != Phase.Train) return;
        if (e.Batch % _everyBatches == 0 || e.Run.IsFirst && _sinceSaved.Elapsed >= _every) Save(e.Run, e.Epoch, e.Batch);
        else if (e.Run.Ledger.IsUnfinished) Write(Try(e.Run, e.Epoch, e.Batch));
        else if (e.Batch == e.Run.TrainBatches && e.Run.Ledger.Sources.Valid is not null)
        {
            using var scope = Scope.Begin();
            _trained = Try(e.Run, e.Epoch, e.Batch)?.Copy();                // for the case that validation is not finished
        }
    }

    /// <inheritdoc/>
    public override void On(EpochEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.IsWhole) Save(e.Run, e.Result.Epoch + 1, 0, e.Result);
        else if (e.Run.Ledger.IsUnfinished) Write(_trained);
        _trained = null;
    }

    /// <summary>The state within an epoch; null if something has none to save there, and nobody asked for that.</summary>
    SavedState? Try(Run run, int epoch, int batch)
    {
        if (run.IsDryRun) return null;
        run.Ledger.Peers?.BeforeSaving(run);
        if (!run.IsFirst) return null;
        try { return Snapshot.Take(run, Path, epoch, batch); }
        catch (NotSupportedException) { return null; }
    }

    void Save(Run run, int epoch, int batch, EpochResult? ended = null)
    {
        if (run.IsDryRun) return;
        run.Ledger.Peers?.BeforeSaving(run);
        if (!run.IsFirst) return;
        using var scope = Scope.Begin();
        var state = Snapshot.Take(run, Path, epoch, batch);
        Write(state);
        if (ended is not null && _keep is not null) CheckpointFile.Write(ModelCheckpoint.Fill(_keep, ended), state);
    }

    void Write(SavedState? state)
    {
        if (state is null) return;
        CheckpointFile.Write(Path, state);
        _sinceSaved.Restart();
    }
}
