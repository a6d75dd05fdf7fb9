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

    /// <summary>
    /// Names how a model computes a batch, and the loss of that: for models with several inputs or outputs, and batches of any type. What a loader
    /// gives as <see cref="Data.Batch{T}"/> comes as the tuple, list or dictionary that it holds.
    /// </summary>
    /// <example><code>
    /// var learner = new Siamese().Setup(
    ///     forward: (Siamese net, (Tensor Left, Tensor Right, Tensor Same) pair) => net.Forward(pair.Left, pair.Right),
    ///     loss: (likeness, pair) => likeness.BceWithLogitsLoss(pair.Same),
    ///     optimizer: p => new Adam(p));
    ///
    /// sealed class Siamese : Module
    /// {
    ///     readonly Linear eye = new(16, 8);
    ///     public Tensor Forward(Tensor left, Tensor right) => (left.Apply(eye) * right.Apply(eye)).Sum([1]);      // [n]
    /// }
    /// </code></example>
    /// <param name="model">What learns.</param>
    /// <param name="forward">What the model makes of a batch: a tensor, a tuple, list or dictionary of tensors. Predict gives them as outputs.</param>
    /// <param name="loss">What training makes small, from the outputs and the batch.</param>
    /// <param name="optimizer">How it is made small: <c>p =&gt; new Adam(p)</c>.</param>
    /// <param name="metrics">What is measured besides; <see cref="Metric.Of"/> says what is compared with what.</param>
    public static Learner<TModel> Setup<TModel, TBatch, TOutput>(
        this TModel model, Func<TModel, TBatch, TOutput> forward, Func<TOutput, TBatch, Tensor> loss, Func<IEnumerable<Tensor>, Optimizer> optimizer,
        params Metric[] metrics) where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(optimizer);
        return new(model, NoLoss, m => [optimizer(m.Parameters())], metrics)
        {
            Callbacks = Usual(),
            Body = context => StepContext.Standard<TBatch, TOutput>(context, batch => forward(model, batch), loss),
            Predictor = context => StepResult.Of(forward(model, context.Items.As<TBatch>())),
        };
    }

    /// <summary>Names a step of one's own and any number of optimizers, for training that is not one loss and one optimizer.</summary>
    /// <param name="model">What learns.</param>
    /// <param name="step">Computes a batch, and in training updates the parameters: see <see cref="StepContext.Update"/>.</param>
    /// <param name="optimizers">Makes the optimizers: <c>gan =&gt; [new Adam(gan.Critic.Parameters()), new Adam(gan.Artist.Parameters())]</c>.</param>
    /// <param name="metrics">What is measured besides.</param>
    public static Learner<TModel> Setup<TModel>(
        this TModel model, Func<TModel, StepContext, StepResult> step, Func<TModel, IReadOnlyList<Optimizer>> optimizers, params Metric[] metrics) where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(optimizers);
        return new Learner<TModel>(model, NoLoss, optimizers, metrics) { Callbacks = Usual() }.Step(step);
    }

    internal static Callback[] Usual() => [new Progress(), new Interrupt()];

    static Tensor NoLoss(Tensor output, Tensor target) =>
        throw new InvalidOperationException("No loss was named in Setup that compares an output with a target: the step computes it, and context.Loss is not to be used.");
}
