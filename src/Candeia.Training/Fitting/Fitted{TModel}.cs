using System.Diagnostics;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>A model that has been trained, and how that went. Its Fit goes on: optimizers, schedules and history are those at the end.</summary>
[DebuggerDisplay("{DebuggerText,nq}")]
public sealed class Fitted<TModel> : ITrains<TModel> where TModel : Module
{
    internal Fitted(Learner<TModel> learner, History history, IReadOnlyList<Optimizer>? optimizers = null, int steps = 0, ModelNotes? notes = null) =>
        (Learner, History, Optimizers, Steps, Notes) = (learner, history, optimizers, steps, notes ?? new());

    /// <summary>The settings of the training. Fitting them again starts with new optimizers and a new history, and trains the same model on.</summary>
    public Learner<TModel> Learner { get; }

    /// <summary>The trained model.</summary>
    public TModel Model => Learner.Model;

    /// <summary>Losses and metrics per epoch.</summary>
    public History History { get; }

    /// <summary>
    /// What it was saved with: the names of classes, what is done to inputs, what its card says. Nothing is said of what was not loaded.
    /// </summary>
    public ModelNotes Notes { get; }

    internal string DebuggerText => $"{typeof(TModel).Name}, {History.DebuggerText}";

    /// <summary>The optimizers with what they remember, where there was training in this process.</summary>
    internal IReadOnlyList<Optimizer>? Optimizers { get; }

    /// <summary>How many training batches there were.</summary>
    internal int Steps { get; }

    Learner<TModel> ITrains<TModel>.Settings => Learner;

    Fitted<TModel> ITrains<TModel>.Before => this;

    /// <summary>Adds callbacks for what follows; optimizers and history stay.</summary>
    public Fitted<TModel> With(params ReadOnlySpan<Callback> callbacks) => new(Learner.With(callbacks), History, Optimizers, Steps, Notes);

    /// <summary>The same with other notes.</summary>
    internal Fitted<TModel> Noted(ModelNotes notes) => new(Learner, History, Optimizers, Steps, notes);

    /// <summary>The history as a table.</summary>
    public override string ToString() => $"{typeof(TModel).Name}, {History.Epochs.Count} epochs\n{History}";
}
