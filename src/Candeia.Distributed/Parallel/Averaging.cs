using Candeia.NN;

namespace Candeia.Distributed;

/// <summary>Gradients of a loop of one's own.</summary>
public static class Averaging
{
    /// <summary>
    /// Gives every rank the mean of the gradients of all, each counted by its samples: between Backward() and the optimizer's Step(). With
    /// <see cref="Broadcasting.Broadcast(ICommunicator, Module, int)"/> at the beginning that is all that a loop needs.
    /// </summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="optimizer">Whose parameters have the gradients.</param>
    /// <param name="samples">Of how many samples this rank's gradients are the mean; 0 where it had none.</param>
    /// <example><code>
    /// var (world, model) = (World.Ranks, new Linear(3, 1));
    /// var sgd = new SGD(model.Parameters());
    /// world.Broadcast(model);
    /// Tensor x = Tensor.Randn([4, 3]), y = x.Sum([1], keepDim: true);              // this rank's part of a batch
    /// sgd.ZeroGrad();
    /// model.Forward(x).MseLoss(y).Backward();
    /// world.AverageGradients(sgd, samples: 4);
    /// sgd.Step();
    /// </code></example>
    public static void AverageGradients(this ICommunicator ranks, Optimizer optimizer, int samples)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        if (ranks.Size == 1) return;
        using var noGrad = Autograd.NoGrad();
        using var watchdog = new Watchdog(ranks, Timeout.InfiniteTimeSpan);
        using var line = new Line(ranks, watchdog, overlaps: false);
        using var sums = new GradientSums(optimizer, line);
        sums.Complete(samples, samples);
    }
}
