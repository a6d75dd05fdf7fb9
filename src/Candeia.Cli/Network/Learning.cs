using Candeia.NN;
using Candeia.Training;

namespace Candeia.Cli;

/// <summary>How the network learns, and how it is judged.</summary>
static class Learning
{
    /// <summary>Adam on the mean squared error.</summary>
    public static Learner<CorrelationNet> Learner(this CorrelationNet net, double learningRate = 1e-3) =>
        net.Setup(loss: (y, target) => y.MseLoss(target.Unsqueeze(1)), optimizer: p => new Adam(p, learningRate));
}
