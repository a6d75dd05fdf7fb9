using Candeia.NN;

namespace Candeia.Tests;

public class SteadyStepTests
{
    /// <summary>What does not depend on the batch: objects of the graph, the sweep and the optimizer. Numbers lie in pooled memory.</summary>
    [Fact]
    public void A_training_step_of_the_correlation_network_allocates_little()
    {
        var model = new CorrelationNet();
        var adam = new Adam(model.Parameters());
        Tensor x = Tensor.Rand([2, 1, 130, 130], generator: new Generator(1)), y = Tensor.Rand([2], generator: new Generator(2));
        void Step()
        {
            using var scope = Scope.Begin();
            adam.ZeroGrad();
            model.Forward(x).MseLoss(y.Unsqueeze(1)).Backward();
            adam.Step();
        }
        for (int i = 0; i < 3; i++) Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5; i++) Step();
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 5, 0, 24 << 10);
    }
}
