namespace Candeia.NN;

/// <summary>Parameters that an optimizer treats alike, with the numbers that schedules change.</summary>
public sealed class ParameterGroup
{
    internal ParameterGroup(IReadOnlyList<Tensor> parameters, double learningRate, double weightDecay, double momentum)
    {
        Parameters = parameters;
        LearningRate = InitialLearningRate = learningRate;
        WeightDecay = weightDecay;
        Momentum = InitialMomentum = momentum;
    }

    /// <summary>What is trained.</summary>
    public IReadOnlyList<Tensor> Parameters { get; internal set; }

    /// <summary>The learning rate of the next step.</summary>
    public double LearningRate { get; set; }

    /// <summary>The learning rate that the group began with, to which schedules refer.</summary>
    public double InitialLearningRate { get; internal set; }

    /// <summary>How strongly parameters are drawn towards zero.</summary>
    public double WeightDecay { get; set; }

    /// <summary>
    /// The share of earlier gradients in the next step: SGD's and RMSprop's momentum, the first beta of Adam and its relatives. NaN where an
    /// optimizer has neither.
    /// </summary>
    public double Momentum { get; set; }

    /// <summary>The second beta of Adam and its relatives in this group; null where it is the optimizer's.</summary>
    public double? Beta2 { get; init; }

    /// <summary>What is added to what this group divides by; null where it is the optimizer's.</summary>
    public double? Epsilon { get; init; }

    /// <summary>The momentum that the group began with.</summary>
    public double InitialMomentum { get; internal set; }
}
