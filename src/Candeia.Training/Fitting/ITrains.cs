using Candeia.NN;

namespace Candeia.Training;

/// <summary>What can fit, measure and predict: a <see cref="Learner{TModel}"/>, and a <see cref="Fitted{TModel}"/>, which goes on.</summary>
public interface ITrains<TModel> where TModel : Module
{
    /// <summary>Model, loss, optimizer and all else.</summary>
    internal Learner<TModel> Settings { get; }

    /// <summary>The fit that another one goes on with; null for one that begins anew.</summary>
    internal Fitted<TModel>? Before { get; }
}
