using Candeia.Data;

namespace Candeia.Training;

/// <summary>One pass over data: each <see cref="MoveNext"/> is a batch, and <see cref="End"/> is what came of all.</summary>
internal sealed class Pass : IDisposable
{
    readonly Run _run;
    readonly Phase _phase;
    readonly int? _most;
    readonly Step _step;
    readonly Loss _loss;
    readonly Device _device;
    readonly bool _owned;
    readonly Tally _tally;
    readonly IEnumerator<IBatch> _batches;
    bool _begun;

    /// <param name="run">The run.</param>
    /// <param name="phase">What the pass is for.</param>
    /// <param name="data">What is gone through.</param>
    /// <param name="most">How many batches there are at most.</param>
    /// <param name="step">What is done with a batch, by the learner.</param>
    /// <param name="loss">The learner's loss.</param>
    /// <param name="device">Where the batches go.</param>
    public Pass(Run run, Phase phase, IEnumerable<IBatch> data, int? most, Step step, Loss loss, Device device)
    {
        (_run, _phase, _most, _loss, _device) = (run, phase, most, loss, device);
        _tally = run.Ledger.Tally = new();
        run.Ledger.Notify.Each(new PhaseBegin(run, phase, run.Epoch), static (c, e) => c.On(e));
        _step = run.Ledger.Notify.Wrap(step);
        _owned = data is Loader { OwnsBatches: true };
        _batches = Shared(data) ?? _tally.Rest(data).GetEnumerator();
    }

    /// <summary>The outputs for the batch, where the pass predicts.</summary>
    public Prediction? Prediction { get; private set; }

    /// <summary>Does what is to be done with the next batch; false where there is none, or the run has been stopped.</summary>
    public bool MoveNext()
    {
        if (_begun && IsOver || !_batches.MoveNext() || IsOver) return false;  // a resumed pass may have had all of its batches
        _begun = true;
        _tally.Batch++;
        One(_batches.Current);
        return true;
    }

    /// <summary>What other processes go through together with this one.</summary>
    IEnumerator<IBatch>? Shared(IEnumerable<IBatch> data) =>
        data is Loader loader ? _run.Callbacks.OfType<IPeers>().FirstOrDefault()?.Own(loader, _tally.Batch) : null;

    bool IsOver => _run.StopReason is not null || _tally.Batch >= _most;

    /// <summary>One batch: its memory, and all that the step has made, comes back at the end.</summary>
    void One(IBatch loaded)
    {
        using var scope = Scope.Begin();
        if (_owned) foreach (var tensor in loaded.Tensors()) scope.Adopt(tensor);
        var batch = loaded.To(_device);
        var (run, notify) = (_run, _run.Ledger.Notify);
        notify.Each(new BatchBegin(run, _phase, run.Epoch, run.Batch, batch) { WasReady = (_batches as IAhead)?.WasReady }, static (c, e) => c.On(e));
        if (_phase == Phase.Train && run.Batch == 1) run.Ledger.Clock!.LearningRate = run.Optimizer!.LearningRate;
        var result = Compute(new(run, _phase, batch, _loss));
        var end = new BatchEnd(run, _phase, run.Epoch, run.Batch, batch, result);
        _tally.Add(batch.Size, result.Loss);
        if (_phase == Phase.Train) run.Step++;
        using var ended = Autograd.NoGrad();
        if (_phase == Phase.Predict) Prediction = Prediction.Of(batch, result);
        notify.Each(end, static (c, e) => c.On(e));
    }

    StepResult Compute(StepContext context)
    {
        if (_phase == Phase.Train)
        {
            using var grad = Autograd.EnableGrad();
            return _step(context);
        }
        using var noGrad = Autograd.NoGrad();
        using var evaluation = NN.Mode.Evaluation();
        return _step(context);
    }

    /// <summary>Ends the pass. Null if it was stopped before the first batch, or if there was none.</summary>
    public PhaseResult? End()
    {
        _tally.IsCut = _run.StopReason is not null && !(_tally.Batch >= (_phase == Phase.Train ? _run.TrainBatches : _run.ValidBatches));
        _run.Ledger.Notify.Each(new PhaseEnd(_run, _phase, _run.Epoch, _tally.Close()), static (c, e) => c.On(e));
        _tally.IsClosed = true;
        return _tally.Result;
    }

    public void Dispose() => _batches.Dispose();
}
