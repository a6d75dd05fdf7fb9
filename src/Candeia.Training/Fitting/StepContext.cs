using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>What is done with a batch: its output and its loss are computed, and in training the parameters updated.</summary>
public delegate StepResult Step(StepContext context);

/// <summary>How a loss leads to an update in training: gradients, then a step of the optimizer. Returns the loss before the update.</summary>
public delegate Tensor UpdateRule(StepContext context, Func<Tensor> loss, Optimizer optimizer);

/// <summary>What a step has to work with. Middleware hands on a changed one: <c>step(context with { Batch = mixed })</c>.</summary>
public sealed record StepContext(Run Run, Phase Phase, Batch Batch, Loss Loss)
{
    /// <summary>The model at work.</summary>
    public Layer Model => Run.Model;

    /// <summary>What updates it: the first or only optimizer; only in training.</summary>
    public Optimizer Optimizer => Run.Optimizer ?? throw new InvalidOperationException("There is no optimizer outside of training.");

    /// <summary>All optimizers; none outside of training.</summary>
    public IReadOnlyList<Optimizer> Optimizers => Run.Optimizers;

    /// <summary>What <see cref="Update"/> does in training.</summary>
    public UpdateRule Rule { get; init; } = Steps.Update;

    /// <summary>Computes a loss and adds its gradients to those that there are; what <see cref="Rule"/> calls for it.</summary>
    public Func<Func<Tensor>, Tensor> Backward { get; init; } = Steps.Backward;

    /// <summary>
    /// Computes a loss and, in training, the gradients and an update. Optimizers that look several times at a batch, such as L-BFGS, call the function
    /// as often.
    /// </summary>
    /// <param name="loss">Computes the loss with the parameters as they are.</param>
    /// <param name="optimizer">Which of several optimizers makes the update, counted from 0. Its gradients are cleared before.</param>
    /// <returns>The loss before the update.</returns>
    public Tensor Update(Func<Tensor> loss, int optimizer = 0)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return Phase == Phase.Train ? Rule(this, loss, Optimizers[optimizer]) : loss();
    }

    /// <summary>
    /// Tells the callbacks that limit or watch gradients. <see cref="Update"/> does it; a step that calls Backward() itself calls this before the
    /// optimizer's Step().
    /// </summary>
    public void GradientsReady(Optimizer optimizer)
    {
        using var _ = Autograd.NoGrad();
        Run.Notify.Each(new GradientsReady(Run, Run.Epoch, Run.Batch, optimizer), static (c, e) => c.On(e));
    }

    /// <summary>Adds a number to the result of the pass, beside the loss: the mean over all batches, by their size.</summary>
    public void Record(string name, double value) => Run.Record(name, value, Batch.Size);
}
