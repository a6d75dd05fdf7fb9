using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Stochastic weight averaging (<see href="https://arxiv.org/abs/1803.05407">Izmailov et al. 2018</see>): the plain mean of the parameters after each
/// epoch from one on. Then the statistics of batch normalization are taken anew from the training data, as they belong to other parameters.
/// </summary>
/// <remarks>
/// It works best with a learning rate that is high and constant from that epoch on. Models with batch normalization look at training data once more, forward alone, after every epoch
/// that is averaged, so that they are validated as they are; after a cancellation a few batches must do.
/// </remarks>
/// <param name="start">The first epoch, counted from 1, after which parameters are averaged.</param>
/// <param name="batches">
/// How many batches are enough for the statistics of batch normalization: the first of each epoch are then kept in memory until its end, and no data are read again; 20 is a good start. All
/// of the epoch, which are read once more, if it is not said.
/// </param>
public sealed class SwaWeights(int start, int? batches = null) : AveragedWeights
{
    const int Few = 10;

    readonly List<IBatch> _kept = [];
    readonly int? _batches = batches is null or > 0 ? batches : throw new ArgumentOutOfRangeException(nameof(batches), batches, "Statistics need one batch at least.");
    readonly int _start = start > 0 ? start : throw new ArgumentOutOfRangeException(nameof(start), start, "Epochs are counted from 1.");

    private protected override bool AfterUpdate => false;

    private protected override bool Takes(int epoch) => epoch >= _start;

    private protected override double Share(int count) => 1.0 / (count + 1);

    /// <inheritdoc/>
    public override void On(BatchBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Phase != Phase.Train || _batches is not { } most) return;
        if (e.Batch == 1) _kept.Clear();
        // In an epoch that was resumed, those before are missing: they are read again in the end.
        if (e.Batch <= most && _kept.Count == e.Batch - 1 && Takes(e.Epoch) && Norms(e.Run).Any()) _kept.Add(e.Items.Map(t => t.Detach().Clone().Keep()));
    }

    static IEnumerable<BatchNorm> Norms(Run run) => run.Model.NamedModules().Select(m => m.Module).OfType<BatchNorm>().Where(n => n.RunningMean is not null);

    private protected override void Averaged(Run run)
    {
        BatchNorm[] norms = [.. Norms(run)];
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
            _kept.Clear();
            foreach (var (norm, momentum) in norms.Zip(momenta)) norm.Momentum = momentum;
        }
    }

    static Tensor NoLoss(Tensor output, Tensor target) => throw new NotSupportedException("There is no loss when a model only looks at data.");

    /// <summary>Shows the model training data of the epoch once more.</summary>
    void Look(Run run)
    {
        using var noGrad = Autograd.NoGrad();
        var device = run.Model.Parameters()[0].Device;
        int seen = 0;
        foreach (var batch in _batches is { } most && _kept.Count == Math.Min(most, run.Batch) ? _kept : Again(run))
        {
            using var scope = Scope.Begin();
            foreach (var output in run.Ledger.Forward(new(run, Phase.Predict, batch.To(device), NoLoss)).Outputs) output.Detach().Settle();
            if (++seen >= Few && run.Ledger.IsCancelled) break;
        }
    }

    IEnumerable<IBatch> Again(Run run)
    {
        if (run.Ledger.Sources.Train is Loader loader) loader.Epoch--;
        int most = Math.Min(run.TrainBatches ?? int.MaxValue, _batches ?? int.MaxValue);
        return most == int.MaxValue ? run.Ledger.Sources.Train : run.Ledger.Sources.Train.Take(most);
    }
}
