namespace Candeia.Training;

/// <summary>What a step gives back: the output, which metrics compare with the targets, and the loss where there is one.</summary>
public sealed record StepResult(Tensor Output, Tensor? Loss = null)
{
    /// <summary>All outputs of a model that has several: <c>new(mean, loss) { Outputs = [mean, spread] }</c>.</summary>
    public IReadOnlyList<Tensor> Outputs { get => field ?? [Output]; init; }

    /// <summary>What metrics compare the output with; the targets of the batch, if nothing is named.</summary>
    public Tensor? Target { get; init; }

    /// <summary>What the model gave, if that was more than tensors one after the other.</summary>
    internal object? Value { get; init; }

    /// <summary>What a model gave, before there is a loss.</summary>
    internal static StepResult Of<TOutput>(TOutput output)
    {
        Tensor[] tensors = [.. Parts.Of(output)];
        return tensors.Length > 0 ? new(tensors[0]) { Outputs = tensors, Value = output } : throw new InvalidOperationException(
            $"The model gave {(output is null ? "nothing" : $"a {output.GetType()}")}, in which no tensors are found: let it give a tensor, a tuple, list or dictionary of tensors, or an IBatch.");
    }
}
