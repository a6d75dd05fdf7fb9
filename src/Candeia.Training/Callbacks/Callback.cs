namespace Candeia.Training;

/// <summary>Something that watches a run. Override what it wants to know; every event carries what is known at that moment.</summary>
public abstract class Callback
{
    /// <summary>Before the first batch.</summary>
    public virtual void On(RunBegin e) { }

    /// <summary>Before each epoch.</summary>
    public virtual void On(EpochBegin e) { }

    /// <summary>Before each pass over data.</summary>
    public virtual void On(PhaseBegin e) { }

    /// <summary>Before each batch.</summary>
    public virtual void On(BatchBegin e) { }

    /// <summary>After each batch.</summary>
    public virtual void On(BatchEnd e) { }

    /// <summary>After each pass over data.</summary>
    public virtual void On(PhaseEnd e) { }

    /// <summary>After each epoch, validation included.</summary>
    public virtual void On(EpochEnd e) { }

    /// <summary>After the last batch, also when the run was stopped.</summary>
    public virtual void On(RunEnd e) { }
}
