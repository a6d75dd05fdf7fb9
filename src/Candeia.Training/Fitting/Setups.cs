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
        return new(model, loss, optimizer, metrics) { Callbacks = [new Progress()] };
    }
}
