namespace Candeia.Training;

/// <summary>What a step gives back: the output, which metrics compare with the targets, and the loss where there is one.</summary>
public sealed record StepResult(Tensor Output, Tensor? Loss)
{
    /// <summary>Several outputs, of which the first is compared with the targets.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public StepResult(IReadOnlyList<Tensor> outputs, Tensor? loss) : this(First(outputs), loss) => Outputs = outputs;

    /// <summary>All outputs.</summary>
    public IReadOnlyList<Tensor> Outputs { get; private init; } = [Output];

    static Tensor First(IReadOnlyList<Tensor> outputs) =>
        outputs is [var first, ..] ? first : throw new ArgumentException("A step needs at least one output.", nameof(outputs));
}
