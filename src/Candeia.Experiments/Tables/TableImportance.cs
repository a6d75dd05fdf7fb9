namespace Candeia.Experiments;

/// <summary>
/// How much each column counts: its cells are dealt out to other rows by lot, all numbers that came of a cell together, and the model errs more by so much
/// (<see href="https://doi.org/10.1023/A:1010933404324">Breiman 2001</see>).
/// </summary>
/// <param name="Column">The column.</param>
/// <param name="Loss">How much larger the error is then, on average: in units of the target, or as a share of the rows.</param>
sealed record TableImportance(string Column, double Loss)
{
    const int Deals = 5, MostRows = 2000;

    /// <summary>All columns, the most important first.</summary>
    /// <param name="model">What is asked.</param>
    /// <param name="x">Encoded rows, [n, features].</param>
    /// <param name="error">The error of predictions for these rows.</param>
    /// <param name="seed">Gives the same lots again.</param>
    public static TableImportance[] Of(TableModel model, Tensor x, Func<TablePredictions, double> error, ulong seed)
    {
        double before = error(model.Predict(x));
        var origins = model.Encoder.Origins;
        return [.. model.Encoder.Columns.Select((column, c) => new TableImportance(column, Enumerable.Range(0, Deals).Average(deal =>
        {
            using var scope = Scope.Begin();
            var dealt = x.IndexSelect(0, Tensor.From(new Generator(seed).Split(c, deal).Permutation(x.Shape[0])));
            var own = Tensor.From([.. origins.Select(o => o == column)]);
            return error(model.Predict(own.Where(dealt, x))) - before;
        }))).OrderByDescending(i => i.Loss)];
    }

    /// <summary>Rows enough to tell by, the first of these.</summary>
    public static int Rows(int count) => Math.Min(count, MostRows);
}
