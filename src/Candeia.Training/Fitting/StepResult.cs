namespace Candeia.Training;

/// <summary>What a step gives back: the output, which metrics compare with the targets, and the loss where there is one.</summary>
public sealed record StepResult(Tensor Output, Tensor? Loss = null)
{
    /// <summary>All outputs of a model that has several: <c>new(mean, loss) { Outputs = [mean, spread] }</c>.</summary>
    public IReadOnlyList<Tensor> Outputs { get => field ?? [Output]; init; }
}
