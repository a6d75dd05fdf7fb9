using System.Numerics.Tensors;

namespace Candeia.NN;

public static partial class Init
{
    /// <summary>Ones on the diagonal of a matrix, zeros elsewhere.</summary>
    /// <param name="tensor">A matrix, which is filled.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ShapeException">The tensor is no matrix.</exception>
    /// <example><code>
    /// Console.WriteLine(Init.Eye(Tensor.Empty([2, 2])));
    /// // →  1  0
    /// // →  0  1
    /// // → [ float32 [2, 2] ]
    /// </code></example>
    public static Tensor Eye(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Rank != 2) throw new ShapeException($"Eye fills a matrix, not {tensor.Shape}.");
        using var _ = Autograd.NoGrad();
        return tensor.CopyFrom(Tensor.Eye(tensor.Shape[0], tensor.Shape[1]));
    }

    /// <summary>A convolution weight [out, in, …] that hands as many channels through unchanged as there are, per group.</summary>
    /// <param name="tensor">The weight of a convolution [out, in, …], which is filled.</param>
    /// <param name="groups">Into how many independent parts the outputs are divided.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ShapeException">The outputs do not divide into the groups, or it is not the weight of a convolution.</exception>
    /// <example><code>
    /// var weight = Init.Dirac(Tensor.Empty([2, 2, 3]));
    /// Tensor signal = [[1.0, 2, 3], [4, 5, 6]];
    /// Console.WriteLine(signal.Conv1d(weight, padding: 1));
    /// // →  1  2  3
    /// // →  4  5  6
    /// // → [ float32 [2, 3] ]
    /// </code></example>
    public static Tensor Dirac(Tensor tensor, int groups = 1)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Rank is < 3 or > 5 || groups < 1 || tensor.Shape[0] % groups != 0)
            throw new ShapeException($"Dirac fills a convolution weight [out, in, …] whose outputs divide into {groups} groups, not {tensor.Shape}.");
        double[] values = new double[tensor.Numel];
        int outputs = tensor.Shape[0] / groups, kernel = (int)tensor.Shape.Slice(2, tensor.Rank - 2).Numel, centre = 0;
        for (int d = 2; d < tensor.Rank; d++) centre = centre * tensor.Shape[d] + tensor.Shape[d] / 2;
        for (int group = 0; group < groups; group++)
            for (int c = 0; c < Math.Min(outputs, tensor.Shape[1]); c++)
                values[((group * outputs + c) * tensor.Shape[1] + c) * kernel + centre] = 1;
        return Set(tensor, values);
    }

    /// <summary>Normal numbers, with a share of zeros in each column of a matrix.</summary>
    /// <param name="tensor">A matrix, which is filled.</param>
    /// <param name="sparsity">Which part of each column is zero, from 0 to 1.</param>
    /// <param name="std">The standard deviation of the rest.</param>
    /// <param name="generator">Where the numbers come from; the global generator, if none is given.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ShapeException">The tensor is no matrix.</exception>
    /// <example><code>
    /// var weight = Init.Sparse(Tensor.Empty([10, 3]), sparsity: 0.8);
    /// Console.WriteLine(weight.CountNonZero().Item());      // → 6
    /// </code></example>
    public static Tensor Sparse(Tensor tensor, double sparsity, double std = 0.01, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Rank != 2) throw new ShapeException($"Sparse fills a matrix, not {tensor.Shape}.");
        if (s_skips) return tensor;
        generator ??= Generator.Default;
        int rows = tensor.Shape[0], columns = tensor.Shape[1], zeros = (int)Math.Ceiling(sparsity * rows);
        double[] values = new double[rows * columns];
        generator.FillNormal(values.AsSpan(), 0, std);
        for (int c = 0; c < columns; c++)
            foreach (int r in generator.Permutation(rows).AsSpan(0, zeros)) values[r * columns + c] = 0;
        return Set(tensor, values);
    }

    /// <summary>A (semi-)orthogonal matrix, times a gain; more than two dimensions count as [first, all others] (Saxe et al., 2013).</summary>
    /// <param name="tensor">What is filled, of at least two dimensions.</param>
    /// <param name="gain">What the matrix is multiplied by: see <see cref="Gain"/>.</param>
    /// <param name="generator">Where the numbers come from; the global generator, if none is given.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ShapeException">The tensor has fewer than two dimensions.</exception>
    /// <example><code>
    /// var weight = Init.Orthogonal(Tensor.Empty([3, 3]));
    /// Console.WriteLine((weight.MatMul(weight.T()) - Tensor.Eye(3)).Abs().Max().Item() &lt; 1e-5);      // → True
    /// </code></example>
    public static Tensor Orthogonal(Tensor tensor, double gain = 1, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Rank < 2) throw new ShapeException($"Orthogonal fills a tensor of two dimensions or more, not {tensor.Shape}.");
        if (s_skips) return tensor;
        int rows = tensor.Shape[0], columns = (int)(tensor.Numel / Math.Max(1, rows));
        (int count, int length) = (Math.Min(rows, columns), Math.Max(rows, columns));
        double[] values = new double[count * length];
        (generator ?? Generator.Default).FillNormal(values.AsSpan());
        for (int i = 0; i < count; i++)
        {
            var v = values.AsSpan(i * length, length);
            for (int pass = 0; pass < 2; pass++)                             // Gram and Schmidt; twice is enough
                for (int j = 0; j < i; j++)
                {
                    var q = values.AsSpan(j * length, length);
                    TensorPrimitives.MultiplyAdd(q, -TensorPrimitives.Dot<double>(q, v), v, v);
                }
            TensorPrimitives.Divide(v, TensorPrimitives.Norm<double>(v), v);
        }
        TensorPrimitives.Multiply(values, gain, values);
        using var _ = Autograd.NoGrad();
        var orthogonal = Tensor.From(values, [count, length]);
        return tensor.CopyFrom((rows > columns ? orthogonal.T() : orthogonal).Reshape(tensor.Shape));
    }
}
