namespace Candeia.Vision;

/// <summary>
/// Pairs of rows and columns that cost least together, no row and no column twice: which found box stands for which true one (<see href="https://doi.org/10.1002/nav.3800020109">Kuhn 1955</see>,
/// in the form of Jonker and Volgenant 1987).
/// </summary>
public static class LinearAssignment
{
    /// <summary>The pairs that cost least: as many as there are rows, or columns if these are fewer.</summary>
    /// <param name="costs">[rows, columns]: what each pair costs, any finite numbers.</param>
    /// <returns>The rows in their order, and the column of each.</returns>
    /// <exception cref="ShapeException">It is no matrix.</exception>
    /// <exception cref="ArgumentException">A cost is not finite.</exception>
    /// <example><code>
    /// var (rows, columns) = LinearAssignment.Solve(Tensor.From([4f, 1, 3, 2, 0, 5, 3, 2, 2], [3, 3]));
    /// Console.WriteLine($"{string.Join(' ', rows)} with {string.Join(' ', columns)}");       // → 0 1 2 with 1 0 2
    /// </code></example>
    public static (int[] Rows, int[] Columns) Solve(Tensor costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        if (costs.Rank != 2) throw new ShapeException($"Costs are a matrix [rows, columns], not {costs.Shape}.");
        double[] numbers = costs.Detach().ToArray<double>();
        if (!numbers.All(double.IsFinite)) throw new ArgumentException("A cost is not finite; give pairs that may not be a large number.", nameof(costs));
        int rows = costs.Shape[0], columns = costs.Shape[1];
        if (rows <= columns) return ([.. Enumerable.Range(0, rows)], Of(numbers, rows, columns, columns, 1));
        int[] of = Of(numbers, columns, rows, 1, columns), order = [.. Enumerable.Range(0, columns).OrderBy(c => of[c])];
        return ([.. order.Select(c => of[c])], order);
    }

    /// <summary>
    /// One row after the other is given a column on the cheapest way there is, on which rows before may change theirs. Prices of rows and columns keep what is left of each cost
    /// at 0 or more, and at 0 for the pairs.
    /// </summary>
    static int[] Of(double[] costs, int rows, int columns, int rowStep, int columnStep)
    {
        double[] rowPrice = new double[rows], columnPrice = new double[columns], way = new double[columns];
        int[] rowOf = new int[columns], from = new int[columns], columnOf = new int[rows];
        bool[] isDone = new bool[columns];
        Array.Fill(rowOf, -1);
        for (int first = 0; first < rows; first++)
        {
            Array.Fill(way, double.PositiveInfinity);
            Array.Clear(isDone);
            double reached = 0;
            int row = first, end = -1;
            List<int> done = [];
            while (end < 0)
            {
                int next = -1;
                for (int c = 0; c < columns; c++)
                {
                    if (isDone[c]) continue;
                    double length = reached + costs[row * rowStep + c * columnStep] - rowPrice[row] - columnPrice[c];
                    if (length < way[c]) (way[c], from[c]) = (length, row);
                    // Of equal ways the one that ends in a free column.
                    if (next < 0 || way[c] < way[next] || way[c] == way[next] && rowOf[c] < 0 && rowOf[next] >= 0) next = c;
                }
                reached = way[next];
                isDone[next] = true;
                if (rowOf[next] < 0) end = next;
                else
                {
                    done.Add(next);
                    row = rowOf[next];
                }
            }
            rowPrice[first] += reached;
            foreach (int c in done)
            {
                rowPrice[rowOf[c]] += reached - way[c];
                columnPrice[c] -= reached - way[c];
            }
            for (int c = end; ;)
            {
                int of = from[c];
                rowOf[c] = of;
                (columnOf[of], c) = (c, columnOf[of]);
                if (of == first) break;
            }
        }
        return columnOf;
    }
}
