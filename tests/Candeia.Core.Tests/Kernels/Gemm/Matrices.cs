using Candeia.Kernels;

namespace Candeia.Tests;

/// <summary>The operands of a product in some form, and what the product should be.</summary>
sealed unsafe class Matrices : IDisposable
{
    readonly Numbers _a, _b, _c, _bias;
    readonly double[] _before;
    readonly int _element;

    /// <param name="element">Bytes of a number.</param>
    /// <param name="form">Two letters, for A and for B: n as it lies, t transposed, s with gaps in both directions, r rows that are all one, w walking backwards.</param>
    public Matrices(int element, int m, int n, int k, string form, bool accumulate = false, bool bias = false, bool relu = false)
    {
        _element = element;
        _a = Numbers.Random(element, 3 * m * k + 1, m + 1);
        _b = Numbers.Random(element, 3 * k * n + 1, n + 2);
        _bias = Numbers.Random(element, n, k + 3);
        int cRow = n + 3;
        _c = Numbers.Random(element, Math.Max(m * cRow, 1), 4);
        _before = _c.ToArray();
        (Product.M, Product.N, Product.K) = (m, n, k);
        (Product.ARow, Product.AStep, nint aFrom) = Strides(form[0], m, k);
        (Product.BStep, Product.BColumn, nint bFrom) = Strides(form[1], k, n);
        Product.A = _a.At + aFrom * element;
        Product.B = _b.At + bFrom * element;
        Product.C = _c.At;
        Product.CRow = cRow;
        (Product.Accumulate, Product.Relu) = (accumulate, relu);
        if (bias) Product.Bias = _bias.At;
    }

    public Product Product;

    public void Check()
    {
        Product p = Product;
        double epsilon = (_element == 4 ? 1.2e-7 : 2.3e-16) * (p.K / 4 + 8);
        var c = _c.ToArray();
        for (nint i = 0; i < p.M; i++)
            for (nint j = 0; j < p.CRow; j++)
            {
                nint at = i * p.CRow + j;
                if (j >= p.N) { Assert.Equal(_before[at], c[at]); continue; }
                double sum = p.Accumulate ? _before[at] : 0, size = Math.Abs(sum) + 1;
                for (nint k = 0; k < p.K; k++)
                {
                    double product = Read(p.A, i * p.ARow + k * p.AStep) * Read(p.B, k * p.BStep + j * p.BColumn);
                    sum += product;
                    size += Math.Abs(product);
                }
                if (p.Bias != null) sum += Read(p.Bias, j);
                if (p.Relu) sum = Math.Max(0, sum);
                if (!(Math.Abs(sum - c[at]) <= epsilon * size)) Assert.Fail($"C[{i}, {j}] is {c[at]}, not {sum}, for {p.M}×{p.N}×{p.K}");
            }
        foreach (var x in new[] { _a, _b, _c, _bias }) x.CheckGuard();
    }

    public long[] Bits() => _c.Bits();

    public void Dispose()
    {
        foreach (var x in new[] { _a, _b, _c, _bias }) x.Dispose();
    }

    double Read(void* p, nint at) => _element == 4 ? ((float*)p)[at] : ((double*)p)[at];

    static (nint Row, nint Column, nint From) Strides(char form, int rows, int columns) => form switch
    {
        'n' => (columns, 1, 0),
        't' => (1, rows, 0),
        's' => (3 * columns, 2, 1),
        'r' => (0, 1, 0),
        'w' => (-columns, 1, (rows - 1) * columns),
        _ => throw new ArgumentOutOfRangeException(nameof(form)),
    };
}
