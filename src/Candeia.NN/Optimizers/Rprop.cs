namespace Candeia.NN;

/// <summary>
/// Steps that follow only the sign of the gradient: longer while it stays, shorter when it changes. For full batches (<see
/// href="https://ieeexplore.ieee.org/document/298623">Riedmiller and Braun, 1993</see>).
/// </summary>
public sealed class Rprop : Optimizer
{
    readonly double _shrink, _grow, _shortest, _longest;

    /// <param name="parameters">What is trained: <c>model.Parameters()</c>.</param>
    /// <param name="learningRate">How far the first step goes.</param>
    /// <param name="shrink">What the length is multiplied by when the gradient changes its sign.</param>
    /// <param name="grow">What it is multiplied by while the sign stays.</param>
    /// <param name="shortest">The shortest step that is made.</param>
    /// <param name="longest">The longest step that is made.</param>
    public Rprop(
        IEnumerable<Tensor> parameters, double learningRate = 1e-2, double shrink = 0.5, double grow = 1.2, double shortest = 1e-6,
        double longest = 50)
        : base(parameters, learningRate)
    {
        if (shrink is not (> 0 and < 1) || grow <= 1)
            throw new ArgumentException($"Steps must become shorter and longer: shrink in (0, 1) and grow above 1, not {shrink} and {grow}.");
        (_shrink, _grow, _shortest, _longest) = (shrink, grow, shortest, longest);
    }

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters)
    {
        foreach (var p in parameters)
        {
            var (θ, g) = (p.Parameter, p.Gradient);
            Tensor before = p.State["prev"], length = p.State["step_size", group.LearningRate];
            var agreement = g * before;
            var turned = agreement < 0;
            length.CopyFrom(turned.Where(length * _shrink, (agreement > 0).Where(length * _grow, length)).Clamp(_shortest, _longest));
            before.CopyFrom(g.MaskedFill(turned, 0));                        // no step where the sign has changed
            Blend(θ, 1, -1, before.Sign() * length);
        }
    }
}
