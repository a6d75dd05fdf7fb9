namespace Candeia.Training;

/// <summary>The usual step.</summary>
internal static class Steps
{
    /// <summary>Output and loss; in training then gradients and update.</summary>
    public static StepResult Standard(StepContext context)
    {
        var output = context.Model.Forward(context.Batch.X);
        if (context.Phase == Phase.Predict) return new(output, null);
        var loss = context.Loss(output, context.Batch.Y);
        if (context.Phase == Phase.Train)
        {
            context.Optimizer.ZeroGrad();
            loss.Backward();
            context.Optimizer.Step();
        }
        return new(output, loss);
    }
}
