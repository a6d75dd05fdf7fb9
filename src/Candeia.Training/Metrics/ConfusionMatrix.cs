namespace Candeia.Training;

/// <summary>The share of samples taken for another class; the counts themselves are the detail: <c>result.Detail&lt;Confusion&gt;()</c>.</summary>
public sealed record ConfusionMatrix : ClassMetric
{
    /// <inheritdoc/>
    public override string Name => "confusion";

    /// <inheritdoc/>
    protected override bool KeepsCounts => true;

    /// <inheritdoc/>
    protected override double Measure(Confusion confusion) => 1 - confusion.Accuracy;
}
