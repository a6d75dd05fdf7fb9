using System.Globalization;
using System.Text.RegularExpressions;

namespace Candeia.Training;

/// <summary>
/// Saves the weights after an epoch: the best ones, all, or the last. What falls out of the best is deleted once what replaces it is complete.
/// What a <see cref="LossModule"/> has learnt stands beside them, in a file that ends in <c>.loss.safetensors</c>. Epochs whose names are the same share a file, which the best of them has. A dry run saves nothing.
/// </summary>
/// <example><code>
/// Layer net = new Linear(3, 1);
/// var learner = net.Setup((y, target) => y.MseLoss(target), p => new Adam(p));
/// learner.With(new ModelCheckpoint("runs/{epoch:D3}-{valid_loss:F4}.safetensors", "valid_loss", keep: 3, last: "runs/last.safetensors"));
/// </code></example>
public sealed partial class ModelCheckpoint : Callback, IResumable
{
    const string Extension = ".safetensors";
    readonly string _path, _metric;
    readonly string? _last;
    readonly bool _higherIsBetter;
    readonly int? _keep;
    readonly double _minDelta;
    readonly List<EpochResult> _kept = [];
    Run? _run;
    string? _lastPath;

    /// <param name="path">
    /// The file, which may contain <c>{epoch}</c>, <c>{learning_rate}</c> and names of <see cref="EpochResult"/> such as <c>{valid_loss:F4}</c>, each
    /// with a format if wanted.
    /// </param>
    /// <param name="metric">What tells the best, by a name of <see cref="EpochResult"/>.</param>
    /// <param name="higherIsBetter">Whether the metric, like accuracy, shall grow.</param>
    /// <param name="keep">How many of the best are kept; null keeps every epoch.</param>
    /// <param name="last">A file for the newest weights besides; it may contain names like the first.</param>
    /// <param name="minDelta">By how much an epoch must be better than the best so far to be saved, where not every epoch is kept.</param>
    public ModelCheckpoint(string path, string metric = "loss", bool higherIsBetter = false, int? keep = 1, string? last = null, double minDelta = 0)
    {
        if (!(minDelta >= 0)) throw new ArgumentOutOfRangeException(nameof(minDelta), minDelta, "An improvement is at least 0.");
        if (minDelta > 0 && keep is null) throw new ArgumentException("Every epoch is kept, so there is nothing that an improvement would decide: say how many to keep.", nameof(minDelta));
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentException.ThrowIfNullOrWhiteSpace(metric);
        if (keep is { } n) ArgumentOutOfRangeException.ThrowIfNegative(n, nameof(keep));
        if (keep is null or > 1 && !Tells(path))
            throw new ArgumentException($"Several epochs cannot be kept in the one file {path}: put {{epoch}} into its name.", nameof(path));
        (_path, _metric, _higherIsBetter, _keep, _last, _minDelta) = (path, metric, higherIsBetter, keep, last, minDelta);
    }

    /// <summary>The weights of the best epoch so far that are kept; null before the first.</summary>
    public string? BestPath => Best().FirstOrDefault() is { } best ? Fill(_path, best) : null;

    /// <inheritdoc/>
    public override void On(RunBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!e.Run.IsFit) return;
        _run = e.Run;
        if (e.Run.Epoch > 0) return;
        _kept.Clear();
        _lastPath = null;
    }

    /// <inheritdoc/>
    public override void On(EpochEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Run.IsDryRun || !e.IsWhole) return;
        _kept.RemoveAll(k => k.Epoch >= e.Result.Epoch);
        EpochResult[] same = [.. _kept.Where(k => Fill(_path, k) == Fill(_path, e.Result))];
        if (_keep is null || !(double.IsNaN(e.Result[_metric]) || same.Any(k => Better(k, e.Result)) || IsTooLittle(e.Result)))
        {
            foreach (var k in same) _kept.Remove(k);                        // a file holds one epoch
            _kept.Add(e.Result);
        }
        EpochResult[] falls = _keep is { } keep ? [.. Best().Skip(keep)] : [];
        foreach (var out_ in falls) _kept.Remove(out_);
        string? before = _lastPath;
        if (_last is not null) _lastPath = Fill(_last, e.Result);
        e.Run.Ledger.Peers?.FirstWrites(e.Run);
        if (!e.Run.IsFirst) return;
        if (_kept.Contains(e.Result)) Save(e.Run, Fill(_path, e.Result));
        if (_lastPath is not null) Save(e.Run, _lastPath);
        foreach (string path in falls.Where(f => f != e.Result).Select(f => Fill(_path, f)).Append(before ?? ""))
            if (path.Length > 0 && path != _lastPath && !_kept.Exists(k => Fill(_path, k) == path))
            {
                File.Delete(path);
                File.Delete(OfLoss(path));
            }
    }

    /// <inheritdoc/>
    public void Save(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set("epochs", Tensor.From([.. _kept.Select(k => (long)k.Epoch)])).Set("has_last", _lastPath is null ? 0 : 1);
    }

    /// <inheritdoc/>
    public void Restore(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        long[] epochs = state.Tensor("epochs").ToArray<long>();
        var history = _run!.History.Epochs;
        _kept.Clear();
        _kept.AddRange(history.Where(e => epochs.Contains(e.Epoch)));       // paths are made of what was measured, and never read from a file
        _lastPath = _last is not null && state.Integer("has_last") == 1 && history is [.., var newest] ? Fill(_last, newest) : null;
    }

    /// <summary>What is kept, the best first; of equals the earlier, and last what is not a number.</summary>
    IEnumerable<EpochResult> Best() => _kept.OrderBy(k => double.IsNaN(k[_metric])).ThenBy(k => _higherIsBetter ? -k[_metric] : k[_metric]).ThenBy(k => k.Epoch);

    bool Better(EpochResult one, EpochResult other) => _higherIsBetter ? one[_metric] >= other[_metric] : one[_metric] <= other[_metric];

    /// <summary>Whether an epoch is not as much better than the best so far as it must be.</summary>
    bool IsTooLittle(EpochResult result) =>
        _minDelta > 0 && Best().FirstOrDefault() is { } best && !((_higherIsBetter ? result[_metric] - best[_metric] : best[_metric] - result[_metric]) > _minDelta);

    static void Save(Run run, string path)
    {
        foreach (string file in new[] { path, OfLoss(path) }) WholeFile.CleanUp(file);
        using var files = FilesTogether.Begin();
        run.Model.Save(path);
        if (run.Ledger.LossModule is { } loss && loss.StateDict().Count > 0) loss.Save(OfLoss(path));
        files.Complete();
    }

    static string OfLoss(string path) => (path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? path[..^Extension.Length] : path) + $".loss{Extension}";

    /// <summary>A name with what an epoch has come to in the places of the names between braces.</summary>
    internal static string Fill(string template, EpochResult result) => Names().Replace(template, match =>
    {
        var (name, format) = (match.Groups[1].Value, match.Groups[2].Value);
        if (name == "epoch") return result.Epoch.ToString(format, CultureInfo.InvariantCulture);
        return (name == "learning_rate" ? result.LearningRate : result[name]).ToString(format, CultureInfo.InvariantCulture);
    });

    /// <summary>Whether epochs have names of their own.</summary>
    internal static bool Tells(string template) => Names().IsMatch(template);

    [GeneratedRegex(@"\{(\w+)(?::([^}]*))?\}")]
    private static partial Regex Names();
}
