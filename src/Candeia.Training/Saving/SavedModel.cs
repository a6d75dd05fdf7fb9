using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// A model that was saved with its preprocessing: it is asked with what users have, a picture, a text, a row, and answers in their units.
/// </summary>
/// <typeparam name="TModel">The type of the network.</typeparam>
/// <typeparam name="TAsked">What it is asked with.</typeparam>
public sealed class SavedModel<TModel, TAsked> where TModel : Module
{
    internal SavedModel(Fitted<TModel> fitted, IPreprocessing<TAsked> preprocessing) => (Fitted, Preprocessing) = (fitted, preprocessing);

    /// <summary>The network with the history of its training.</summary>
    public Fitted<TModel> Fitted { get; }

    /// <summary>What is done to what it is asked with.</summary>
    public IPreprocessing<TAsked> Preprocessing { get; }

    /// <summary>The names of its classes; none where numbers are predicted.</summary>
    public IReadOnlyList<string> Classes => Fitted.Notes.Classes;

    /// <summary>What the network says, in the units of the user: [n, …], a part for each item.</summary>
    /// <param name="asked">A picture, a text, the rows of a table.</param>
    public Tensor Predict(TAsked asked) => Preprocessing.Answer(Fitted.Predict(Preprocessing.Apply(asked)));

    /// <summary>What it takes an item for, the likeliest class first.</summary>
    /// <param name="asked">A single item: a picture, a text, a table of one row.</param>
    /// <exception cref="InvalidOperationException">The model was saved without the names of classes, or it does not answer with a score for
    /// each.</exception>
    public IReadOnlyList<ClassProbability> Classify(TAsked asked)
    {
        if (Classes.Count == 0)
            throw new InvalidOperationException($"This model was saved without the names of its classes; ask it by {nameof(Predict)}, "
                + "or save it again with them: new ModelNotes { Classes = … }.");
        var scores = Predict(asked);
        if (scores.Rank != 2 || scores.Shape[0] != 1 || scores.Shape[1] != Classes.Count)
            throw new InvalidOperationException($"The model answers {scores.Shape}, not with a score for each of its {Classes.Count} classes and one item; "
                + $"ask it by {nameof(Predict)}.");
        return [.. scores.Softmax(1).ToArray<double>().Select((p, i) => new ClassProbability(Classes[i], p)).OrderByDescending(c => c.Probability)];
    }
}

/// <summary>How likely a class is.</summary>
/// <param name="Class">Its name.</param>
/// <param name="Probability">From 0 to 1.</param>
public sealed record ClassProbability(string Class, double Probability);
