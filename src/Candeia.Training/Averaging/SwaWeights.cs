using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Stochastic weight averaging (<see href="https://arxiv.org/abs/1803.05407">Izmailov et al. 2018</see>): the plain mean of the parameters after each
/// epoch from one on. Then the statistics of batch normalization are taken anew from the training data, as they belong to other parameters.
/// </summary>
/// <remarks>
/// It works best with a learning rate that is high and constant from that epoch on. Models with batch normalization need an extra pass over the training
/// data, forward alone, after every epoch that is averaged, so that it is validated as it is; after a cancellation a few batches must do.
/// </remarks>
/// <param name="start">The first epoch, counted from 1, after which parameters are averaged.</param>
public sealed class SwaWeights(int start) : AveragedWeights
{
    const int Few = 10;

    readonly int _start = start > 0 ? start : throw new ArgumentOutOfRangeException(nameof(start), start, "Epochs are counted from 1.");

    private protected override bool AfterUpdate => false;

    private protected override bool Takes(int epoch) => epoch >= _start;

    private protected override double Share(int count) => 1.0 / (count + 1);

    private protected override void Averaged(Run run)
    {
        BatchNorm[] norms = [.. run.Model.NamedModules().Select(m => m.Module).OfType<BatchNorm>().Where(n => n.RunningMean is not null)];
        if (norms.Length == 0) return;
        double?[] momenta = [.. norms.Select(n => n.Momentum)];
        foreach (var norm in norms)
        {
            norm.RunningMean!.Fill(0);
            norm.RunningVar!.Fill(1);
            norm.NumBatchesTracked!.Fill(0);
            norm.Momentum = null;                                           // the mean over all batches
        }
        run.Model.Train();
        try
        {
            Look(run);
        }
        finally
        {
            foreach (var (norm, momentum) in norms.Zip(momenta)) norm.Momentum = momentum;
        }
    }

    static Tensor NoLoss(Tensor output, Tensor target) => throw new NotSupportedException("There is no loss when a model only looks at data.");

    /// <summary>Shows the model the training data of the epoch once more.</summary>
    static void Look(Run run)
    {
        using var noGrad = Autograd.NoGrad();
        var device = run.Model.Parameters()[0].Device;
        if (run.Ledger.Sources.Train is Loader loader) loader.Epoch--;
        int seen = 0;
        foreach (var batch in run.TrainBatches is { } count ? run.Ledger.Sources.Train.Take(count) : run.Ledger.Sources.Train)
        {
            using var scope = Scope.Begin();
            foreach (var output in run.Ledger.Forward(new(run, Phase.Predict, batch.To(device), NoLoss)).Outputs) output.Detach().Settle();
            if (++seen >= Few && run.Ledger.IsCancelled) break;
        }
    }
}
