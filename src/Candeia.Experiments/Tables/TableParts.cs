using Candeia.Data;
using Candeia.Datasets;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>The three parts of a table as tensors, and what predictions are held against.</summary>
sealed class TableParts(TableEncoder encoder, DataFrame table, TableSplit split)
{
    readonly DataFrame _test = table.Subset(split.Test);

    public TableEncoder Encoder => encoder;

    public TensorDataset Train { get; } = encoder.Dataset(table.Subset(split.Train));

    public TensorDataset Valid { get; } = encoder.Dataset(table.Subset(split.Valid));

    public TensorDataset Test { get; } = encoder.Dataset(table.Subset(split.Test));

    public bool IsClasses => encoder.Task == TableTask.Classification;

    /// <summary>The classes of the test, by their places.</summary>
    public long[] TrueClasses => Test.Y.ToArray<long>();

    /// <summary>The numbers of the test, as they stand in the table.</summary>
    public double[] TrueNumbers => [.. Enumerable.Range(0, _test.Count).Select(_test[encoder.Target].Number)];

    /// <summary>What is true of a row of the test, as it is written into files, and which row of the table it was, from 1.</summary>
    public (int Row, string Truth) Truth(int row) => (split.Test[row] + 1, _test[encoder.Target].Text(row)!);

    public Tensor Loss(Tensor output, Tensor target) => IsClasses ? output.CrossEntropyLoss(target) : output.Squeeze(1).MseLoss(target);

    /// <summary>How good predictions for the first rows of the test are; for all, if no number is given.</summary>
    public TableScore Score(string name, TablePredictions predicted, int? rows = null) =>
        IsClasses ? TableScore.Of(name, predicted, TrueClasses[..(rows ?? Test.Count)]) : TableScore.Of(name, predicted.Values, TrueNumbers[..(rows ?? Test.Count)]);

    /// <summary>The score of who always says the mean of the training, or its most frequent class.</summary>
    public TableScore Constant()
    {
        if (!IsClasses) return TableScore.Of("always the mean", [.. Enumerable.Repeat(encoder.TargetMean, Test.Count)], TrueNumbers);
        long frequent = Train.Y.ToArray<long>().GroupBy(y => y).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().Key;
        double[] one = [.. Enumerable.Range(0, encoder.Classes.Count).Select(c => c == frequent ? 1.0 : 0)];
        return TableScore.Of($"always {encoder.Classes[(int)frequent]}", new([.. Enumerable.Repeat(one, Test.Count).SelectMany(p => p)], encoder.Classes), TrueClasses);
    }

    /// <summary>What classes of the test are taken for.</summary>
    public Confusion Confusion(TablePredictions predicted)
    {
        long[,] counts = new long[encoder.Classes.Count, encoder.Classes.Count];
        foreach (var (row, truth) in TrueClasses.Index()) counts[truth, predicted.Class(row)]++;
        return new(counts);
    }
}
