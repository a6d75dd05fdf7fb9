using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>A model that has been trained, and how that went.</summary>
public sealed class Fitted<TModel> where TModel : Layer
{
    internal Fitted(Learner<TModel> learner, History history) => (Learner, History) = (learner, history);

    /// <summary>The settings of the training, to train on or with others.</summary>
    public Learner<TModel> Learner { get; }

    /// <summary>The trained model.</summary>
    public TModel Model => Learner.Model;

    /// <summary>Losses and metrics per epoch.</summary>
    public History History { get; }

    /// <summary>The loss and the metrics on other data.</summary>
    public PhaseResult Evaluate(IEnumerable<Batch> data, CancellationToken cancellation = default) => Learner.Evaluate(data, cancellation);

    /// <summary>The outputs for other data, one after the other.</summary>
    public Tensor Predict(IEnumerable<Batch> data, CancellationToken cancellation = default) => Learner.Predict(data, cancellation);

    /// <summary>The history as a table.</summary>
    public override string ToString() => $"{typeof(TModel).Name}, {History.Epochs.Count} epochs\n{History}";
}
