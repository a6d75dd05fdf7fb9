using System.Runtime.InteropServices;

namespace Candeia.NN;

/// <summary>
/// Changes parameters so that a loss becomes smaller, by their gradients. State is made on first use, lives outside of scopes, and is kept per
/// parameter.
/// </summary>
/// <example><code>
/// Tensor x = Tensor.Randn([8, 3]), y = x.Sum([1], keepDim: true);
/// var model = new Linear(3, 1);
/// var adam = new Adam(model.Parameters());
/// adam.ZeroGrad();
/// model.Forward(x).MseLoss(y).Backward();
/// adam.Step();
/// </code></example>
public abstract partial class Optimizer
{
    readonly List<ParameterGroup> _groups = [];
    readonly Dictionary<Tensor, ParameterState> _states = [];
    readonly List<Trained> _trained = [];                                    // used during a step
    readonly double _learningRate, _weightDecay, _momentum;

    /// <param name="parameters">What is trained.</param>
    /// <param name="learningRate">The learning rate of groups that name none.</param>
    /// <param name="weightDecay">The weight decay of groups that name none.</param>
    /// <param name="momentum">The momentum of groups that name none; NaN if the optimizer has no such thing.</param>
    protected Optimizer(IEnumerable<Tensor> parameters, double learningRate, double weightDecay = 0, double momentum = double.NaN)
    {
        (_learningRate, _weightDecay, _momentum) = (learningRate, weightDecay, momentum);
        AddGroup(parameters);
    }

    /// <summary>The groups, in the order in which they were added.</summary>
    public IReadOnlyList<ParameterGroup> Groups => _groups;

    /// <summary>The learning rate of the first group; setting it sets those of all groups.</summary>
    public double LearningRate
    {
        get => _groups[0].LearningRate;
        set
        {
            foreach (var group in _groups) group.LearningRate = Checked(value, nameof(LearningRate));
        }
    }

    /// <summary>
    /// Adds parameters with numbers of their own; what is not named is the optimizer's. Returns the optimizer, so that calls can follow.
    /// </summary>
    /// <exception cref="ArgumentException">There is no parameter, one has a group already, or momentum is named where there is none.</exception>
    public Optimizer AddGroup(IEnumerable<Tensor> parameters, double? learningRate = null, double? weightDecay = null, double? momentum = null,
        double? beta2 = null, double? epsilon = null)
    {
        Tensor[] all = [.. parameters];
        if (all.Length == 0) throw new ArgumentException($"{GetType().Name} was given no parameters.");
        foreach (var parameter in all)
        {
            if (!parameter.DType.IsFloatingPoint()) throw new ArgumentException($"A tensor {parameter.Shape} of {parameter.DType} has no gradient; only floating-point numbers can be trained.");
            if (!parameter.IsLeaf) throw new ArgumentException($"A tensor {parameter.Shape} was computed from others; only leaves can be trained.");
            if (!_states.TryAdd(parameter, new(parameter)))
                throw new ArgumentException($"A parameter {parameter.Shape} was given to {GetType().Name} twice.");
        }
        if (momentum is not null && double.IsNaN(_momentum)) throw new ArgumentException($"{GetType().Name} has no momentum.");
        if (beta2 is not null && !GroupOptions.Beta2) throw new ArgumentException($"{GetType().Name} has no second beta.");
        if (epsilon is not null && !GroupOptions.Epsilon) throw new ArgumentException($"{GetType().Name} has no epsilon of its own for a group.");
        _groups.Add(new(all, Checked(learningRate ?? _learningRate, nameof(learningRate)), Checked(weightDecay ?? _weightDecay, nameof(weightDecay)), momentum is { } share ? Checked(share, nameof(momentum)) : _momentum)
        {
            Beta2 = beta2 is { } b ? Share(b, nameof(beta2)) : null, Epsilon = epsilon is { } e ? Checked(e, nameof(epsilon)) : null,
        });
        return this;
    }

    /// <summary>Gives parameters that belong to one group already a group of their own; what is not named is as in the group that they leave.</summary>
    /// <returns>The new group.</returns>
    /// <exception cref="ArgumentException">The parameters are not part of one group, or all of it.</exception>
    public ParameterGroup Regroup(IEnumerable<Tensor> parameters, double? learningRate = null)
    {
        HashSet<Tensor> moved = [.. parameters];
        if (_groups.FirstOrDefault(g => moved.Count > 0 && moved.Count < g.Parameters.Count && moved.IsSubsetOf(g.Parameters)) is not { } group)
            throw new ArgumentException($"{GetType().Name} has no group that consists of these {moved.Count} parameters and others.", nameof(parameters));
        Tensor[] leaving = [.. group.Parameters.Where(moved.Contains)];
        group.Parameters = [.. group.Parameters.Where(p => !moved.Contains(p))];
        _groups.Add(new(leaving, Checked(learningRate ?? group.LearningRate, nameof(learningRate)), group.WeightDecay, group.Momentum) { Beta2 = group.Beta2, Epsilon = group.Epsilon });
        return _groups[^1];
    }

    /// <summary>Whether steps go uphill: towards a larger loss. Set it where the optimizer is made: <c>new Adam(parameters) { Maximize = true }</c>.</summary>
    public bool Maximize { get; init; }

    /// <summary>Whether groups may have a second beta or an epsilon of their own.</summary>
    protected virtual (bool Beta2, bool Epsilon) GroupOptions => default;

    /// <summary>Forgets all gradients. Their memory is reused at the end of the current scope.</summary>
    public void ZeroGrad()
    {
        foreach (var parameter in _states.Keys)
        {
            if (parameter.Grad is { } grad && Scope.Current is { } scope) grad.Storage.MoveTo(scope);
            parameter.Grad = null;
        }
    }

    /// <summary>Changes every parameter that has a gradient; none is changed where none has.</summary>
    public void Step()
    {
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        foreach (var group in _groups)
        {
            _trained.Clear();                                                // an update that threw has left its own
            for (int i = 0; i < group.Parameters.Count; i++)
            {
                var p = group.Parameters[i];
                if (p.Grad is not { } grad) continue;
                var state = _states[p];
                state.Step++;
                grad = grad.IsLeaf ? grad : grad.Detach();
                _trained.Add(new(p, Maximize ? -grad : grad, state));
            }
            if (_trained.Count > 0) Update(group, CollectionsMarshal.AsSpan(_trained));
        }
        _trained.Clear();
    }

    /// <summary>Computes the loss, then changes the parameters. Some optimizers compute the loss more than once in a step.</summary>
    /// <param name="closure">Clears the gradients, computes the loss, calls Backward() and returns the loss.</param>
    /// <returns>The loss before the step.</returns>
    public virtual Tensor Step(Func<Tensor> closure)
    {
        ArgumentNullException.ThrowIfNull(closure);
        var loss = closure();
        Step();
        return loss;
    }

    /// <summary>
    /// Changes the parameters of a group. Operations are not recorded, and what is made here is gone afterwards unless it is state.
    /// </summary>
    protected abstract void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters);

    /// <summary>target ← keep·target + add·values, in one pass: a step along a direction, or a running mean.</summary>
    protected static void Blend(Tensor target, double keep, double add, Tensor values) => new BlendOp(keep, add).Apply(target, values);

    /// <summary>Refuses what is negative, infinite or not a number.</summary>
    protected internal static double Checked(double value, string name) =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is a number of at least 0.");

    /// <summary>Refuses what is no share of something to keep: a beta lies in [0, 1).</summary>
    protected internal static double Share(double value, string name) =>
        value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} lies between 0 and 1, and is smaller than 1.");
}
