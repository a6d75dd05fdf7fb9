using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Writes a run to event files for TensorBoard: losses, metrics, the learning rate and samples per second after each whole epoch, and if wanted the loss
/// of batches with the norm of their gradients, histograms of parameters and gradients, and pictures. Training and validation are lines in the same charts; the axis counts training batches.
/// </summary>
/// <remarks>A resumed run writes a new file, which tells TensorBoard what to forget of the old one; a dry run writes none. Look with <c>candeia watch runs</c> or <c>tensorboard --logdir runs</c>.</remarks>
/// <example><code>
/// Layer net = new Linear(3, 1);
/// var learner = net.Setup((y, target) => y.MseLoss(target), p => new Adam(p));
/// learner.With(new TensorBoard("runs/a", everyBatches: 10, histograms: true));
/// learner.With(new TensorBoard("runs/a") { Images = run => [("noise", Image.FromTensor(Tensor.Rand([28, 28])).Encode())] });
/// </code></example>
/// <param name="folder">Where the files go, in the folders <c>train</c> and <c>valid</c>.</param>
/// <param name="everyBatches">How often the loss of a training batch and the norm of its gradients are written; not at all, if nothing is named.</param>
/// <param name="histograms">Whether the distributions of parameters and gradients are written after each epoch.</param>
public sealed class TensorBoard(string folder, int? everyBatches = null, bool histograms = false) : Callback
{
    readonly int? _everyBatches = everyBatches is null or > 0 ? everyBatches
        : throw new ArgumentOutOfRangeException(nameof(everyBatches), everyBatches, "At least every batch can be written.");
    EventFileWriter? _train, _valid;
    double _squares;                                                       // of the gradients of all optimizers, in the batch under way
    bool _hasNorm;

    /// <summary>Pictures to be written after each epoch: their tags, and PNG files.</summary>
    public Func<Run, IEnumerable<(string Tag, ReadOnlyMemory<byte> Png)>>? Images { get; init; }

    /// <summary>Of which parameters histograms are written, by their names: all, unless it is said. <c>name => name.StartsWith("conv1.")</c></summary>
    public Func<string, bool>? HistogramsOf { get; init; }

    /// <inheritdoc/>
    public override void On(GradientsReady e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if ((e.Run.Step + 1) % _everyBatches != 0 || !e.Run.Writes) return;
        using var scope = Scope.Begin();
        double norm = e.Optimizer.Groups.SelectMany(g => g.Parameters).GradNorm().Item();
        (_squares, _hasNorm) = (_squares + norm * norm, true);
    }

    /// <inheritdoc/>
    public override void On(BatchEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Phase != Phase.Train) return;
        if (e.Run.Step % _everyBatches == 0 && e.Run.Writes)
        {
            var train = Train(e.Run, e.Run.Step);
            train.Scalar("batch_loss", e.Loss, e.Run.Step);
            if (_hasNorm) train.Scalar("gradient_norm", Math.Sqrt(_squares), e.Run.Step);
            train.Flush();                                                 // somebody may be watching
        }
        (_squares, _hasNorm) = (0, false);
    }

    /// <inheritdoc/>
    public override void On(EpochEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!e.Run.Writes || !e.IsWhole) return;
        var (run, result, step) = (e.Run, e.Result, e.Run.Step);
        var train = Train(run, step);
        Results(train, result.Train, step);
        train.Scalar("learning_rate", result.LearningRate, step);
        train.Scalar("samples_per_second", result.Train.SamplesPerSecond, step);
        if (result.Valid is not null) Results(_valid ??= Open("valid", step), result.Valid, step);
        if (histograms)
            foreach (var (name, parameter) in run.Model.NamedParameters().Where(p => HistogramsOf?.Invoke(p.Name) ?? true))
            {
                string tag = name.Replace('.', '/');
                train.Histogram(tag, parameter, step);
                if (parameter.Grad is { } gradient) train.Histogram($"{tag}/gradient", gradient, step);
            }
        foreach (var (tag, png) in Images?.Invoke(run) ?? []) train.Image(tag, png, step);
        train.Flush();
        _valid?.Flush();
    }

    /// <inheritdoc/>
    public override void On(RunEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!e.Run.IsFit) return;
        _train?.Dispose();
        _valid?.Dispose();
        (_train, _valid) = (null, null);
    }

    EventFileWriter Train(Run run, long step) => _train ??= Open("train", step);

    /// <summary>A run that begins in the middle has files from before, of which all is valid that comes before its own first step.</summary>
    EventFileWriter Open(string phase, long step) => new(Path.Combine(folder, phase), step);

    static void Results(EventFileWriter writer, PhaseResult result, long step) =>
        writer.Write(step, [new ScalarSummary("loss", (float)result.Loss), .. result.Metrics.Select(m => new ScalarSummary(m.Key, (float)m.Value))]);
}
