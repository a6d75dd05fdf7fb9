using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Keeps a part of the model as it is for some epochs, such as layers that were trained elsewhere, and then trains it with the rest, at a learning
/// rate of its own if one is given.
/// </summary>
/// <remarks>
/// Only parameters are frozen: running statistics of batch normalization follow the data. The learning rate is that of a parameter group, so
/// schedules that scale apply to it.
/// </remarks>
/// <example><code>
/// Linear backbone = new(3, 8), head = new(8, 1);
/// var learner = new Sequential(backbone, head).Setup((y, target) => y.MseLoss(target), p => new Adam(p));
/// learner.With(new Freeze(backbone, epochs: 3, learningRate: 1e-4));
/// </code></example>
/// <param name="part">A module in the model.</param>
/// <param name="epochs">How long it is frozen.</param>
/// <param name="learningRate">The learning rate of the part afterwards; that of the rest, if none is given.</param>
public sealed class Freeze(Module part, int epochs, double? learningRate = null) : Callback
{
    Tensor[] _parameters = [];

    bool IsOfAllOthers { get; init; }

    /// <summary>The other way round: a part, such as a new head, learns alone for some epochs, and then the whole model does.</summary>
    /// <param name="part">A module in the model, which learns from the start.</param>
    /// <param name="epochs">How long all others are frozen.</param>
    /// <param name="learningRate">The learning rate of all others afterwards; that of the part, if none is given.</param>
    /// <example><code>
    /// Linear backbone = new(3, 8), head = new(8, 1);
    /// var learner = new Sequential(backbone, head).Setup((y, target) => y.MseLoss(target), p => new Adam(p));
    /// learner.With(Freeze.AllBut(head, epochs: 3));
    /// </code></example>
    public static Freeze AllBut(Module part, int epochs, double? learningRate = null) => new(part, epochs, learningRate) { IsOfAllOthers = true };

    /// <inheritdoc/>
    public override void On(RunBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!e.Run.IsFit) return;
        _parameters = [.. Frozen(e.Run.Model).Where(p => p.RequiresGrad)];
        if (learningRate is { } rate && !e.Run.Optimizers.Any(HasGroup)) Optimizer(e.Run).Regroup(_parameters, rate);
        Set(frozen: e.Run.Epoch < epochs);
    }

    /// <inheritdoc/>
    public override void On(EpochBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        Set(frozen: e.Epoch <= epochs);
    }

    /// <inheritdoc/>
    public override void On(RunEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!e.Run.IsFit) return;
        Set(frozen: false);
        _parameters = [];
    }

    IEnumerable<Tensor> Frozen(Module model)
    {
        if (!IsOfAllOthers) return part.Parameters();
        var own = part.Parameters().ToHashSet();
        return model.Parameters().Where(p => !own.Contains(p));
    }

    void Set(bool frozen)
    {
        foreach (var parameter in _parameters) parameter.RequiresGrad = !frozen;
    }

    /// <summary>Whether a fit that this one goes on with has made the group.</summary>
    bool HasGroup(Optimizer optimizer) => optimizer.Groups.Any(g => g.Parameters.ToHashSet().SetEquals(_parameters));

    Optimizer Optimizer(Run run) => run.Optimizers.FirstOrDefault(o => o.Groups.Any(g => _parameters.Length > 0 && g.Parameters.Contains(_parameters[0])))
        ?? throw new InvalidOperationException(IsOfAllOthers
        ? $"No optimizer trains what the model has beside the {part.GetType().Name}: there is nothing else, or it is frozen already."
        : $"No optimizer trains the {part.GetType().Name} that is to be frozen: it is no part of the model, or frozen already.");
}
