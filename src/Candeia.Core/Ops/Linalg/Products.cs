namespace Candeia;

public static partial class Linalg
{
    /// <summary>The product of several matrices, in the order of multiplications that is cheapest. The first may be a row, the last a column: vectors.</summary>
    /// <param name="matrices">At least two matrices [m, k], [k, l], … [l, n].</param>
    /// <exception cref="ShapeException">Inner sizes differ, or something is no matrix.</exception>
    /// <example><code>
    /// var y = Linalg.MultiDot([Tensor.Ones([2, 9]), Tensor.Ones([9, 9]), Tensor.Ones([9, 1])]);
    /// </code></example>
    public static Tensor MultiDot(params ReadOnlySpan<Tensor> matrices)
    {
        if (matrices.Length < 2) throw new ArgumentException($"MultiDot multiplies at least two matrices, not {matrices.Length}.");
        Tensor[] all = matrices.ToArray();
        bool row = all[0].Rank == 1, column = all[^1].Rank == 1;
        if (row) all[0] = all[0].Unsqueeze(0);
        if (column) all[^1] = all[^1].Unsqueeze(1);
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i].Rank != 2) throw new ShapeException($"MultiDot takes matrices, and vectors at the ends; {matrices[i].Shape} at position {i} is neither.");
            if (i > 0 && all[i - 1].Shape[1] != all[i].Shape[0]) throw new ShapeException($"MultiDot of {matrices[i - 1].Shape} and {matrices[i].Shape}: the inner sizes differ.");
        }
        var y = Ordered(all);
        if (row) y = y.Squeeze(0);
        return column ? y.Squeeze(-1) : y;
    }

    /// <summary>Σ conj(a)·b along a dimension; the shapes broadcast.</summary>
    /// <param name="a">One row of vectors.</param>
    /// <param name="b">The other.</param>
    /// <param name="dim">The dimension of the vectors.</param>
    /// <example><code>
    /// var dots = Linalg.VecDot([[1, 2], [3, 4]], [1, 1]);                      // 3, 7
    /// </code></example>
    public static Tensor VecDot(Tensor a, Tensor b, int dim = -1)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var y = a.Conj() * b;
        return y.Sum(dim);
    }

    /// <summary>The tensor X for which the product of A and X over the last dimensions of A is B.</summary>
    /// <param name="a">A tensor whose sizes are those of B followed by those of X, of the same number of elements each.</param>
    /// <param name="b">The right-hand side.</param>
    /// <param name="dims">Dimensions of A that are moved to its end before.</param>
    /// <example><code>var x = Linalg.TensorSolve(Tensor.Eye(4).Reshape(2, 2, 4), Tensor.Ones([2, 2]));</code></example>
    public static Tensor TensorSolve(Tensor a, Tensor b, ReadOnlySpan<int> dims = default)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (dims.Length > 0)
        {
            var given = a;
            int[] end = [.. dims.ToArray().Select(d => given.Shape.Dim(d))];
            a = a.Permute([.. Enumerable.Range(0, a.Rank).Except(end), .. end]);
        }
        if (a.Rank < b.Rank) throw new ShapeException($"TensorSolve needs a tensor with the dimensions of {b.Shape} first, not {a.Shape}.");
        var shape = a.Shape.Slice(b.Rank, a.Rank - b.Rank);
        if (shape.Numel != b.Numel) throw new ShapeException($"TensorSolve needs as many equations as unknowns, but {a.Shape} has {b.Numel} and {shape.Numel}.");
        return Solve(a.Reshape((int)b.Numel, (int)shape.Numel), b.Reshape((int)b.Numel)).Reshape(shape);
    }

    /// <summary>The inverse of a tensor that maps tensors of its last dimensions to those of its first.</summary>
    /// <param name="a">A tensor of which the first and the other dimensions have the same number of elements.</param>
    /// <param name="ind">How many are the first.</param>
    /// <example><code>var inverse = Linalg.TensorInv(Tensor.Eye(4).Reshape(2, 2, 2, 2));</code></example>
    public static Tensor TensorInv(Tensor a, int ind = 2)
    {
        ArgumentNullException.ThrowIfNull(a);
        if (ind <= 0 || ind > a.Rank) throw new ArgumentOutOfRangeException(nameof(ind), ind, $"TensorInv splits the {a.Rank} dimensions of {a.Shape}.");
        Shape first = a.Shape.Slice(0, ind), last = a.Shape.Slice(ind, a.Rank - ind);
        if (first.Numel != last.Numel) throw new ShapeException($"TensorInv needs as many elements in {first} as in {last}.");
        return a.Reshape((int)first.Numel, (int)last.Numel).Inv().Reshape([.. last.Sizes, .. first.Sizes]);
    }

    /// <summary>The cheapest order by dynamic programming (Cormen et al., "Introduction to Algorithms", 15.2).</summary>
    static Tensor Ordered(Tensor[] all)
    {
        int n = all.Length;
        var cost = new double[n, n];
        var cut = new int[n, n];
        for (int length = 1; length < n; length++)
            for (int i = 0; i + length < n; i++)
            {
                int j = i + length;
                cost[i, j] = double.PositiveInfinity;
                for (int k = i; k < j; k++)
                {
                    double sum = cost[i, k] + cost[k + 1, j] + (double)all[i].Shape[0] * all[k].Shape[1] * all[j].Shape[1];
                    if (sum < cost[i, j]) (cost[i, j], cut[i, j]) = (sum, k);
                }
            }
        return Product(0, n - 1);

        Tensor Product(int i, int j) => i == j ? all[i] : Product(i, cut[i, j]).MatMul(Product(cut[i, j] + 1, j));
    }
}
