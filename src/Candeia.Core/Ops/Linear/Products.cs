namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The products of all elements of a vector with all of another: [n, m].</summary>
    /// <param name="a">A vector [n].</param>
    /// <param name="b">A vector [m].</param>
    /// <exception cref="ShapeException">One is no vector.</exception>
    /// <example><code>Tensor a = [1, 2]; var y = a.Outer([3, 4]);                       // [[3, 4], [6, 8]]</code></example>
    public static Tensor Outer(this Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return a.Rank == 1 && b.Rank == 1 ? a.Unsqueeze(1) * b : throw new ShapeException($"An outer product is one of vectors, not of {a.Shape} and {b.Shape}.");
    }

    /// <summary>The sums of products along the last dimensions of both: of vectors their scalar product.</summary>
    /// <param name="a">The first tensor.</param>
    /// <param name="b">The second tensor.</param>
    /// <exception cref="ShapeException">The last sizes differ.</exception>
    /// <example><code>Tensor a = [1, 2]; var y = a.Inner([3, 4]);                       // 11</code></example>
    public static Tensor Inner(this Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return a.Rank == 0 || b.Rank == 0 ? a * b : a.TensorDot(b, [-1], [-1]);
    }

    /// <summary>The sums of products over the last dimensions of a and the first of b, so many.</summary>
    /// <param name="a">The first tensor.</param>
    /// <param name="b">The second tensor.</param>
    /// <param name="dims">How many dimensions are summed over.</param>
    /// <exception cref="ShapeException">The sizes differ, or there are fewer dimensions.</exception>
    /// <example><code>Tensor a = [[1, 2], [3, 4]]; var y = a.TensorDot(a, 2);           // 30</code></example>
    public static Tensor TensorDot(this Tensor a, Tensor b, int dims = 2)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (dims < 0 || dims > a.Rank || dims > b.Rank) throw new ShapeException($"{a.Shape} and {b.Shape} have not {dims} dimensions to sum over.");
        return a.TensorDot(b, [.. Enumerable.Range(a.Rank - dims, dims)], [.. Enumerable.Range(0, dims)]);
    }

    /// <summary>The sums of products over dimensions of a and as many of b; what remains of a stands before what remains of b.</summary>
    /// <param name="a">The first tensor.</param>
    /// <param name="b">The second tensor.</param>
    /// <param name="dimsOfA">The dimensions of a that are summed over.</param>
    /// <param name="dimsOfB">Those of b that run along with them.</param>
    /// <exception cref="ShapeException">The sizes differ.</exception>
    /// <exception cref="ArgumentException">There are not as many dimensions of both, or one is named twice.</exception>
    /// <example><code>Tensor a = [[1, 2], [3, 4]]; var y = a.TensorDot(a, [0], [1]);    // [[7, 15], [10, 22]]</code></example>
    public static Tensor TensorDot(this Tensor a, Tensor b, ReadOnlySpan<int> dimsOfA, ReadOnlySpan<int> dimsOfB)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        int[] inA = Dimensions(a, dimsOfA), inB = Dimensions(b, dimsOfB);
        if (inA.Length != inB.Length) throw new ArgumentException($"As many dimensions of both are summed over, not {inA.Length} and {inB.Length}.");
        for (int i = 0; i < inA.Length; i++)
            if (a.Shape[inA[i]] != b.Shape[inB[i]]) throw new ShapeException($"Dimension {inA[i]} of {a.Shape} and {inB[i]} of {b.Shape} do not have one size.");
        int[] leftA = [.. Enumerable.Range(0, a.Rank).Except(inA)], leftB = [.. Enumerable.Range(0, b.Rank).Except(inB)];
        int size = checked((int)Shape.Create([.. inA.Select(d => a.Shape[d])]).Numel);
        int[] shape = [.. leftA.Select(d => a.Shape[d]), .. leftB.Select(d => b.Shape[d])];
        int rows = checked((int)Shape.Create([.. leftA.Select(d => a.Shape[d])]).Numel), columns = checked((int)Shape.Create([.. leftB.Select(d => b.Shape[d])]).Numel);
        var dtype = DTypes.Promote(a.DType, b.DType);
        return a.To(dtype).Permute([.. leftA, .. inA]).Reshape(rows, size).MatMul(b.To(dtype).Permute([.. inB, .. leftB]).Reshape(size, columns)).Reshape(shape);
    }

    static int[] Dimensions(Tensor x, ReadOnlySpan<int> dims)
    {
        int[] all = new int[dims.Length];
        for (int i = 0; i < all.Length; i++) all[i] = x.Shape.Dim(dims[i]);
        return all.Distinct().Count() == all.Length && (x.Rank > 0 || all.Length == 0) ? all : throw new ArgumentException($"A dimension of {x.Shape} is named twice in {(Dims)dims}.");
    }

    /// <summary>beta·x + alpha·(a · b), with matrices a and b; where beta is 0, x is not read.</summary>
    /// <param name="x">What is added to; it stretches to the shape of the product.</param>
    /// <param name="a">A matrix [n, k].</param>
    /// <param name="b">A matrix [k, m].</param>
    /// <param name="beta">What x is multiplied by.</param>
    /// <param name="alpha">What the product is multiplied by.</param>
    /// <exception cref="ShapeException">The sizes do not fit.</exception>
    /// <example><code>Tensor a = [[1.0, 2], [3, 4]]; var y = a.AddMM(a, a, beta: 0.5);  // [[7.5, 11], [16.5, 24]]</code></example>
    public static Tensor AddMM(this Tensor x, Tensor a, Tensor b, double beta = 1, double alpha = 1) => Sum(x, Ranked(a, 2).MatMul(Ranked(b, 2)), beta, alpha);

    /// <summary>beta·x + alpha·(a · b), with a matrix a and a vector b; where beta is 0, x is not read.</summary>
    /// <param name="x">What is added to; it stretches to the shape of the product.</param>
    /// <param name="a">A matrix [n, k].</param>
    /// <param name="b">A vector [k].</param>
    /// <param name="beta">What x is multiplied by.</param>
    /// <param name="alpha">What the product is multiplied by.</param>
    /// <exception cref="ShapeException">The sizes do not fit.</exception>
    /// <example><code>Tensor x = [1.0, 2], a = [[1.0, 2], [3, 4]]; var y = x.AddMV(a, x);  // [6, 13]</code></example>
    public static Tensor AddMV(this Tensor x, Tensor a, Tensor b, double beta = 1, double alpha = 1) => Sum(x, Ranked(a, 2).MatMul(Ranked(b, 1)), beta, alpha);

    /// <summary>beta·x + alpha·(the outer product of vectors a and b); where beta is 0, x is not read.</summary>
    /// <param name="x">What is added to; it stretches to the shape of the product.</param>
    /// <param name="a">A vector [n].</param>
    /// <param name="b">A vector [m].</param>
    /// <param name="beta">What x is multiplied by.</param>
    /// <param name="alpha">What the product is multiplied by.</param>
    /// <exception cref="ShapeException">The sizes do not fit.</exception>
    /// <example><code>Tensor a = [1.0, 2]; var y = Tensor.Ones([2, 2]).AddR(a, a);      // [[2, 3], [3, 5]]</code></example>
    public static Tensor AddR(this Tensor x, Tensor a, Tensor b, double beta = 1, double alpha = 1) => Sum(x, a.Outer(b), beta, alpha);

    /// <summary>beta·x + alpha·(the sum of the products of the matrices of a and b); where beta is 0, x is not read.</summary>
    /// <param name="x">What is added to; it stretches to the shape of the product.</param>
    /// <param name="a">Matrices [b, n, k].</param>
    /// <param name="b">As many matrices [b, k, m].</param>
    /// <param name="beta">What x is multiplied by.</param>
    /// <param name="alpha">What the product is multiplied by.</param>
    /// <exception cref="ShapeException">The sizes do not fit.</exception>
    /// <example><code>var a = Tensor.Ones([3, 2, 2]); var y = a[0].AddBMM(a, a);        // [[7, 7], [7, 7]]</code></example>
    public static Tensor AddBMM(this Tensor x, Tensor a, Tensor b, double beta = 1, double alpha = 1)
    {
        if (Ranked(a, 3).Shape[0] != Ranked(b, 3).Shape[0]) throw new ShapeException($"There are not as many matrices in {a.Shape} as in {b.Shape}.");
        return Sum(x, a.TensorDot(b, [0, 2], [0, 1]), beta, alpha);
    }

    /// <summary>beta·x + alpha·(the products of the matrices of a and b, one by one); where beta is 0, x is not read.</summary>
    /// <param name="x">What is added to; it stretches to the shape of the product.</param>
    /// <param name="a">Matrices [b, n, k].</param>
    /// <param name="b">As many matrices [b, k, m].</param>
    /// <param name="beta">What x is multiplied by.</param>
    /// <param name="alpha">What the product is multiplied by.</param>
    /// <exception cref="ShapeException">The sizes do not fit.</exception>
    /// <example><code>var a = Tensor.Ones([3, 2, 2]); var y = a.BAddBMM(a, a, alpha: 2);  // 5 everywhere</code></example>
    public static Tensor BAddBMM(this Tensor x, Tensor a, Tensor b, double beta = 1, double alpha = 1)
    {
        if (Ranked(a, 3).Shape[0] != Ranked(b, 3).Shape[0]) throw new ShapeException($"There are not as many matrices in {a.Shape} as in {b.Shape}.");
        return Sum(x, a.MatMul(b), beta, alpha);
    }

    static Tensor Ranked(Tensor x, int rank)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Rank == rank ? x : throw new ShapeException($"A tensor of {rank} dimensions is needed, not {x.Shape}.");
    }

    static Tensor Sum(Tensor x, Tensor product, double beta, double alpha)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (Shape.Broadcast(x.Shape, product.Shape) != product.Shape) throw new ShapeException($"{x.Shape} does not stretch to the product {product.Shape}.");
        if (!product.DType.HasGradients() && !(double.IsInteger(beta) && double.IsInteger(alpha))) throw new ArgumentException($"Factors {beta} and {alpha} make no whole numbers of {product.DType}; convert with To(DType.{Tensor.DefaultDType}).");
        var scaled = alpha == 1 ? product : product * Tensor.Number(alpha, product.DType.Wide());
        return beta == 0 ? scaled : (beta == 1 ? x : x * Tensor.Number(beta, product.DType.Wide())) + scaled;
    }

    /// <summary>Each element of a times the whole of b, side by side: a large tensor of blocks (Kronecker's product).</summary>
    /// <param name="a">The first tensor.</param>
    /// <param name="b">The second tensor.</param>
    /// <exception cref="ShapeException">A dimension of the result would be more than a size can be.</exception>
    /// <example><code>Tensor a = [[1, 2]], b = [[1], [1]]; var y = a.Kron(b);           // [[1, 2], [1, 2]]</code></example>
    public static Tensor Kron(this Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        int rank = Math.Max(a.Rank, b.Rank);
        int[] wide = new int[2 * rank], narrow = new int[2 * rank], all = new int[rank];
        for (int d = 0; d < rank; d++)
        {
            int sizeA = d < rank - a.Rank ? 1 : a.Shape[d - rank + a.Rank], sizeB = d < rank - b.Rank ? 1 : b.Shape[d - rank + b.Rank];
            if ((long)sizeA * sizeB > int.MaxValue) throw new ShapeException($"Dimension {d} of the product of {a.Shape} and {b.Shape} would be {(long)sizeA * sizeB}, more than a size can be; multiply smaller ones.");
            (wide[2 * d], wide[2 * d + 1], narrow[2 * d], narrow[2 * d + 1], all[d]) = (sizeA, 1, 1, sizeB, sizeA * sizeB);
        }
        return (a.Reshape(wide) * b.Reshape(narrow)).Reshape(all);
    }

    /// <summary>The cross product of vectors of three numbers along a dimension; all others broadcast.</summary>
    /// <param name="a">Vectors of three numbers.</param>
    /// <param name="b">As many others; the other dimensions broadcast.</param>
    /// <param name="dim">The dimension along which the vectors lie.</param>
    /// <exception cref="ShapeException">The dimension has not the size 3.</exception>
    /// <example><code>Tensor a = [1, 0, 0]; var y = a.Cross([0, 1, 0]);                 // [0, 0, 1]</code></example>
    public static Tensor Cross(this Tensor a, Tensor b, int dim = -1)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        int d = a.Shape.Dim(dim);
        if (a.Rank == 0 || a.Rank != b.Rank || a.Shape[d] != 3 || b.Shape[d] != 3) throw new ShapeException($"A cross product is one of vectors of 3, not of {a.Shape} and {b.Shape} along dimension {d}.");
        return a.Roll(-1, d) * b.Roll(-2, d) - a.Roll(-2, d) * b.Roll(-1, d);
    }
}
