using Candeia.Data;

namespace Candeia.Training;

/// <summary>A number that tells how good predictions are, gathered batch by batch.</summary>
/// <remarks>The object is a recipe: <see cref="Begin"/> gives a fresh count for each pass.</remarks>
public abstract record Metric
{
    /// <summary>The name under which results are listed: <c>mae</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Begins to count.</summary>
    public abstract IMetricState Begin();

    /// <summary>The same for a part of what a model gives: <c>new Accuracy().Of((Heads y, Faces x) => (y.Age, x.Age), "age_accuracy")</c>.</summary>
    /// <typeparam name="TOutput">What the model gives.</typeparam>
    /// <typeparam name="TBatch">What the batches are, or hold.</typeparam>
    /// <param name="compared">The output and the target that are compared.</param>
    /// <param name="name">The name under which results are listed.</param>
    public Metric Of<TOutput, TBatch>(Func<TOutput, TBatch, (Tensor Output, Tensor Target)> compared, string name)
    {
        ArgumentNullException.ThrowIfNull(compared);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new OfPart(this, name, (result, batch) => compared((TOutput)(result.Value ?? result.Output), batch.As<TBatch>()));
    }

    /// <summary>What is compared with what.</summary>
    internal virtual (Tensor Output, Tensor Target) Compared(StepResult result, IBatch batch) => (result.Output, result.Target ?? (batch as Batch)?.Y
        ?? throw new InvalidOperationException($"{Name} does not know with what to compare the output. Say it: metric.Of((output, batch) => (…, …), \"{Name}\"), or let the step give new StepResult(output, loss) {{ Target = … }}."));

    /// <summary>A metric of a part.</summary>
    sealed record OfPart(Metric Whole, string Called, Func<StepResult, IBatch, (Tensor, Tensor)> Part) : Metric
    {
        public override string Name => Called;

        public override IMetricState Begin() => Whole.Begin();

        internal override (Tensor Output, Tensor Target) Compared(StepResult result, IBatch batch) => Part(result, batch);
    }
}
