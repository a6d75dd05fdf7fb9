using Candeia.Datasets;

namespace Candeia.Experiments;

/// <summary>Which rows of a table are for what: of twenty, 14 to learn from, 3 to watch the training, 3 for the test, drawn by lot.</summary>
/// <param name="Train">The rows to learn from.</param>
/// <param name="Valid">Those that say when it is best.</param>
/// <param name="Test">Those that nothing has seen.</param>
sealed record TableSplit(int[] Train, int[] Valid, int[] Test)
{
    public const int Fewest = 20;
    static readonly int[] s_valid = [3, 9, 16], s_test = [6, 13, 19];

    /// <summary>Draws; of each class about the same parts, and one row at least to learn from.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="classes">The class of each row; none, where numbers are predicted.</param>
    /// <param name="seed">Gives the same lots again.</param>
    public static TableSplit Of(int rows, Func<int, string>? classes, ulong seed)
    {
        int[] lots = new Generator(seed).Permutation(rows);
        // Class by class in a row of which every twentieth part is dealt out alike.
        if (classes is not null) lots = [.. lots.OrderBy(classes, StringComparer.Ordinal)];
        HashSet<int> valid = [], test = [];
        foreach (var (place, row) in lots.Index())
            if (s_valid.Contains(place % 20)) valid.Add(row);
            else if (s_test.Contains(place % 20)) test.Add(row);
        if (classes is not null)
            foreach (var group in lots.GroupBy(classes, StringComparer.Ordinal).Where(g => g.All(r => valid.Contains(r) || test.Contains(r))))
                if (!valid.Remove(group.First())) test.Remove(group.First());
        if (valid.Count == 0 || test.Count == 0) throw new UserException("Too many classes have a single row to test any on others; leave out the rarest, or take more rows.");
        return new([.. lots.Where(r => !valid.Contains(r) && !test.Contains(r)).Order()], [.. valid.Order()], [.. test.Order()]);
    }

    /// <summary>Splits a table whose targets are all there.</summary>
    public static TableSplit Of(DataFrame table, string target, bool classification, ulong seed)
    {
        var goal = table[target];
        return Of(table.Count, classification ? r => goal.Text(r)! : null, seed);
    }
}
