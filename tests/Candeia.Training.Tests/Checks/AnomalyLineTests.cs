using System.Runtime.CompilerServices;
using Candeia.NN;

namespace Candeia.Training.Tests;

public class AnomalyLineTests
{
    [Fact]
    public void An_anomaly_in_a_network_of_layers_alone_names_the_line_that_trains_it()
    {
        var net = new Sequential(new Linear(3, 1), new Flatten(0));
        using (Autograd.NoGrad()) net.Parameters()[0].Fill(float.PositiveInfinity);
        using var _ = Autograd.DetectAnomaly();
        string message = Assert.Throws<AnomalyException>(() => Fit(net)).Message;
        Assert.StartsWith("Linear made NaN", message, StringComparison.Ordinal);
        Assert.Contains($"{nameof(AnomalyLineTests)}.{nameof(Fit)}, {nameof(AnomalyLineTests)}.cs:", message, StringComparison.Ordinal);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Fit(Layer net)
    {
        var learner = net.Setup((y, target) => y.MseLoss(target), p => new SGD(p, 0.01)) with { Callbacks = [] };
        learner.Fit(Tiny.Batches(20), 1);
    }
}
