using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>What is done with a batch: its output and its loss are computed, and in training the parameters updated.</summary>
public delegate StepResult Step(StepContext context);

/// <summary>How a loss leads to an update in training: gradients, then a step of the optimizer. Returns the loss before the update.</summary>
public delegate Tensor UpdateRule(StepContext context, Func<Tensor> loss, Optimizer optimizer);

/// <summary>
/// What a step has to work with, and its way downwards: the step computes a loss by <see cref="Update"/>, which in training follows the
/// <see cref="Rule"/>: <see cref="Backward"/>, <see cref="GradientsReady"/>, and a step of the optimizer. Middleware hands on a changed context:
/// <c>step(context with { Batch = mixed })</c>.
/// </summary>
/// <param name="Run">The run.</param>
/// <param name="Phase">What the batch is for.</param>
/// <param name="Items">The batch, whatever it consists of.</param>
/// <param name="Loss">The loss that was named in Setup.</param>
public sealed record StepContext(Run Run, Phase Phase, IBatch Items, Loss Loss)
{
    /// <summary>The batch as inputs and targets.</summary>
    /// <exception cref="InvalidOperationException">The data give batches of another type, which <see cref="Items"/> has.</exception>
    public Batch Batch { get => Items.As<Batch>(); init => Items = value; }

    /// <summary>The model at work.</summary>
    public Module Model => Run.Model;

    /// <summary>What updates it: the first or only optimizer; only in training.</summary>
    public Optimizer Optimizer => Run.Optimizer ?? throw new InvalidOperationException("There is no optimizer outside of training.");

    /// <summary>All optimizers; none outside of training.</summary>
    public IReadOnlyList<Optimizer> Optimizers => Run.Optimizers;

    /// <summary>The usual step of a layer: output and loss; in training then gradients and update.</summary>
    internal static StepResult Standard(StepContext context)
    {
        var (x, y) = context.Batch;
        var layer = context.Layer;
        Tensor? output = null;
        var loss = context.Update(() =>
        {
            var now = layer.Forward(x);
            output ??= now;                                 // some optimizers compute the loss more than once: the first is reported
            return context.Loss(now, y);
        });
        return new(output!, loss);
    }

    /// <summary>The usual step of any model, for batches and outputs of any type.</summary>
    internal static StepResult Standard<TBatch, TOutput>(StepContext context, Func<TBatch, TOutput> forward, Func<TOutput, TBatch, Tensor> loss)
    {
        var batch = context.Items.As<TBatch>();
        StepResult? result = null;
        var value = context.Update(() =>
        {
            var output = forward(batch);
            result ??= StepResult.Of(output);
            return loss(output, batch);
        });
        return result! with { Loss = value };
    }

    /// <summary>What Predict does with a batch, unless it was told otherwise.</summary>
    internal static StepResult Predict(StepContext context) => new(context.Layer.Forward(context.Batch.X));

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

    /// <summary>What <see cref="Update"/> does in training.</summary>
    public UpdateRule Rule { get; init; } = static (context, loss, optimizer) => optimizer.Step(() =>
    {
        optimizer.ZeroGrad();
        var value = context.Backward(loss);
        context.GradientsReady(optimizer);
        return value;
    });

    /// <summary>Computes a loss and adds its gradients to those that there are; what <see cref="Rule"/> calls for it.</summary>
    public Func<Func<Tensor>, Tensor> Backward { get; init; } = static loss =>
    {
        var value = loss();
        value.Backward();
        return value;
    };

    /// <summary>
    /// Tells the callbacks that limit or watch gradients. <see cref="Update"/> does it; a step that calls Backward() itself calls this before the
    /// optimizer's Step().
    /// </summary>
    public void GradientsReady(Optimizer optimizer)
    {
        using var _ = Autograd.NoGrad();
        Run.Ledger.Notify.Each(new GradientsReady(Run, Run.Epoch, Run.Batch, optimizer), static (c, e) => c.On(e));
    }

    /// <summary>Adds a number to the result of the pass, beside the loss: the mean over all batches, by their size.</summary>
    public void Record(string name, double value) => Run.Record(name, value, Items.Size);

    /// <summary>Adds a number that a device may still be computing to the result of the pass; it is read when the result is asked for.</summary>
    public void Record(string name, Tensor value) => Run.Record(name, value, Items.Size);

    Layer Layer => Model as Layer ?? throw new InvalidOperationException(
        $"{Model.GetType().Name} is no {nameof(NN.Layer)}, so how it predicts has to be said: Setup(forward, loss, optimizer), or {nameof(Learner<>.PredictStep)}.");
}
