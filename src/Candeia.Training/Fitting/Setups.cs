using Candeia.NN;

namespace Candeia.Training;

/// <summary>The way from a model to its training.</summary>
public static class Setups
{
    /// <summary>Names the loss, the optimizer and the metrics for a model.</summary>
    /// <param name="model">What learns.</param>
    /// <param name="loss">What training makes small: <c>(y, target) =&gt; y.MseLoss(target)</c>.</param>
    /// <param name="optimizer">How it is made small: <c>p =&gt; new Adam(p)</c>.</param>
    /// <param name="metrics">What is measured besides.</param>
    public static Learner<TModel> Setup<TModel>(this TModel model, Loss loss, Func<IEnumerable<Tensor>, Optimizer> optimizer, params Metric[] metrics) where TModel : Layer
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(optimizer);
        return new(model, loss, m => [optimizer(m.Parameters())], metrics) { Callbacks = Usual() };
    }

    /// <summary>Names a loss that has state of its own; its parameters are trained with those of the model.</summary>
    /// <param name="model">What learns.</param>
    /// <param name="loss">What training makes small.</param>
    /// <param name="optimizer">How it is made small: <c>p =&gt; new Adam(p)</c>.</param>
    /// <param name="metrics">What is measured besides.</param>
    public static Learner<TModel> Setup<TModel>(this TModel model, LossModule loss, Func<IEnumerable<Tensor>, Optimizer> optimizer, params Metric[] metrics) where TModel : Layer
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(optimizer);
        return new(model, loss.Forward, m => [optimizer([.. m.Parameters(), .. loss.Parameters()])], metrics) { Callbacks = Usual(), LossModule = loss };
    }

    /// <summary>Names a step of one's own and any number of optimizers, for training that is not one loss and one optimizer.</summary>
    /// <param name="model">What learns.</param>
    /// <param name="step">Computes a batch, and in training updates the parameters: see <see cref="StepContext.Update"/>.</param>
    /// <param name="optimizers">Makes the optimizers: <c>gan =&gt; [new Adam(gan.Critic.Parameters()), new Adam(gan.Artist.Parameters())]</c>.</param>
    /// <param name="metrics">What is measured besides.</param>
    public static Learner<TModel> Setup<TModel>(
        this TModel model, Func<TModel, StepContext, StepResult> step, Func<TModel, IReadOnlyList<Optimizer>> optimizers, params Metric[] metrics) where TModel : Layer
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(optimizers);
        return new Learner<TModel>(model, NoLoss, optimizers, metrics) { Callbacks = Usual() }.Step(step);
    }

    static Callback[] Usual() => [new Progress(), new Interrupt()];

    static Tensor NoLoss(Tensor output, Tensor target) =>
        throw new InvalidOperationException("No loss was named in Setup: the step computes it, and context.Loss is not to be used.");
}
