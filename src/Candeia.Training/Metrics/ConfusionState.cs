namespace Candeia.Training;

/// <summary>Counts which class each sample is taken for, and gives a number that follows from that.</summary>
/// <param name="name">The metric's name, for messages.</param>
/// <param name="decide">The classes that samples are taken for, those that they are, and how many there are; neither need be known yet.</param>
/// <param name="measure">The number, from all counts.</param>
/// <param name="details">Whether results keep the counts themselves.</param>
internal sealed class ConfusionState(
    string name, Func<Tensor, Tensor, (Tensor Predicted, Tensor Truth, int Classes)> decide, Func<Confusion, double> measure, bool details) : IMetricState, IResumable
{
    long[,] _counts = new long[0, 0];

    /// <summary>Counts that a device still has, [classes · classes + 1]; the last is of samples that are of no class.</summary>
    Tensor? _late;

    public double Value => Counts.Length == 0 ? double.NaN : measure(new(_counts));

    public object? Detail => details && Counts.Length > 0 ? new Confusion(_counts) : null;

    public void Add(Tensor output, Tensor target)
    {
        var (predicted, truth, classes) = decide(output, target);
        Grow(classes, output.Shape);
        if (predicted.Device != Device.Cpu) Later(predicted, truth, classes);
        else
        {
            long[] taken = predicted.ToArray<long>(), true_ = Scores.Read(name, truth, classes);
            for (int i = 0; i < true_.Length; i++) _counts[true_[i], taken[i]]++;
        }
    }

    public void Merge(IMetricState other)
    {
        long[,] counts = ((ConfusionState)other).Counts;
        if (counts.Length == 0) return;
        Grow(counts.GetLength(0), null);
        for (int t = 0; t < counts.GetLength(0); t++)
            for (int p = 0; p < counts.GetLength(1); p++) _counts[t, p] += counts[t, p];
    }

    public void Save(SavedState state) => state.Set("counts", Tensor.From(Counts));

    public void Restore(SavedState state)
    {
        var counts = state.Tensor("counts");
        if (counts.Shape is not [var rows, var columns] || rows != columns) throw state.Unfit("counts");
        (_counts, _late) = (new long[rows, columns], null);
        Buffer.BlockCopy(counts.ToArray<long>(), 0, _counts, 0, rows * columns * sizeof(long));
    }

    void Grow(int classes, Shape? output)
    {
        if (_counts.Length == 0) _counts = new long[classes, classes];
        if (_counts.GetLength(0) != classes)
            throw new ShapeException($"The outputs{(output is null ? "" : $" {output}")} have {classes} classes, those of earlier batches {_counts.GetLength(0)}.");
    }

    /// <summary>Counts on the device, which nobody waits for.</summary>
    void Later(Tensor predicted, Tensor truth, int classes)
    {
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        var none = truth < 0 | truth >= classes;
        var place = none.Where(Tensor.Scalar(classes * classes, DType.Int64).To(truth.Device), truth * classes + predicted);
        var before = _late ?? Tensor.Zeros([classes * classes + 1], DType.Float64, truth.Device);
        _late = before.ScatterAdd(0, place, Tensor.Ones(place.Shape, DType.Float64, device: truth.Device)).Settle().Keep();
        scope.Adopt(before);
    }

    /// <summary>All counts; waits for the device.</summary>
    long[,] Counts
    {
        get
        {
            if (_late is null) return _counts;
            double[] late = _late.ToArray<double>();
            _late = null;
            int classes = _counts.GetLength(0);
            if (late[^1] > 0) throw new ArgumentOutOfRangeException(name, $"{name}: {late[^1]:F0} targets are of no class; there are scores for the classes 0 … {classes - 1}.");
            for (int i = 0; i < late.Length - 1; i++) _counts[i / classes, i % classes] += (long)late[i];
            return _counts;
        }
    }
}
