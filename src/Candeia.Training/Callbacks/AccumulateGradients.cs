using System.Runtime.InteropServices;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Makes one update of several batches: the same, but for rounding, as of one batch with all their samples, if the loss is a mean over samples. What
/// is left at the end of an epoch makes an update too. Schedules that go by <see cref="Per.Batch"/> count batches, not updates.
/// </summary>
/// <param name="batches">How many batches an update is made of.</param>
public sealed class AccumulateGradients(int batches) : Callback, IResumable
{
    readonly int _batches = batches > 0 ? batches : throw new ArgumentOutOfRangeException(nameof(batches), batches, "An update is made of at least one batch.");
    readonly Dictionary<Optimizer, (int Batches, long Samples)> _waiting = [];
    StepContext? _context;
    IReadOnlyList<Optimizer> _optimizers = [];

    /// <inheritdoc/>
    public override void On(RunBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!e.Run.IsFit) return;
        _waiting.Clear();
        _optimizers = e.Run.Optimizers;
    }

    /// <inheritdoc/>
    public override StepResult Around(StepContext context, Step step)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(step);
        if (context.Phase != Phase.Train) return step(context);
        _context = context;
        return step(context with { Rule = Accumulate });
    }

    /// <inheritdoc/>
    public override void On(PhaseEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Phase != Phase.Train || _context is not { } context) return;
        foreach (var (optimizer, (_, samples)) in _waiting.ToArray())
            if (samples > 0) Apply(context, optimizer, samples);
        _context = null;
    }

    Tensor Accumulate(StepContext context, Func<Tensor> loss, Optimizer optimizer)
    {
        ref var waiting = ref CollectionsMarshal.GetValueRefOrAddDefault(_waiting, optimizer, out _);
        if (waiting.Batches == 0) optimizer.ZeroGrad();
        Tensor? mean = null;
        var others = _optimizers.Count > 1 ? TakeOthers(context.Run, optimizer) : [];
        context.Backward(() => (mean = loss()) * context.Items.Size);
        foreach (var (parameter, gradient) in others) parameter.Grad = gradient;
        waiting = (waiting.Batches + 1, waiting.Samples + context.Items.Size);
        if (waiting.Batches == _batches) Apply(context, optimizer, waiting.Samples);
        return mean!;
    }

    /// <summary>Puts the gradients of all other optimizers' parameters aside: this one's loss may reach them too, and is not theirs.</summary>
    static (Tensor Parameter, Tensor? Gradient)[] TakeOthers(Run run, Optimizer optimizer)
    {
        HashSet<Tensor> own = new(optimizer.Groups.SelectMany(g => g.Parameters), ReferenceEqualityComparer.Instance);
        (Tensor, Tensor?)[] others = [.. run.Optimizers.SelectMany(o => o.Groups).SelectMany(g => g.Parameters).Where(p => !own.Contains(p)).Select(p => (p, p.Grad))];
        foreach (var (parameter, _) in others) parameter.Grad = null;
        return others;
    }

    void Apply(StepContext context, Optimizer optimizer, long samples)
    {
        using (Autograd.NoGrad())
        using (Scope.Begin())
            foreach (var gradient in optimizer.Groups.SelectMany(g => g.Parameters).Select(p => p.Grad).OfType<Tensor>()) gradient.CopyFrom(gradient / samples);
        context.GradientsReady(optimizer);
        optimizer.Step();
        _waiting[optimizer] = default;
    }

    /// <inheritdoc/>
    public void Save(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach (var (i, optimizer) in _optimizers.Index())
        {
            var (count, samples) = _waiting.GetValueOrDefault(optimizer);
            state.Set($"batches.{i}", count).Set($"samples.{i}", samples);
        }
    }

    /// <inheritdoc/>
    public void Restore(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach (var (i, optimizer) in _optimizers.Index()) _waiting[optimizer] = ((int)state.Integer($"batches.{i}"), state.Integer($"samples.{i}"));
    }
}
