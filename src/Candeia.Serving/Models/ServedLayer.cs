using Candeia.NN;

namespace Candeia.Serving;

/// <summary>A layer as a model with one input and one output.</summary>
/// <remarks>It is computed in evaluation mode, whatever its own mode is, and must not be trained meanwhile.</remarks>
/// <example><code>
/// IServedModel model = new ServedLayer(new Linear(4, 3), ModelValue.Of("x", [4]), ModelValue.Of("scores", [3]));
/// using var predictor = new Predictor(model);
/// var answers = await predictor.PredictAsync([Tensor.Zeros([1, 4])]);
/// Console.WriteLine(answers[0].Shape);      // → [1, 3]
/// </code></example>
/// <param name="layer">What computes.</param>
/// <param name="input">What it takes.</param>
/// <param name="output">What it gives.</param>
public sealed class ServedLayer(Layer layer, ModelValue input, ModelValue output) : IServedModel
{
    readonly Layer _layer = layer ?? throw new ArgumentNullException(nameof(layer));

    /// <inheritdoc/>
    public IReadOnlyList<ModelValue> Inputs { get; } = [input];

    /// <inheritdoc/>
    public IReadOnlyList<ModelValue> Outputs { get; } = [output];

    /// <inheritdoc/>
    public Question? Question { get; init; }

    /// <summary>What is done with the layer's output, such as a softmax; nothing if it is not said.</summary>
    public Func<Tensor, Tensor>? Then { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using var off = Autograd.NoGrad();
        using var mode = Mode.Evaluation();
        var y = _layer.Forward(inputs[0]);
        return [Then is null ? y : Then(y)];
    }
}
