namespace Candeia.Training;

/// <summary>Counts which class each sample is taken for, and gives a number that follows from that.</summary>
internal sealed class ConfusionState(
    Func<Tensor, Tensor, (long[] Predicted, long[] Truly, int Classes)> decide, Func<Confusion, double> measure, bool details) : IMetricState, IResumable
{
    long[,] _counts = new long[0, 0];

    public double Value => _counts.Length == 0 ? double.NaN : measure(new(_counts));

    public object? Detail => details && _counts.Length > 0 ? new Confusion(_counts) : null;

    public void Add(Tensor output, Tensor target)
    {
        var (predicted, truly, classes) = decide(output, target);
        if (_counts.Length == 0) _counts = new long[classes, classes];
        if (_counts.GetLength(0) != classes)
            throw new ShapeException($"The outputs {output.Shape} have {classes} classes, those of earlier batches {_counts.GetLength(0)}.");
        for (int i = 0; i < truly.Length; i++) _counts[truly[i], predicted[i]]++;
    }

    public void Save(SavedState state) => state.Set("counts", Tensor.From(_counts));

    public void Restore(SavedState state)
    {
        var counts = state.Tensor("counts");
        if (counts.Shape is not [var rows, var columns] || rows != columns) throw state.Unfit("counts");
        _counts = new long[rows, columns];
        Buffer.BlockCopy(counts.ToArray<long>(), 0, _counts, 0, rows * columns * sizeof(long));
    }
}
