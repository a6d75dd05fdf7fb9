using Candeia.NN;

namespace Candeia.Training;

/// <summary>The usual step, and the usual update in it.</summary>
internal static class Steps
{
    /// <summary>Output and loss; in training then gradients and update.</summary>
    public static StepResult Standard(StepContext context)
    {
        var (x, y) = context.Batch;
        Tensor? output = null;
        var loss = context.Update(() =>
        {
            var now = context.Model.Forward(x);
            output ??= now;                                 // some optimizers compute the loss more than once: the first is reported
            return context.Loss(now, y);
        });
        return new(output!, loss);
    }

    /// <summary>The output alone.</summary>
    public static StepResult Predict(StepContext context) => new(context.Model.Forward(context.Batch.X));

    /// <summary>Gradients of the loss, and a step of the optimizer.</summary>
    public static Tensor Update(StepContext context, Func<Tensor> loss, Optimizer optimizer) => optimizer.Step(() =>
    {
        optimizer.ZeroGrad();
        var value = context.Backward(loss);
        context.GradientsReady(optimizer);
        return value;
    });

    /// <summary>The loss, and its gradients added to those that there are.</summary>
    public static Tensor Backward(Func<Tensor> loss)
    {
        var value = loss();
        value.Backward();
        return value;
    }
}
