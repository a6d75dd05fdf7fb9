using Candeia.NN;

namespace Candeia.Experiments;

/// <summary>A multilayer perceptron for encoded rows, [n, features] → [n, outputs]; without hidden layers a linear model.</summary>
/// <param name="features">The numbers of a row.</param>
/// <param name="widths">The numbers in each hidden layer.</param>
/// <param name="outputs">One for a number that is predicted, one for each class otherwise.</param>
sealed class TableNet(int features, IReadOnlyList<int> widths, int outputs) : Layer
{
    const double Dropped = 0.1;
    readonly Linear[] hidden = [.. widths.Select((width, i) => new Linear(i == 0 ? features : widths[i - 1], width))];
    readonly Linear head = new(widths.Count == 0 ? features : widths[^1], outputs);

    public override Tensor Forward(Tensor x)
    {
        foreach (var layer in hidden) x = x.Apply(layer).Relu().Dropout(Dropped, IsTraining);
        return x.Apply(head);
    }

    /// <summary>
    /// Lets numbers that are zero in all rows of the training count for nothing. Their weights would stay what they were drawn as, and an unknown category would say something at random.
    /// </summary>
    /// <param name="x">The rows of the training, [n, features].</param>
    public TableNet Without(Tensor x)
    {
        using var noGrad = Autograd.NoGrad();
        var weight = (hidden.Length > 0 ? hidden[0] : head).Weight;
        weight.CopyFrom(weight * (x.Abs().Amax([0]) > 0).To(weight.DType));
        return this;
    }
}
