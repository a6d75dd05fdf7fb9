namespace Candeia.Training;

/// <summary>
/// Something that watches a run, or takes part in it. Override what it wants to know; every event carries what is known at that moment. It may stop
/// the run and change the optimizer's numbers; what changes a batch, a loss or an update wraps the step.
/// </summary>
public abstract class Callback
{
    /// <summary>
    /// When it is told of events: after callbacks with a lower order, and among equals as they were named. 0 for most; 100 for what puts other weights
    /// into the model, 200 for what saves the state of all others, 300 for what measures their time.
    /// </summary>
    protected internal virtual int Order => 0;

    /// <summary>Whether a learner has at most one of its type: a second one takes the place of the first, as two progress bars would draw over each other.</summary>
    protected internal virtual bool IsSingle => false;

    /// <summary>Before the first batch.</summary>
    public virtual void On(RunBegin e) { }

    /// <summary>Before each epoch.</summary>
    public virtual void On(EpochBegin e) { }

    /// <summary>Before each pass over data.</summary>
    public virtual void On(PhaseBegin e) { }

    /// <summary>Before each batch.</summary>
    public virtual void On(BatchBegin e) { }

    /// <summary>Before each update, when its gradients are there.</summary>
    public virtual void On(GradientsReady e) { }

    /// <summary>After each batch.</summary>
    public virtual void On(BatchEnd e) { }

    /// <summary>After each pass over data.</summary>
    public virtual void On(PhaseEnd e) { }

    /// <summary>After each epoch, validation included.</summary>
    public virtual void On(EpochEnd e) { }

    /// <summary>After the last batch, also when the run was stopped or has failed.</summary>
    public virtual void On(RunEnd e) { }

    /// <summary>Wraps the step of every batch: what happens before, after or instead of it. The first callback is the outermost.</summary>
    public virtual StepResult Around(StepContext context, Step step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step(context);
    }
}
