namespace Candeia.Images;

/// <summary>Transforms one after the other.</summary>
internal sealed record Composed(IReadOnlyList<Transform> All) : Transform
{
    internal override IReadOnlyList<Transform> Steps => All;

    internal override (Window Window, Transform Then)? Begin(int height, int width, Generator generator) =>
        All[0].Begin(height, width, generator) is var (window, rest) ? (window, new Composed([rest, .. All.Skip(1)])) : null;

    protected internal override Annotated Change(Annotated scene, Generator generator) => All.Aggregate(scene, (s, step) => step.Change(s, generator));

    public override string ToString() => string.Join(", ", All);
}

/// <summary>A transform that is done with a probability, and else nothing.</summary>
/// <param name="Inner">What may be done.</param>
/// <param name="P">How likely it is.</param>
public sealed record RandomApply(Transform Inner, double P = 0.5) : Transform
{
    /// <inheritdoc/>
    protected internal override Annotated Change(Annotated scene, Generator generator) => generator.NextDouble() < P ? Inner.Change(scene, generator) : scene;
}

/// <summary>One of several transforms, each as likely as the others.</summary>
/// <param name="All">At least one.</param>
public sealed record RandomChoice(params IReadOnlyList<Transform> All) : Transform
{
    /// <inheritdoc/>
    protected internal override Annotated Change(Annotated scene, Generator generator) => All[generator.NextInt(All.Count)].Change(scene, generator);
}

/// <summary>Several transforms in random order.</summary>
/// <param name="All">What is done, each once.</param>
public sealed record RandomOrder(params IReadOnlyList<Transform> All) : Transform
{
    /// <inheritdoc/>
    protected internal override Annotated Change(Annotated scene, Generator generator) =>
        generator.Permutation(All.Count).Aggregate(scene, (s, i) => All[i].Change(s, generator));
}
