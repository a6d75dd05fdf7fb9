namespace Candeia.Training;

/// <summary>The outputs for a batch, on the CPU, and the names of its samples.</summary>
public sealed record Prediction(IReadOnlyList<Tensor> Outputs, IReadOnlyList<string> Ids)
{
    /// <summary>The first or only output.</summary>
    public Tensor Output => Outputs[0];

    /// <summary>The outputs of a step, kept beyond it.</summary>
    internal static Prediction Of(Data.IBatch batch, StepResult result) => new([.. result.Outputs.Select(output => output.Detach().To(Device.Cpu).Keep())], batch.Ids);
}
