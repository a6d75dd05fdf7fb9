namespace Candeia.Images;

/// <summary>Transforms one after the other.</summary>
internal sealed record Composed(IReadOnlyList<Transform> All) : Transform
{
    internal override IReadOnlyList<Transform> Steps => All;

    internal override (Window Window, Transform Then)? Begin(int height, int width, Generator generator) =>
        All[0].Begin(height, width, generator) is var (window, rest) ? (window, new Composed([rest, .. All.Skip(1)])) : null;

    protected internal override Annotated Change(Annotated scene, Generator generator)
    {
        for (int i = 0; i < All.Count; i++)
        {
            var joined = i + 1 < All.Count ? All[i].Joined(All[i + 1], scene.Height, scene.Width) : null;
            if (joined is not null) i++;
            scene = joined?.Apply(scene) ?? All[i].Change(scene, generator);
        }
        return scene;
    }

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

/// <summary>One of several transforms, each as likely as the others, or as likely as is said.</summary>
/// <param name="All">At least one.</param>
/// <example><code>
/// var often = new RandomChoice([new Invert(), new Solarize(0.5)], p: [3, 1]);            // three times of four the first
/// Tensor dark = Tensor.Full([3, 1, 1], 0.2);
/// var random = new Generator(1);
/// Console.WriteLine(Enumerable.Range(0, 400).Count(_ =&gt; often.Apply(dark, random)[0].Item() &gt; 0.5) is &gt; 250 and &lt; 350);     // → True
/// </code></example>
public sealed record RandomChoice(params IReadOnlyList<Transform> All) : Transform
{
    /// <summary>One of several transforms, each as likely as is said.</summary>
    /// <param name="all">At least one.</param>
    /// <param name="p">How likely each is, in proportion to their sum: <c>[0.75, 0.25]</c>, or <c>[3, 1]</c>.</param>
    /// <exception cref="ArgumentException">There are not as many as transforms, one is negative, or all are 0.</exception>
    public RandomChoice(IReadOnlyList<Transform> all, IReadOnlyList<double> p) : this(all)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(p);
        if (p.Count != all.Count) throw new ArgumentException($"{all.Count} transforms have as many probabilities, not {p.Count}.", nameof(p));
        if (!p.All(v => v >= 0 && double.IsFinite(v)) || !(p.Sum() > 0)) throw new ArgumentException($"Probabilities are not negative, and one of them is more than 0; these are {string.Join(", ", p)}.", nameof(p));
        P = [.. p];
    }

    /// <summary>How likely each is, in proportion to their sum; null where all are alike.</summary>
    public IReadOnlyList<double>? P { get; }

    /// <inheritdoc/>
    protected internal override Annotated Change(Annotated scene, Generator generator) => All[P is null ? generator.NextInt(All.Count) : Drawn([.. P], generator.NextDouble())].Change(scene, generator);

    static int Drawn(double[] p, double at)
    {
        double left = at * p.Sum();
        int chosen = Array.FindIndex(p, v => (left -= v) < 0);
        return chosen >= 0 ? chosen : Array.FindLastIndex(p, v => v > 0);     // where rounding leaves a rest
    }
}

/// <summary>Several transforms in random order.</summary>
/// <param name="All">What is done, each once.</param>
public sealed record RandomOrder(params IReadOnlyList<Transform> All) : Transform
{
    /// <inheritdoc/>
    protected internal override Annotated Change(Annotated scene, Generator generator) =>
        generator.Permutation(All.Count).Aggregate(scene, (s, i) => All[i].Change(s, generator));
}
