using System.Diagnostics;

namespace Candeia.Training;

/// <summary>
/// Saves the whole state of a training after every epoch, and lets the next run begin where the last one ended: a run that was killed and begun again
/// comes to the same bits as one that was not. A run that came to its end is not repeated; with more epochs it goes on.
/// </summary>
/// <remarks>
/// One file for one run, whole or absent at any moment; a dry run leaves it alone. Data sets, splits and the model are made anew by the program, so their seeds should be fixed. Callbacks
/// take part by <see cref="IResumable"/>.
/// </remarks>
public sealed class AutoResume : Callback
{
    readonly Stopwatch _sinceSaved = new();
    readonly int? _everyBatches;
    readonly TimeSpan? _every;
    SavedState? _state;
    int _batch;

    /// <param name="path">The file: <c>runs/a/resume.safetensors</c>.</param>
    /// <param name="everyBatches">Saves also after so many batches of an epoch.</param>
    /// <param name="every">Saves also after the first batch that ends so long after the last time.</param>
    public AutoResume(string path, int? everyBatches = null, TimeSpan? every = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (everyBatches is { } n) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n, nameof(everyBatches));
        (Path, _everyBatches, _every) = (path, everyBatches, every);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override void On(RunBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Run.Optimizer is null || e.Run.IsDryRun) return;
        WholeFile.CleanUp(Path);
        _sinceSaved.Restart();
        _state = File.Exists(Path) ? CheckpointFile.Read(Path) : null;
        if (_state is null) return;
        (int epoch, _batch) = Snapshot.Restore(e.Run, _state);
        e.Run.Epoch = epoch - 1;
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
        if (e.Batch % _everyBatches == 0 || _sinceSaved.Elapsed >= _every) Save(e.Run, e.Epoch, e.Batch);
        else if (e.Run.IsCancelled)
        {
            try { Save(e.Run, e.Epoch, e.Batch); }
            catch (NotSupportedException) { }                               // something has no state to save within an epoch, and nobody asked for that
        }
    }

    /// <inheritdoc/>
    public override void On(EpochEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Run.IsEpochWhole) Save(e.Run, e.Result.Epoch + 1, 0);
    }

    void Save(Run run, int epoch, int batch)
    {
        if (run.IsDryRun) return;
        using var scope = Scope.Begin();
        CheckpointFile.Write(Path, Snapshot.Take(run, Path, epoch, batch));
        _sinceSaved.Restart();
    }
}
