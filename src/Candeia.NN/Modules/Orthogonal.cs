namespace Candeia.NN;

/// <summary>
/// A matrix whose rows, or columns if there are fewer, are orthogonal and of length 1: Q·exp(X − Xᵀ), where X is trained
/// (<see href="https://arxiv.org/abs/1901.08428">Lezcano-Casado and Martínez-Rubio 2019</see>). Begins with the parameter made orthogonal.
/// </summary>
public sealed class Orthogonal : Parametrization
{
    [Buffer, StateName("base")] Tensor? _base;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Originals(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Rank != 2) throw new ShapeException($"Orthogonal takes a matrix, not {value.Shape}.");
        bool wide = value.Shape[0] < value.Shape[1];
        var tall = (wide ? value.Transpose(0, 1) : value).To(DType.Float64);
        _base = Complete(tall).To(value.DType).To(value.Device).Keep();
        return [Tensor.Eye(value.Shape[0], value.Shape[1], value.DType, value.Device) * -1];
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(IReadOnlyList<Tensor> originals)
    {
        ArgumentNullException.ThrowIfNull(originals);
        var x = originals[0];
        bool wide = x.Shape[0] < x.Shape[1];
        if (wide) x = x.Transpose(0, 1);
        var (n, k) = (x.Shape[0], x.Shape[1]);
        x = x.Tril();
        if (n != k) x = Tensor.Cat([x, Tensor.Zeros([n, n - k], x.DType, x.Device)], 1);
        var q = _base!.MatMul(Exponential(x - x.Transpose(0, 1)).Narrow(1, 0, k));
        return wide ? q.Transpose(0, 1) : q;
    }

    /// <summary>e to the matrix: Taylor's series of a part so small that it ends soon, squared again and again.</summary>
    static Tensor Exponential(Tensor a)
    {
        double size = (double)a.Detach().Abs().Sum(0).Amax();
        int halvings = size > 0.5 ? (int)Math.Ceiling(Math.Log2(size / 0.5)) : 0;
        Tensor small = a * Math.Pow(2, -halvings), term = Tensor.Eye(a.Shape[0], dtype: a.DType, device: a.Device), sum = term;
        for (int i = 1; i <= 14; i++)
        {
            term = term.MatMul(small) / i;
            sum += term;
        }
        for (int i = 0; i < halvings; i++) sum = sum.MatMul(sum);
        return sum;
    }

    /// <summary>An orthogonal [n, n] whose first columns span what those of [n, k] span: Gram's and Schmidt's way, done twice, on the host.</summary>
    static Tensor Complete(Tensor tall)
    {
        var (n, k) = (tall.Shape[0], tall.Shape[1]);
        double[] values = tall.Contiguous().ToArray<double>();
        var columns = new List<double[]>();
        var random = new Generator(0);
        for (int j = 0; columns.Count < n; j++)
        {
            double[] c = [.. Enumerable.Range(0, n).Select(i => j < k ? values[i * k + j] : random.NextNormal())];
            for (int pass = 0; pass < 2; pass++)
                foreach (double[] other in columns)
                {
                    double dot = c.Zip(other, (a, b) => a * b).Sum();
                    for (int i = 0; i < n; i++) c[i] -= dot * other[i];
                }
            double length = Math.Sqrt(c.Sum(v => v * v));
            if (length < 1e-12) c = [.. Enumerable.Range(0, n).Select(i => j < k ? random.NextNormal() : 0)];
            else columns.Add([.. c.Select(v => v / length)]);
            if (length < 1e-12 && j < k) j--;
            for (int i = 0; length < 1e-12 && j + 1 < k && i < n; i++) values[i * k + j + 1] = c[i];
        }
        return Tensor.From([.. Enumerable.Range(0, n * n).Select(i => columns[i % n][i / n])], [n, n]);
    }
}
