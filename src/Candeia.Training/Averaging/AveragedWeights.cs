namespace Candeia.Training;

/// <summary>
/// Keeps an average of the parameters beside those that are trained. From the end of a training pass to the beginning of the next the model has the
/// averaged ones: they are validated, saved by other callbacks, and there in the end. So are those of a <see cref="LossModule"/>. Told of events after the other callbacks.
/// </summary>
/// <remarks>As <see href="https://pytorch.org/docs/stable/optim.html#weight-averaging-swa-and-ema">torch.optim.swa_utils.AveragedModel</see>.</remarks>
public abstract class AveragedWeights : Callback, IResumable
{
    OrderedDictionary<string, Tensor> _average = [], _trained = [];
    Run? _run;
    bool _updated;

    private protected AveragedWeights() { }

    /// <inheritdoc/>
    protected internal override int Order => 100;

    /// <summary>How many times the parameters have been averaged.</summary>
    public int Count { get; private set; }

    /// <summary>How much of the difference between the parameters and their average goes into the average.</summary>
    private protected abstract double Share(int count);

    /// <summary>Whether averages are made after each update, instead of after an epoch.</summary>
    private protected abstract bool AfterUpdate { get; }

    /// <summary>Whether the parameters are averaged in this epoch.</summary>
    private protected virtual bool Takes(int epoch) => true;

    /// <summary>Called when the model has got the averaged parameters.</summary>
    private protected virtual void Averaged(Run run) { }

    /// <inheritdoc/>
    public override void On(RunBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!e.Run.IsFit) return;
        _run = e.Run;
        if (e.Run.Epoch == 0) (Count, _average, _trained) = (0, [], []);
    }

    /// <inheritdoc/>
    public override void On(PhaseBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Phase != Phase.Train) return;
        foreach (var (name, tensor) in Snapshot.Tensors(e.Run))
            if (_trained.TryGetValue(name, out var kept)) tensor.Detach().CopyFrom(kept);
        _trained = [];
    }

    /// <inheritdoc/>
    public override void On(GradientsReady e) => _updated = true;

    /// <inheritdoc/>
    public override void On(BatchEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Phase != Phase.Train) return;
        if (AfterUpdate && _updated) Take(e.Run);
        _updated = false;
    }

    /// <inheritdoc/>
    public override void On(PhaseEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Phase != Phase.Train) return;
        if (AfterUpdate ? _updated : Takes(e.Epoch)) Take(e.Run);     // an update may be made of what is left at the end
        _updated = false;
        if (Count == 0 && AfterUpdate)
            throw new InvalidOperationException("No update of the parameters was seen. " +
                "A step of one's own makes them by context.Update, or calls context.GradientsReady before the optimizer's Step().");
        if (Count == 0) return;
        foreach (var (name, tensor) in Snapshot.Tensors(e.Run)) _trained[name] = tensor.Detach().Clone().Keep();
        foreach (var (name, parameter) in Snapshot.Parameters(e.Run)) parameter.Detach().CopyFrom(_average[name]);
        Averaged(e.Run);
    }

    void Take(Run run)
    {
        using var noGrad = Autograd.NoGrad();
        double share = Share(Count++);
        foreach (var (name, parameter) in Snapshot.Parameters(run))
        {
            using var scope = Scope.Begin();
            if (_average.TryGetValue(name, out var average)) average.CopyFrom(average + share * (parameter - average));
            else _average[name] = parameter.Detach().Clone().Keep();
        }
    }

    /// <inheritdoc/>
    public void Save(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set("count", Count);
        foreach (var (name, tensor) in _average) state.In("average").Set(name, tensor);
        foreach (var (name, tensor) in _trained) state.In("trained").Set(name, tensor);
    }

    /// <inheritdoc/>
    public void Restore(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Count = (int)state.Integer("count");
        _average = Read(state.In("average"), Count > 0 ? Snapshot.Parameters(_run!) : []);
        _trained = Read(state.In("trained"), state.In("trained").All().Count > 0 ? Snapshot.Tensors(_run!) : []);
    }

    static OrderedDictionary<string, Tensor> Read(SavedState state, IEnumerable<(string Name, Tensor Tensor)> like)
    {
        OrderedDictionary<string, Tensor> read = [];
        foreach (var (name, tensor) in like)
        {
            var value = state.Tensor(name);
            read[name] = value.Shape == tensor.Shape ? value.To(tensor.Device).Clone().Keep() : throw state.Unfit(name);
        }
        return read;
    }
}
