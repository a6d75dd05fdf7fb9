using Candeia.Vision;

namespace Candeia.Tests;

/// <summary>What costs least is found: against all pairs there are, and where the best is known.</summary>
public class LinearAssignmentTests
{
    static double Least(double[,] costs, int row, HashSet<int> taken)
    {
        if (row == costs.GetLength(0)) return 0;
        double least = double.PositiveInfinity;
        for (int c = 0; c < costs.GetLength(1); c++)
        {
            if (!taken.Add(c)) continue;
            least = Math.Min(least, costs[row, c] + Least(costs, row + 1, taken));
            taken.Remove(c);
        }
        return least;
    }

    [Theory]
    [InlineData(1, 1), InlineData(2, 5), InlineData(4, 4), InlineData(6, 6), InlineData(3, 7), InlineData(7, 3), InlineData(5, 1)]
    public void Nothing_costs_less(int rows, int columns)
    {
        var random = new Generator(3);
        for (int trial = 0; trial < 40; trial++)
        {
            // Small whole numbers, negative ones too: many pairs cost the same.
            double[,] costs = new double[Math.Min(rows, columns), Math.Max(rows, columns)];
            for (int r = 0; r < costs.GetLength(0); r++) for (int c = 0; c < costs.GetLength(1); c++) costs[r, c] = trial % 2 == 0 ? random.NextInt(9) - 4 : random.NextDouble() * 10 - 5;
            var tensor = Tensor.From(costs.Cast<double>().ToArray(), [costs.GetLength(0), costs.GetLength(1)]);
            if (rows > columns) tensor = tensor.Transpose(0, 1);
            var (i, j) = LinearAssignment.Solve(tensor);
            Assert.Equal(Math.Min(rows, columns), i.Length);
            Assert.Equal(i.Order(), i);
            Assert.Equal((i.Length, j.Length), (i.Distinct().Count(), j.Distinct().Count()));
            Assert.Equal(Least(costs, 0, []), i.Zip(j).Sum(p => tensor[p.First, p.Second].Item()), 9);
        }
    }

    [Fact]
    public void A_known_order_is_found_again()
    {
        const int count = 120;
        int[] order = new Generator(5).Permutation(count);
        var costs = Tensor.Rand([count, count], DType.Float64, generator: new Generator(6)) + 1;
        for (int r = 0; r < count; r++) costs[r, order[r]] = 0.5;
        Assert.Equal(order, LinearAssignment.Solve(costs).Columns);
        Assert.Empty(LinearAssignment.Solve(Tensor.Zeros([0, 5])).Rows);
        Assert.Empty(LinearAssignment.Solve(Tensor.Zeros([5, 0])).Columns);
    }

    [Fact]
    public void What_is_no_cost_is_refused()
    {
        Assert.Throws<ShapeException>(() => LinearAssignment.Solve(Tensor.Zeros([3])));
        foreach (float wrong in (float[])[float.NaN, float.PositiveInfinity]) Assert.Contains("finite", Assert.Throws<ArgumentException>(() => LinearAssignment.Solve(Tensor.From([1f, wrong], [1, 2]))).Message, StringComparison.Ordinal);
    }
}
