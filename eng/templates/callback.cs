namespace Candeia.Training;

/// <summary>Counts the batches from which a model has learnt, also through resumed runs.</summary>
/// <example><code>
/// var counter = new NAME();
/// var learner = new Linear(3, 1).Setup((y, target) => y.MseLoss(target), p => new Adam(p)).Quiet();
/// learner.With(counter).Fit((Tensor.Randn([64, 3]), Tensor.Randn([64, 1])), epochs: 2);
/// Console.WriteLine(counter.Batches > 0);      // → True
/// </code></example>
public sealed class NAME : Callback, IResumable
{
    /// <summary>How many there have been.</summary>
    public long Batches { get; private set; }

    /// <inheritdoc/>
    public override void On(BatchEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Phase == Phase.Train) Batches++;
    }

    /// <inheritdoc/>
    public void Save(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set("batches", Batches);
    }

    /// <inheritdoc/>
    public void Restore(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Batches = state.Integer("batches");
    }
}
